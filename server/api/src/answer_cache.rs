//! The cache of answers: what a caller read before is answered again from memory until the next event.
//!
//! A cached answer is never stale: the number of the last event is read for every request, and while it stays the same nothing
//! readable has changed. It belongs to one caller with all that the caller may do.

use crate::call::Call;
use crate::conditional::tag;
use crate::context::ApiState;
use crate::response::{ApiResponse, JSON, ready};
use axum::body::Bytes;
use axum::http::HeaderValue;
use axum::http::uri::PathAndQuery;
use market::{Actor, Result, event};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The most bytes of cached answers.
const ANSWERS_BYTES_MAX: usize = 16 << 20;
/// The longest address whose answer is cached.
const ADDRESS_MAX: usize = 512;
/// About as many bytes as an entry takes beside its answer and its address.
const ENTRY_BYTES: usize = 1024;

/// The question that an answer is to: a caller and an address.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Question {
    actor: Actor,
    address: PathAndQuery,
}

/// A cached answer.
#[derive(Clone)]
struct Kept {
    body: Bytes,
    tag: Option<HeaderValue>,
}

/// The cache of a server.
#[derive(Default)]
pub(crate) struct AnswerCache(Mutex<Answers>);

#[derive(Default)]
struct Answers {
    seq: i64,
    bytes: usize,
    kept: HashMap<Question, Kept>,
}

impl AnswerCache {
    /// Returns the answers of this moment: those of an earlier one are dropped.
    fn at(&self, seq: i64) -> MutexGuard<'_, Answers> {
        let mut answers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if answers.seq < seq {
            *answers = Answers { seq, ..Answers::default() };
        }
        answers
    }

    fn find(&self, seq: i64, question: &Question) -> Option<Kept> {
        let answers = self.at(seq);
        answers.kept.get(question).filter(|_| answers.seq == seq).cloned()
    }

    fn keep(&self, seq: i64, question: Question, answer: Kept) {
        let mut answers = self.at(seq);
        let bytes = answers.bytes + answer.body.len() + question.address.as_str().len() + ENTRY_BYTES;
        if answers.seq == seq && bytes <= ANSWERS_BYTES_MAX {
            answers.bytes = bytes;
            answers.kept.insert(question, answer);
        }
    }
}

/// The answer to a request, or the place that it has in the cache.
pub enum Cached<T> {
    /// The answer was read before.
    Answer(ApiResponse<T>),
    /// It has to be read.
    Place(Place),
}

/// The place of an answer that is not in the cache yet.
pub struct Place {
    state: Arc<ApiState>,
    seq: i64,
    question: Question,
}

impl Place {
    /// Caches an answer that was read since this place was asked for.
    pub fn keep<T>(self, answer: ApiResponse<T>) -> ApiResponse<T> {
        let tag = tag(&answer.body);
        if self.question.address.as_str().len() <= ADDRESS_MAX {
            self.state.answers.keep(self.seq, self.question, Kept { body: answer.body.clone(), tag: tag.clone() });
        }
        answer.tagged(tag)
    }
}

impl Call {
    /// Returns the cached answer to this request, or the place for it. The answer has to be read afterwards, so that it is not older
    /// than the number of the last event.
    pub async fn cached<T>(&self) -> Result<Cached<T>> {
        let seq = match self.context.seq {
            Some(seq) => seq,
            None => event::latest(&mut self.read().await?).await?,
        };
        let question = Question { actor: self.actor.clone(), address: self.address.clone() };
        let state = self.context.state.clone();
        Ok(match state.answers.find(seq, &question) {
            Some(Kept { body, tag }) => Cached::Answer(ready(JSON, body).tagged(tag)),
            None => Cached::Place(Place { state, seq, question }),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use market::actor::{AgentChoice, Credential, Plan, Role};

    fn question(scopes: &[&str]) -> Question {
        let scopes = scopes.iter().map(|&scope| scope.to_owned()).collect();
        let actor = Actor {
            member: "user_1".into(),
            team: "team_1".into(),
            role: Role::User,
            team_role: "owner".into(),
            team_scopes: Vec::new(),
            plan: Plan::Free,
            verified: true,
            agent: None,
            agent_choice: AgentChoice::Only,
            credential: Credential::Key { id: "key_1".into(), scopes },
        };
        Question { actor, address: PathAndQuery::from_static("/api/agent/jobs?limit=20") }
    }

    fn kept(body: &'static str) -> Kept {
        Kept { body: Bytes::from_static(body.as_bytes()), tag: None }
    }

    #[test]
    fn an_answer_is_kept_until_something_happens() {
        let cache = AnswerCache::default();
        let found = |seq, scopes: &[&str]| cache.find(seq, &question(scopes)).map(|kept| kept.body);
        cache.keep(7, question(&["*"]), kept("seven"));
        assert_eq!(found(7, &["*"]).as_deref(), Some(&b"seven"[..]));
        assert_eq!(found(7, &["jobs:read"]), None, "a key with other scopes is another caller");
        assert_eq!(found(8, &["*"]), None);
        cache.keep(7, question(&["*"]), kept("seven"));
        assert_eq!((found(8, &["*"]), found(7, &["*"])), (None, None), "a slow reader keeps nothing of an earlier moment");
    }

    #[test]
    fn the_answers_have_a_bound() {
        let cache = AnswerCache::default();
        let large = Kept { body: vec![b' '; ANSWERS_BYTES_MAX].into(), tag: None };
        cache.keep(1, question(&[]), large);
        assert_eq!(cache.find(1, &question(&[])).map(|kept| kept.body.len()), None);
    }
}
