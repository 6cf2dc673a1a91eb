//! The reads and form actions of the settings pages.

use super::secret;
use crate::act::{act, once};
use crate::fault::Fault;
use crate::member::browser::BROWSER;
use crate::member::session::{begin, row_of};
use crate::once::Done;
use crate::visitor::{go, guest, visitor};
use leptos::prelude::*;
use market::agent::Agent;
use market::id::{AgentId, KeyId};
use market::key::{self, Key, Prefix};
use market::member::Member;
use market::preference::{self, Preference};
use market::{Duration, Error, Market, Page, Paging, Time, address, agent, member, session};
use serde::{Deserialize, Serialize};

/// The data of the profile page.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ProfilePageData {
    /// The account.
    pub member: Member,
    /// The browsers in which the member is signed in, newest first.
    pub browsers: Vec<SignedInBrowser>,
}

/// A browser in which the member is signed in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SignedInBrowser {
    /// The id of its session.
    pub id: String,
    /// The name, `Firefox on Linux`.
    pub name: String,
    /// The time of the sign-in.
    pub since: Time,
    /// True for the browser that asks.
    pub is_this: bool,
}

/// Loads the profile page.
#[server(prefix = "/_fn", endpoint = "settings/profile")]
pub async fn profile_page() -> Result<ProfilePageData, Fault> {
    let (market, actor) = visitor()?;
    let mut conn = market.read().await?;
    let member = member::show(&mut conn, &actor).await?;
    let this = row_of(&guest()?.session);
    let browsers = session::mine(&mut conn, &actor).await?.into_iter().map(|signed| {
        let record: serde_json::Value = serde_json::from_str(&signed.record).unwrap_or_default();
        let name = record["data"][BROWSER].as_str().unwrap_or("A browser").to_owned();
        SignedInBrowser { is_this: this.as_ref() == Some(&signed.id), id: signed.id, name, since: signed.created_at }
    });
    Ok(ProfilePageData { browsers: browsers.collect(), member })
}

/// Signs another browser of the member out.
#[server(prefix = "/_fn", endpoint = "settings/sessions/end")]
pub async fn end_session(session: String) -> Result<(), Fault> {
    act!(|tx, actor| session::end(tx, actor, &session).await, |()| ("/settings".to_owned(), "The browser is signed out."))
}

/// Signs all other browsers of the member out.
#[server(prefix = "/_fn", endpoint = "settings/sessions/others")]
pub async fn end_other_sessions() -> Result<(), Fault> {
    let this = row_of(&guest()?.session).ok_or_else(Error::internal)?;
    act!(|tx, actor| session::end_others(tx, actor, &this).await, |count| {
        let done = match count {
            0 => "No other browser was signed in.".to_owned(),
            1 => "The other browser is signed out.".to_owned(),
            n => format!("{n} other browsers are signed out."),
        };
        ("/settings".to_owned(), done)
    })
}

/// Asks for another email address; a link goes to it.
#[server(prefix = "/_fn", endpoint = "settings/address")]
pub async fn change_address(email: String, current_password: String) -> Result<(), Fault> {
    let (market, actor) = visitor()?;
    address::ask(&market, &actor, &current_password, &email).await?;
    let kept = if market.rules.sandbox { " In the sandbox, emails are kept at /sandbox/mail." } else { "" };
    go("/settings", format!("A link was sent to {}. The address changes when you open it.{kept}", email.trim()))
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
    begin(&guest()?.session, &member).await?;
    go("/settings", "Your password is changed. Other browsers are signed out; API keys go on.")
}

/// Loads the profile of the acting agent and its preferences, if the team has one.
#[server(prefix = "/_fn", endpoint = "settings/agent/show")]
pub async fn profile() -> Result<Option<(Agent, Preference)>, Fault> {
    let (market, actor) = visitor()?;
    if actor.agent.is_none() {
        return Ok(None);
    }
    let mut conn = market.read().await?;
    Ok(Some((agent::show(&mut conn, &actor).await?, preference::show(&mut conn, &actor).await?)))
}

/// Creates or replaces the agent profile, and redirects to the page that needs it.
#[server(prefix = "/_fn", endpoint = "settings/agent")]
pub async fn save_profile(
    name: String,
    kind: String,
    bio: String,
    #[server(default)] specializations: Vec<String>,
    #[server(default)] model: String,
    #[server(default)] framework: String,
    next: Option<String>,
) -> Result<(), Fault> {
    let kind = agent::Kind::parse(&kind).ok_or_else(|| Error::field("kind", "Choose a person or an agent."))?;
    let (model, framework) = (Some(model), Some(framework));
    let draft = agent::Draft { name, bio, specializations, kind, model, framework };
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
                    model: draft.model,
                    framework: draft.framework,
                };
                agent::update(tx, actor, &change).await
            }
        },
        |_| {
            let next = next.as_deref().filter(|next| !next.is_empty());
            (next.map_or("/settings/agent", crate::url::ours).to_owned(), "Your agent profile is saved.")
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
    let (market, _) = visitor()?;
    let prefix = Prefix::parse(&prefix).ok_or_else(|| Error::field("prefix", "Choose one of the APIs."))?;
    // For the market no scope means every scope; on the form it means that the member forgot to tick one.
    if scopes.is_empty() {
        return Err(Error::field("scopes", "Tick at least one.").into());
    }
    if scopes.len() > 1 && scopes.iter().any(|scope| scope == "*") {
        return Err(Error::field("scopes", "“Everything” contains the others: tick it alone, or only what the program needs.").into());
    }
    let expires_at = life(&days)?.map(|life| market.clock.now().after(life));
    let draft = key::Draft { name, prefix, scopes, expires_at };
    let done = once!(|tx, actor| key::create_in_person(tx, actor, &draft).await, |created| {
        Done::new("/settings/keys", format!("The key “{}” is made.", created.key.name)).secret(created.secret)
    })?;
    handed_over(done, &market)
}

/// Creates an API key that belongs to an agent, with what a program needs, for a year. The agent's mandate limits it.
#[server(prefix = "/_fn", endpoint = "settings/keys/agent")]
pub async fn create_agent_key(agent: String, key_name: String) -> Result<(), Fault> {
    let (market, actor) = visitor()?;
    let agent = AgentId::from(agent);
    let expires_at = Some(market.clock.now().after(Duration::days(365)));
    let draft = key::Draft { name: key_name, prefix: Prefix::Gigiac, scopes: key::program_scopes(&actor), expires_at };
    let done = once!(
        |tx, actor| key::create_for_agent(tx, actor, &draft, &agent).await.map_err(|error| error.renamed("name", "key_name")),
        |created| Done::new("/settings/keys", format!("The key “{}” is made. It acts as its agent alone.", created.key.name))
            .secret(created.secret)
    )?;
    handed_over(done, &market)
}

/// Redirects to the page that shows the secret of a new key.
fn handed_over(done: Done, market: &Market) -> Result<(), Fault> {
    match &done.secret {
        Some(secret) => secret::KEY.hand_over(secret, &market.rules),
        // A secret is kept nowhere, so a second press can't show it.
        None => return done
            .saying(
                "The key was made by your first press, and its secret was shown then. If you missed it, revoke the key and make another.",
            )
            .go(),
    }
    done.go()
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
