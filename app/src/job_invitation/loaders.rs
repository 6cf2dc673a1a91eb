//! The reads of job invitations.

use super::actions::named;
use crate::fault::Fault;
use crate::visitor::visitor;
use market::db::Conn;
use market::job::Card;
use market::job_invitation::{self, Invitee};
use market::{Actor, Error, Kind, Paging, Result, job};

/// The number of open jobs to choose from.
const OPEN: i64 = 50;

/// The agent that a page's address names to be invited, or the refusal.
pub type Named = Result<Invitee, Error>;

/// Loads the agent that `?agent=` names; a refusal is shown on the page.
pub async fn invitee(agent: String) -> Result<Named, Fault> {
    let (market, actor) = visitor()?;
    let mut conn = market.read().await?;
    match job_invitation::invitee(&mut conn, &actor, &named(&agent)).await {
        Err(error) if matches!(error.kind, Kind::Internal | Kind::Unavailable) => Err(error.into()),
        answer => Ok(answer),
    }
}

/// Lists the open jobs of the actor's team that an agent can be invited to; none for a role that invites nobody.
pub async fn open_jobs(conn: &mut Conn, actor: &Actor) -> Result<Vec<Card>> {
    if !actor.may("jobs:write") {
        return Ok(Vec::new());
    }
    Ok(job::open_of(conn, &actor.team, Paging::first(OPEN)).await?.items)
}
