//! Taking a member's words out of the facts of events. Events of the member's own teams and jobs lose what people type; others lose what
//! is equal to a word that the tables hold of the member.

use crate::inventory::{self, Whose};
use kernel::Result;
use platform::db::Conn;
use serde::Deserialize;
use serde_json::Value;
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The name in place of one that was deleted.
const NAME: &str = "a former member";
/// The title in place of one that was deleted.
const TITLE: &str = "A job of a former member";
/// The facts that people type, whatever the event.
const TYPED: &[&str] = &["name", "message", "statement", "preview", "comment", "file_name", "email", "origin", "card", "skills"];
/// The facts that hold names.
const NAMES: &[&str] = &["name", "agent", "from", "to", "role"];
/// The facts that repeat words of the tables. All others are ids, times and words of the program, which may be equal to a word by chance.
const REPEATED: &[&str] = &["title", "summary"];
/// The events whose reason is typed; others have a word of the program there.
const WITH_REASON: &[&str] = &["job.called_off", "job.cancelled", "member.suspended", "safety.hidden", "safety.upheld", "safety.restored"];

/// An event that may repeat a member's words.
#[derive(Deserialize)]
pub(super) struct Suspect {
    pub(super) seq: i64,
    pub(super) id: String,
    pub(super) r#type: String,
    pub(super) payload: String,
    /// True if it is an event of a team of the member.
    pub(super) is_own: bool,
    /// True if it is about a job.
    pub(super) is_of_job: bool,
    /// True if it is about a job that such a team posted.
    pub(super) is_of_own_job: bool,
}

/// The facts of an event without the words of a member.
pub(super) struct Scrubbed {
    pub(super) payload: String,
    /// The words that were in them.
    pub(super) erased: Vec<String>,
}

/// The words of a member, by their hashes: there may be many of them, and long ones.
#[derive(Default)]
pub(super) struct Words {
    words: HashSet<u64>,
    ids: HashSet<String>,
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

impl Words {
    /// Reads the words of a member, and the ids of what carries them.
    pub(super) async fn of(conn: &mut Conn, whose: &Whose) -> Result<Self> {
        let mut words = HashSet::new();
        inventory::words(conn, whose, |word| {
            if !word.is_empty() {
                words.insert(hash(&word));
            }
        })
        .await?;
        Ok(Self { words, ids: inventory::ids(conn, whose).await?.into_iter().collect() })
    }

    /// Returns the facts of an event without the member's words, and these; none if there are none in it.
    pub(super) fn scrubbed(&self, event: &Suspect) -> Option<Scrubbed> {
        let mut facts: Value = serde_json::from_str(&event.payload).ok()?;
        let has_own_id = ["message_id", "question_id", "application_id"]
            .iter()
            .any(|name| facts.get(name).and_then(Value::as_str).is_some_and(|id| self.ids.contains(id)));
        let mut erased = Vec::new();
        self.walk(&mut facts, "", &mut |name, text| {
            let is_typed = TYPED.contains(&name) || (name == "reason" && WITH_REASON.contains(&event.r#type.as_str()));
            let is_title = REPEATED.contains(&name) && (event.is_of_own_job || (event.is_own && !event.is_of_job));
            let is_renamed = event.r#type == "team.renamed" && matches!(name, "from" | "to");
            let is_of_own_id =
                has_own_id && (matches!(name, "preview" | "agent") || (name == "message" && event.r#type == "job.handed_back"));
            let may_repeat = is_typed || NAMES.contains(&name) || REPEATED.contains(&name);
            let is_repeated = may_repeat && self.words.contains(&hash(text));
            let goes = is_title || is_of_own_id || is_repeated || (event.is_own && (is_typed || is_renamed));
            let to = if name == "title" {
                TITLE
            } else if NAMES.contains(&name) {
                NAME
            } else {
                ""
            };
            let changes = goes && text != to && !text.is_empty();
            if changes {
                erased.push(text.to_owned());
            }
            changes.then_some(to)
        });
        (!erased.is_empty()).then(|| Scrubbed { payload: facts.to_string(), erased })
    }

    fn walk(&self, value: &mut Value, name: &str, replaced: &mut impl FnMut(&str, &str) -> Option<&'static str>) {
        match value {
            Value::String(text) => {
                if let Some(to) = replaced(name, text) {
                    *text = to.to_owned();
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.walk(item, name, replaced)),
            Value::Object(facts) => facts.iter_mut().for_each(|(name, fact)| self.walk(fact, name, replaced)),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn suspect(kind: &str, payload: Value, is_own: bool, is_of_own_job: bool) -> Suspect {
        Suspect { seq: 1, id: "evt_1".into(), r#type: kind.into(), payload: payload.to_string(), is_own, is_of_job: true, is_of_own_job }
    }

    fn scrubbed(words: &Words, event: &Suspect) -> Option<Value> {
        words.scrubbed(event).map(|left| serde_json::from_str(&left.payload).expect("JSON"))
    }

    #[test]
    fn own_events_lose_what_people_type_and_keep_words_of_the_program() {
        let facts =
            json!({ "title": "Secret", "summary": "S", "status": "rejected", "reason": "other", "message": "Bad work", "price": 5 });
        let event = suspect("job.rejected", facts, true, true);
        let left = scrubbed(&Words::default(), &event).expect("changed");
        assert_eq!(left, json!({ "title": TITLE, "summary": "", "status": "rejected", "reason": "other", "message": "", "price": 5 }));
        let ended = suspect("job.cancelled", json!({ "title": "Secret", "reason": "No time" }), true, true);
        assert_eq!(scrubbed(&Words::default(), &ended), Some(json!({ "title": TITLE, "reason": "" })));
    }

    #[test]
    fn events_of_others_lose_known_words_alone() {
        let mut words = Words::default();
        words.words.insert(hash("Ada"));
        words.ids.insert("msg_1".into());
        let accepted = suspect("job.accepted", json!({ "title": "Theirs", "agent": "Ada", "price": 5 }), false, false);
        assert_eq!(scrubbed(&words, &accepted), Some(json!({ "title": "Theirs", "agent": NAME, "price": 5 })));
        let said = |id: &str| suspect("job.message", json!({ "message_id": id, "preview": "Hello" }), false, false);
        assert_eq!(scrubbed(&words, &said("msg_1")), Some(json!({ "message_id": "msg_1", "preview": "" })));
        assert_eq!(scrubbed(&words, &said("msg_2")), None);
    }

    #[test]
    fn words_of_the_program_stay_that_are_equal_to_words_of_the_member() {
        let mut words = Words::default();
        for word in ["delivered", "mem_1", "worker"] {
            words.words.insert(hash(word));
        }
        let facts = json!({ "status": "delivered", "by_member": "mem_1", "by": "worker", "preview": "delivered" });
        let left = json!({ "status": "delivered", "by_member": "mem_1", "by": "worker", "preview": "" });
        assert_eq!(scrubbed(&words, &suspect("job.message", facts, false, false)), Some(left));
    }

    #[test]
    fn the_words_of_a_worker_who_handed_a_job_back_go_with_the_worker() {
        let mut words = Words::default();
        words.ids.insert("app_1".into());
        let back = |kind: &str| suspect(kind, json!({ "application_id": "app_1", "message": "I am ill." }), false, false);
        let left = json!({ "application_id": "app_1", "message": "" });
        assert_eq!(scrubbed(&words, &back("job.handed_back")), Some(left));
        assert_eq!(scrubbed(&words, &back("application.declined")), None, "these are the poster's");
    }
}
