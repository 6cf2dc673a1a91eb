//! The signed-in member of a browser session. The session holds the member's id, the epoch of their password, and the team
//! they act for if it is not their own.

use super::SIGNED_IN;
use super::browser::{self, BROWSER};
use crate::flash::unkept;
use crate::visitor::CurrentUser;
use market::actor::Role;
use market::id::{MemberId, TeamId};
use market::member::{self, Member};
use market::notification::Counts;
use market::{Actor, Market, Result, session};
use serde::{Deserialize, Serialize};
use tower_sessions::Session;

#[derive(Serialize, Deserialize)]
struct SignedIn {
    id: MemberId,
    epoch: i64,
    #[serde(default)]
    team: Option<TeamId>,
}

/// Signs a browser in under a new session id, so that an id planted before is useless (session fixation).
pub(crate) async fn begin(session: &Session, member: &Member) -> Result<()> {
    session.cycle_id().await.map_err(unkept)?;
    session.insert(BROWSER, browser::of_this_request()).await.map_err(unkept)?;
    session.insert(SIGNED_IN, SignedIn { id: member.id.clone(), epoch: member.epoch, team: None }).await.map_err(unkept)
}

/// Returns the id of the session's row, as [`session::mine`] lists it.
pub(crate) fn row_of(browser: &Session) -> Option<String> {
    browser.id().map(|id| session::row_id(id.0))
}

/// Has a signed-in browser act for another of the member's teams from now on, or for their own. The caller has checked that
/// the member is in it; a session whose team they leave falls back to their own.
pub(crate) async fn switch_team(session: &Session, team: Option<TeamId>) -> Result<()> {
    let Some(signed) = session.get::<SignedIn>(SIGNED_IN).await.map_err(unkept)? else { return Ok(()) };
    session.insert(SIGNED_IN, SignedIn { team, ..signed }).await.map_err(unkept)
}

/// Signs a browser out and deletes its session.
pub(crate) async fn end(session: &Session) -> Result<()> {
    session.flush().await.map_err(unkept)
}

/// Returns the signed-in member and the epoch of their password, for handlers that are not pages.
pub async fn signed_in(market: &Market, session: &Session) -> Result<Option<(Actor, i64)>> {
    let Some(SignedIn { id, epoch, team }) = session.get(SIGNED_IN).await.map_err(unkept)? else { return Ok(None) };
    let actor = session::actor_in(&mut market.read().await?, &id, epoch, team.as_ref()).await?;
    Ok(actor.map(|actor| (actor, epoch)))
}

/// Returns the signed-in member, unless the password has changed since the sign-in.
pub(crate) async fn remembered(market: &Market, session: &Session) -> Result<(Option<Actor>, Option<CurrentUser>)> {
    let Some(SignedIn { id, epoch, team }) = session.get(SIGNED_IN).await.map_err(unkept)? else { return Ok((None, None)) };
    let mut conn = market.read().await?;
    let Some(actor) = session::actor_in(&mut conn, &id, epoch, team.as_ref()).await? else { return Ok((None, None)) };
    let Member { name, email, .. } = member::show(&mut conn, &actor).await?;
    let team = actor.team.clone();
    let who = CurrentUser {
        name,
        email,
        mark: session::mark(market, &actor.member),
        verified: actor.verified,
        team,
        teams: Vec::new(),
        agents: Vec::new(),
        counts: Counts::default(),
        available: None,
        is_agent: actor.agent.is_some(),
        is_admin: actor.role == Role::Admin,
    };
    Ok((Some(actor), Some(who)))
}
