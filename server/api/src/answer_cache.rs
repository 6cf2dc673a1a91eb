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
use market::memory::UntilNextEvent;
use market::{Actor, Result, event};
use std::sync::Arc;

/// The most bytes of cached answers.
const ANSWERS_BYTES_MAX: usize = 16 << 20;
/// The longest path and query whose answer is cached.
const PATH_BYTES_MAX: usize = 512;
/// About as many bytes as an entry takes beside its answer and its path.
const ENTRY_BYTES: usize = 1024;

/// All that an answer depends on: the caller with all that the caller may do, and the path and query. The text is a copy, because a part of
/// the request would keep the whole head of it in memory.
#[derive(Clone, PartialEq, Eq, Hash)]
struct CacheKey {
    actor: Actor,
    path: Box<str>,
}

/// A cached answer.
#[derive(Clone)]
struct CachedAnswer {
    body: Bytes,
    tag: Option<HeaderValue>,
}

/// The cache of a server.
pub(crate) struct AnswerCache(UntilNextEvent<CacheKey, CachedAnswer>);

impl Default for AnswerCache {
    fn default() -> Self {
        Self(UntilNextEvent::new(ANSWERS_BYTES_MAX))
    }
}

impl AnswerCache {
    fn keep(&self, seq: i64, key: CacheKey, answer: CachedAnswer) {
        let bytes = answer.body.len() + key.path.len() + ENTRY_BYTES;
        self.0.keep(seq, key, answer, bytes);
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
    /// None if the answer is not to be cached.
    key: Option<CacheKey>,
}

impl Place {
    /// Caches an answer that was read since this place was asked for.
    pub fn keep<T>(self, answer: ApiResponse<T>) -> ApiResponse<T> {
        let tag = tag(&answer.body);
        if let Some(key) = self.key {
            self.state.answers.keep(self.seq, key, CachedAnswer { body: answer.body.clone(), tag: tag.clone() });
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
        let path = Some(self.path.as_str()).filter(|path| path.len() <= PATH_BYTES_MAX);
        let key = path.map(|path| CacheKey { actor: self.actor.clone(), path: path.into() });
        let state = self.context.state.clone();
        Ok(match key.as_ref().and_then(|key| state.answers.0.find(seq, key)) {
            Some(CachedAnswer { body, tag }) => Cached::Answer(ready(JSON, body).tagged(tag)),
            None => Cached::Place(Place { state, seq, key }),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use market::actor::{AgentChoice, Credential, Plan, Role};

    fn key(scopes: &[&str]) -> CacheKey {
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
        CacheKey { actor, path: "/api/agent/jobs?limit=20".into() }
    }

    fn answer(body: Vec<u8>) -> CachedAnswer {
        CachedAnswer { body: body.into(), tag: None }
    }

    #[test]
    fn an_answer_is_one_callers() {
        let cache = AnswerCache::default();
        cache.keep(7, key(&["*"]), answer(b"seven".to_vec()));
        let found = |scopes: &[&str]| cache.0.find(7, &key(scopes)).map(|kept| kept.body);
        assert_eq!(found(&["*"]).as_deref(), Some(&b"seven"[..]));
        assert_eq!(found(&["jobs:read"]), None, "a key with other scopes is another caller");
    }

    #[test]
    fn the_answers_have_a_bound() {
        let cache = AnswerCache::default();
        cache.keep(1, key(&[]), answer(vec![b' '; ANSWERS_BYTES_MAX]));
        assert_eq!(cache.0.find(1, &key(&[])).map(|kept| kept.body.len()), None);
    }
}
