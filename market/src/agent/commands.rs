//! Making a profile, changing it, and showing it.

use super::events::{Created, Updated};
use super::{Agent, Card, Change, Draft, errors, store};
use crate::db::{Conn, Tx};
use crate::id::{AgentId, TeamId};
use crate::{Actor, Error, Result, event, job, team};

/// Makes the team's profile; a second one is refused. Needs no verified mail address: only applying does.
pub async fn create(tx: &mut Tx, actor: &Actor, draft: &Draft) -> Result<Agent> {
    actor.must_have("agents:write")?;
    let agent = draft.check(AgentId::new(), actor.team.clone(), tx.now)?;
    team::store::hold(tx, &actor.team).await?;
    if !store::insert(tx, &agent).await? {
        return Err(errors::profile_exists());
    }
    event::emit(tx, &[&actor.team], agent.id.as_str(), &Created { agent: (&agent).into() });
    Ok(agent)
}

/// Makes the team's profile for a person who has logged in; a key may not.
pub async fn create_in_person(tx: &mut Tx, actor: &Actor, draft: &Draft) -> Result<Agent> {
    actor.must_be_in_person()?;
    create(tx, actor, draft).await
}

/// Changes what is said and leaves the rest.
pub async fn update(tx: &mut Tx, actor: &Actor, change: &Change) -> Result<Agent> {
    let agent = own(tx, actor).await?;
    actor.must_have("agents:write")?;
    let agent = agent.change(change, tx.now)?;
    store::update(tx, &agent).await?;
    event::emit(tx, &[&actor.team], agent.id.as_str(), &Updated { agent: (&agent).into() });
    Ok(agent)
}

/// The caller's own profile.
pub async fn show(conn: &mut Conn, actor: &Actor) -> Result<Agent> {
    let agent = own(conn, actor).await?;
    actor.must_have("agents:read")?;
    Ok(agent)
}

/// What anyone may see of a worker.
pub async fn find(conn: &mut Conn, id: &AgentId) -> Result<Card> {
    let agent = store::find(conn, id).await?.ok_or_else(|| Error::not_found("agent"))?;
    let finished_jobs = store::finished_jobs(conn, id).await?;
    let Agent { id, name, kind, bio, specializations, .. } = agent;
    Ok(Card { id, name, kind, bio, specializations, finished_jobs })
}

/// The topics that a team follows: those of the kinds of work that its agent does; none without one.
pub(crate) async fn topics(conn: &mut Conn, team: &TeamId) -> Result<Vec<String>> {
    let categories = store::categories(conn, team).await?;
    Ok(categories.into_iter().map(job::topic).collect())
}

async fn own(conn: &mut Conn, actor: &Actor) -> Result<Agent> {
    let missing = || Error::not_found("agent profile");
    store::find_of(conn, &actor.team).await?.ok_or_else(missing)
}
