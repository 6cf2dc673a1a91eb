//! Reading teams, and choosing which one an actor acts for.

use super::{Mine, Team, errors, store};
use crate::actor::Credential;
use crate::{Actor, membership};
use kernel::id::TeamId;
use kernel::{Error, Result};
use platform::db::Conn;

/// Returns the actor's team.
pub async fn show(conn: &mut Conn, actor: &Actor) -> Result<Team> {
    find(conn, &actor.team).await
}

/// All teams that the person is in: their own first, then by name. An API key sees its own alone.
pub async fn mine(conn: &mut Conn, actor: &Actor) -> Result<Vec<Mine>> {
    let mut teams = store::of_member(conn, &actor.member).await?;
    if matches!(actor.credential, Credential::Key { .. }) {
        teams.retain(|mine| mine.team.id == actor.team);
    }
    Ok(teams)
}

/// One of the teams that the person is in.
pub async fn one_of_mine(conn: &mut Conn, actor: &Actor, team: &TeamId) -> Result<Mine> {
    let found = mine(conn, actor).await?.into_iter().find(|mine| mine.team.id == *team);
    found.ok_or_else(|| Error::not_found("team"))
}

/// Returns the actor in another of the person's teams. A key acts for its own team alone.
pub async fn acting(conn: &mut Conn, actor: Actor, team: &TeamId) -> Result<Actor> {
    if actor.team == *team {
        return Ok(actor);
    }
    if matches!(actor.credential, Credential::Key { .. }) {
        return Err(errors::key_has_a_team());
    }
    let standing = membership::store::standing(conn, &actor.member, team).await?;
    standing.map(|standing| standing.actor(actor.credential)).ok_or_else(|| Error::not_found("team"))
}

pub(crate) async fn find(conn: &mut Conn, id: &TeamId) -> Result<Team> {
    store::find(conn, id).await?.ok_or_else(|| Error::not_found("team"))
}
