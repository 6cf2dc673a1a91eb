//! An agent: who does the work that a team applies for and delivers. A team has many; one of them is its default.

use kernel::id::{AgentId, TeamId};
use kernel::text::Check;
use kernel::{Result, Time, text_enum};
use serde::{Deserialize, Serialize};
use work::job::Category;

mod actions;
mod concerned;
pub mod errors;
pub mod events;
mod queries;
mod store;
pub use actions::{create, create_in_person, make_default, pause, resume, retire, update, update_one};
pub(crate) use concerned::concerned;
pub use identity::actor::acting_agent as acting;
pub(crate) use queries::published;
pub use queries::{find, list, show, show_ever, show_one};
pub(crate) use store::set_hidden;

/// The most agents that a team can have.
pub const AGENTS_MAX: i64 = 100;

/// The most agents of a team with those that are retired, because their records stay.
pub const AGENTS_EVER_MAX: i64 = 1_000;

/// The most categories of one agent.
pub const SPECIALIZATIONS_MAX: usize = 10;

text_enum! {
    /// The kind of worker.
    Kind {
        /// A program.
        Agent = "agent",
        /// A human being.
        Person = "person",
    }
}

text_enum! {
    /// The state of an agent.
    Status {
        /// It does.
        Active = "active",
        /// It takes no new work; what it was accepted for goes on.
        Paused = "paused",
        /// It takes no new work for good, and is in no list; its record stays.
        Retired = "retired",
    }
}

/// An agent as its team sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agent {
    /// Its id.
    pub id: AgentId,
    /// The team that owns it.
    pub team_id: TeamId,
    /// The kind of worker.
    pub kind: Kind,
    /// The public name.
    pub name: String,
    /// The description, which may be empty.
    pub bio: String,
    /// The categories it works in: at least one, in the order of [`Category::ALL`].
    pub specializations: Vec<Category>,
    /// The model that it runs on, in its owner's words.
    pub model: Option<String>,
    /// The framework that it is made with, in its owner's words.
    pub framework: Option<String>,
    /// The state.
    pub status: Status,
    /// True for the agent that acts where a request names none of the team's.
    pub is_default: bool,
    /// When it was made.
    pub created_at: Time,
    /// When it last changed.
    pub updated_at: Time,
    /// When an admin hid it.
    #[serde(default)]
    pub hidden_at: Option<Time>,
}

/// The public part of an agent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// Its id.
    pub id: AgentId,
    /// Its name.
    pub name: String,
    /// The kind of worker.
    pub kind: Kind,
    /// The description.
    pub bio: String,
    /// The categories it works in.
    pub specializations: Vec<Category>,
    /// The number of jobs it was paid for.
    pub finished_jobs: i64,
}

/// Input for a new agent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// 2 to 60 characters.
    pub name: String,
    /// Up to 2,000 characters.
    #[serde(default)]
    pub bio: String,
    /// 1 to 10 words of [`Category`].
    pub specializations: Vec<String>,
    /// The kind of worker.
    pub kind: Kind,
    /// Up to 80 characters.
    #[serde(default)]
    pub model: Option<String>,
    /// Up to 80 characters.
    #[serde(default)]
    pub framework: Option<String>,
}

/// Changes of an agent; missing fields stay.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Change {
    /// 2 to 60 characters.
    pub name: Option<String>,
    /// Up to 2,000 characters.
    pub bio: Option<String>,
    /// The new list: 1 to 10 words of [`Category`].
    pub specializations: Option<Vec<String>>,
    /// The kind of worker.
    pub kind: Option<Kind>,
    /// Up to 80 characters; an empty text removes it.
    pub model: Option<String>,
    /// Up to 80 characters; an empty text removes it.
    pub framework: Option<String>,
}

impl Draft {
    /// The agent it makes, active and not the default; or every field that is wrong.
    pub fn check(&self, id: AgentId, team_id: TeamId, now: Time) -> Result<Agent> {
        let mut check = Check::new();
        let name = name(&mut check, &self.name);
        let bio = bio(&mut check, &self.bio);
        let specializations = specializations(&mut check, &self.specializations);
        let model = self.model.as_deref().and_then(|text| word(&mut check, "model", text));
        let framework = self.framework.as_deref().and_then(|text| word(&mut check, "framework", text));
        check.done()?;
        Ok(Agent {
            id,
            team_id,
            kind: self.kind,
            name,
            bio,
            specializations,
            model,
            framework,
            status: Status::Active,
            is_default: false,
            created_at: now,
            updated_at: now,
            hidden_at: None,
        })
    }
}

impl Agent {
    /// Checks and applies a change; the error names every wrong field.
    pub fn change(self, change: &Change, now: Time) -> Result<Agent> {
        let mut check = Check::new();
        let name = change.name.as_deref().map_or(self.name, |text| name(&mut check, text));
        let bio = change.bio.as_deref().map_or(self.bio, |text| bio(&mut check, text));
        let specializations = change.specializations.as_deref().map_or(self.specializations, |words| specializations(&mut check, words));
        let model = change.model.as_deref().map_or(self.model, |text| word(&mut check, "model", text));
        let framework = change.framework.as_deref().map_or(self.framework, |text| word(&mut check, "framework", text));
        check.done()?;
        let kind = change.kind.unwrap_or(self.kind);
        Ok(Agent { kind, name, bio, specializations, model, framework, updated_at: now, ..self })
    }
}

fn name(check: &mut Check, text: &str) -> String {
    check.line("name", text, 2..=60)
}

fn bio(check: &mut Check, text: &str) -> String {
    check.prose("bio", text, 0..=2000)
}

/// Checks a line of up to 80 characters; an empty one is none.
fn word(check: &mut Check, field: &'static str, text: &str) -> Option<String> {
    Some(check.line(field, text, 0..=80)).filter(|text| !text.is_empty())
}

/// Parses the categories without duplicates.
fn specializations(check: &mut Check, words: &[String]) -> Vec<Category> {
    const FIELD: &str = "specializations";
    if words.is_empty() || words.len() > SPECIALIZATIONS_MAX {
        check.wrong(FIELD, format!("There are {}; choose 1 to {SPECIALIZATIONS_MAX}.", words.len()));
        return Vec::new();
    }
    let mut read = Vec::with_capacity(words.len());
    for word in words {
        match check.take(Category::read(FIELD, word)) {
            Some(category) if read.contains(&category) => check.wrong(FIELD, format!("\"{category}\" is named twice; name it once.")),
            Some(category) => read.push(category),
            None => return Vec::new(),
        }
    }
    read.sort_unstable();
    read
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Time = Time::from_ms(1000);

    fn check(name: &str, bio: &str, specializations: &[&str]) -> Result<Agent> {
        let specializations = specializations.iter().map(|&word| word.into()).collect();
        let draft = Draft { name: name.into(), bio: bio.into(), specializations, kind: Kind::Agent, model: None, framework: None };
        draft.check("agent_1".into(), "team_1".into(), NOW)
    }

    #[test]
    fn a_good_draft_becomes_a_profile() {
        let agent = check(" Botty ", "I code.\n", &["Research", "coding"]).expect("a good draft");
        assert_eq!((agent.name.as_str(), agent.bio.as_str()), ("Botty", "I code."));
        assert_eq!(agent.specializations, [Category::Coding, Category::Research]);
    }

    #[test]
    fn wrong_fields_are_named() {
        let many: Vec<_> = Category::ALL.iter().map(|category| category.as_str()).take(11).collect();
        for (name, bio, words, wrong) in [
            ("B", "", &["coding"][..], "name"),
            ("Botty", "a\0b", &["coding"], "bio"),
            ("Botty", "", &[], "specializations"),
            ("Botty", "", &["coding", "Coding"], "specializations"),
            ("Botty", "", &["juggling"], "specializations"),
            ("Botty", "", &many, "specializations"),
        ] {
            let error = check(name, bio, words).expect_err(wrong);
            assert_eq!(error.fields.iter().map(|f| f.name.as_ref()).collect::<Vec<_>>(), [wrong]);
        }
        let error = check("Botty", "", &["juggling"]).expect_err("no such category");
        assert!(error.message.contains("juggling") && error.message.contains("translation"), "{}", error.message);
    }

    #[test]
    fn a_change_leaves_the_rest() {
        let agent = check("Botty", "I code.", &["coding"]).expect("a good draft");
        let later = Time::from_ms(2000);
        let change = Change { bio: Some("I test.".into()), ..Change::default() };
        let changed = agent.clone().change(&change, later).expect("a good change");
        assert_eq!(changed, Agent { bio: "I test.".into(), updated_at: later, ..agent });
    }
}
