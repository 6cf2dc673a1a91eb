//! API keys.

use crate::{TestApp, act, read};
use market::key::{Created, Draft, Prefix};
use market::{Actor, Paging, Time};

/// The form for a key of agentgigs.
pub fn draft(name: &str, scopes: &[&str]) -> Draft {
    let scopes = scopes.iter().map(|&scope| scope.into()).collect();
    Draft { name: name.into(), prefix: Prefix::Agentgigs, scopes, expires_at: None }
}

impl TestApp {
    /// Makes a key of agentgigs with these scopes.
    pub async fn key(&self, actor: &Actor, scopes: &[&str]) -> Created {
        act!(self, key::create(actor, &draft("bot", scopes))).expect("makes a key")
    }

    /// The actor that a key acts for.
    pub async fn holder(&self, secret: &str) -> market::Result<Actor> {
        read!(self, key::actor(secret))
    }

    /// When each key of a team was last used.
    pub async fn last_used(&self, actor: &Actor) -> Vec<Option<Time>> {
        let page = read!(self, key::list(actor, Paging::first(10))).expect("lists");
        page.items.into_iter().map(|key| key.last_used_at).collect()
    }
}
