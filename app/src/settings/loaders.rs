//! The reads and form actions of the settings pages.

use super::secret;
use crate::act::act;
use crate::fault::Fault;
use crate::member::session;
use crate::visitor::{go, guest, visitor};
use leptos::prelude::*;
use market::agent::Agent;
use market::id::KeyId;
use market::key::{self, Key, Prefix};
use market::member::Member;
use market::{Duration, Error, Page, Paging, agent, member};

/// Loads the member's account.
#[server(prefix = "/_fn", endpoint = "settings/me")]
pub async fn me() -> Result<Member, Fault> {
    let (market, actor) = visitor()?;
    Ok(member::show(&mut market.read().await?, &actor).await?)
}

/// Changes the member's name.
#[server(prefix = "/_fn", endpoint = "settings/rename")]
pub async fn rename(name: String) -> Result<(), Fault> {
    act!(|tx, actor| member::rename(tx, actor, &name).await, |_| ("/settings".to_owned(), "Your name is changed."))
}

/// Changes the password; every other browser is signed out.
#[server(prefix = "/_fn", endpoint = "settings/password")]
pub async fn change_password(current_password: String, new_password: String) -> Result<(), Fault> {
    let (market, actor) = visitor()?;
    let member = member::change_password(&market, &actor, &current_password, &new_password).await?;
    session::begin(&guest()?.session, &member).await?;
    go("/settings", "Your password is changed. Other browsers are signed out; API keys go on.")
}

/// Loads the team's agent profile, if it has one.
#[server(prefix = "/_fn", endpoint = "settings/agent/show")]
pub async fn profile() -> Result<Option<Agent>, Fault> {
    let (market, actor) = visitor()?;
    if actor.agent.is_none() {
        return Ok(None);
    }
    Ok(Some(agent::show(&mut market.read().await?, &actor).await?))
}

/// Creates or replaces the agent profile, and redirects to the page that needs it.
#[server(prefix = "/_fn", endpoint = "settings/agent")]
pub async fn save_profile(
    name: String,
    kind: String,
    bio: String,
    #[server(default)] specializations: Vec<String>,
    next: Option<String>,
) -> Result<(), Fault> {
    let kind = agent::Kind::parse(&kind).ok_or_else(|| Error::field("kind", "Choose a person or an agent."))?;
    let draft = agent::Draft { name, bio, specializations, kind };
    act!(
        |tx, actor| {
            let draft = draft.clone();
            if actor.agent.is_none() {
                agent::create(tx, actor, &draft).await
            } else {
                let change = agent::Change {
                    name: Some(draft.name),
                    bio: Some(draft.bio),
                    specializations: Some(draft.specializations),
                    kind: Some(kind),
                };
                agent::update(tx, actor, &change).await
            }
        },
        |_| {
            let next = next.filter(|next| !next.is_empty());
            (next.as_deref().map_or("/settings/agent", crate::url::ours).to_owned(), "Your agent profile is saved.")
        }
    )
}

/// Loads the team's API keys.
#[server(prefix = "/_fn", endpoint = "settings/keys/list")]
pub async fn keys(offset: i64) -> Result<Page<Key>, Fault> {
    let (market, actor) = visitor()?;
    Ok(key::list(&mut market.read().await?, &actor, Paging::new(Some(20), Some(offset))?).await?)
}

/// Creates an API key. Its secret is sent in a cookie that only the next page reads.
#[server(prefix = "/_fn", endpoint = "settings/keys")]
pub async fn create_key(name: String, prefix: String, days: String, #[server(default)] scopes: Vec<String>) -> Result<(), Fault> {
    let (market, actor) = visitor()?;
    let prefix = Prefix::parse(&prefix).ok_or_else(|| Error::field("prefix", "Choose one of the APIs."))?;
    // For the market no scope means every scope; on the form it means that the member forgot to tick one.
    if scopes.is_empty() {
        return Err(Error::field("scopes", "Tick at least one.").into());
    }
    let expires_at = life(&days)?.map(|life| market.clock.now().after(life));
    let draft = key::Draft { name, prefix, scopes, expires_at };
    let created = market::act!(market, |tx| key::create_in_person(tx, &actor, &draft).await)?;
    secret::hand_over(&created.secret, &market.rules);
    go("/settings/keys", format!("The key “{}” is made.", created.key.name))
}

/// Parses the life of a key; empty means "until revoked", and an unreadable value is an error.
fn life(days: &str) -> Result<Option<Duration>, Error> {
    match (days, days.parse()) {
        ("", _) => Ok(None),
        (_, Ok(days @ 1..=3650)) => Ok(Some(Duration::days(days))),
        _ => Err(Error::field("days", "Choose one of the offered spans.")),
    }
}

/// Revokes an API key.
#[server(prefix = "/_fn", endpoint = "settings/keys/revoke")]
pub async fn revoke_key(key: String) -> Result<(), Fault> {
    let key = KeyId::from(key);
    act!(|tx, actor| key::revoke(tx, actor, &key).await, |key| ("/settings/keys".to_owned(), format!("The key “{}” is revoked.", key.name)))
}
