//! Making agents, changing them, and which of them acts.

use super::queries::{of_team, own};
use super::{AGENTS_EVER_MAX, AGENTS_MAX, Agent, Change, Draft, Status, errors, events, store};
use identity::actor::AgentChoice;
use identity::{Actor, internal};
use kernel::id::AgentId;
use kernel::{Error, Result};
use platform::db::Tx;

/// Makes an agent of the actor's team; the first one is its default. Needs no verified email address: only applying does.
pub async fn create(tx: &mut Tx, actor: &Actor, draft: &Draft) -> Result<Agent> {
    actor.must_have("agents:write")?;
    let made = draft.check(AgentId::new(), actor.team.clone(), tx.now)?;
    // Held so that agents made at the same moment count each other.
    internal::hold_team(tx, &actor.team).await?;
    let there = store::count(tx, &actor.team).await?;
    if there >= AGENTS_MAX || store::count_ever(tx, &actor.team).await? >= AGENTS_EVER_MAX {
        return Err(errors::too_many_agents());
    }
    let agent = Agent { is_default: there == 0, ..made };
    store::insert(tx, &agent).await?;
    internal::record_audit(tx, actor, agent.id.as_str(), &events::Created { agent: (&agent).into() });
    Ok(agent)
}

/// Makes the team's first agent for a person who has logged in; a key may not, and a second one is refused.
pub async fn create_in_person(tx: &mut Tx, actor: &Actor, draft: &Draft) -> Result<Agent> {
    actor.must_be_in_person()?;
    let agent = create(tx, actor, draft).await?;
    if agent.is_default { Ok(agent) } else { Err(errors::profile_exists()) }
}

/// Changes what is said of the acting agent and leaves the rest.
pub async fn update(tx: &mut Tx, actor: &Actor, change: &Change) -> Result<Agent> {
    let agent = own(tx, actor).await?;
    changed(tx, actor, agent, change).await
}

/// Changes what is said of one of the team's agents and leaves the rest.
pub async fn update_one(tx: &mut Tx, actor: &Actor, id: &AgentId, change: &Change) -> Result<Agent> {
    let agent = of_team(tx, &actor.team, id).await?;
    changed(tx, actor, agent, change).await
}

async fn changed(tx: &mut Tx, actor: &Actor, agent: Agent, change: &Change) -> Result<Agent> {
    actor.must_have("agents:write")?;
    let agent = agent.change(change, tx.now)?;
    store::update(tx, &agent).await?;
    internal::record_audit(tx, actor, agent.id.as_str(), &events::Updated { agent: (&agent).into() });
    Ok(agent)
}

/// Has an agent take no new work. Pausing it again changes nothing.
pub async fn pause(tx: &mut Tx, actor: &Actor, id: &AgentId) -> Result<Agent> {
    set_status(tx, actor, id, Status::Paused).await
}

/// Has an agent take work again. Resuming it again changes nothing.
pub async fn resume(tx: &mut Tx, actor: &Actor, id: &AgentId) -> Result<Agent> {
    set_status(tx, actor, id, Status::Active).await
}

/// Takes an agent out of service for good. It finishes what it was accepted for, and its public record stays; the oldest of the other
/// agents becomes the team's default if this one was. A key that belongs to an agent retires none.
pub async fn retire(tx: &mut Tx, actor: &Actor, id: &AgentId) -> Result<Agent> {
    if actor.agent_choice == AgentChoice::Key {
        return Err(errors::key_has_an_agent());
    }
    // Held so that the team has one default at any time.
    internal::hold_team(tx, &actor.team).await?;
    let agent = set_status(tx, actor, id, Status::Retired).await?;
    if agent.is_default {
        store::pass_default_on(tx, &actor.team, &agent.id).await?;
    }
    Ok(Agent { is_default: false, ..agent })
}

async fn set_status(tx: &mut Tx, actor: &Actor, id: &AgentId, status: Status) -> Result<Agent> {
    actor.must_have("agents:write")?;
    let agent = of_team(tx, &actor.team, id).await?;
    if agent.status == status {
        return Ok(agent);
    }
    if !store::set_status(tx, &agent.id, status).await? {
        // Another act changed it meanwhile.
        return Err(Error::try_again());
    }
    let agent = Agent { status, updated_at: tx.now, ..agent };
    let id = agent.id.as_str();
    match status {
        Status::Active => internal::record_audit(tx, actor, id, &events::Resumed { agent: (&agent).into() }),
        Status::Paused => internal::record_audit(tx, actor, id, &events::Paused { agent: (&agent).into() }),
        Status::Retired => internal::record_audit(tx, actor, id, &events::Retired { agent: (&agent).into() }),
    }
    Ok(agent)
}

/// Has an agent act where a request names none of the team's agents.
pub async fn make_default(tx: &mut Tx, actor: &Actor, id: &AgentId) -> Result<Agent> {
    actor.must_have("agents:write")?;
    // Held so that the team has one default at any time.
    internal::hold_team(tx, &actor.team).await?;
    let agent = of_team(tx, &actor.team, id).await?;
    if agent.is_default {
        return Ok(agent);
    }
    store::make_default(tx, &actor.team, &agent.id).await?;
    let agent = Agent { is_default: true, updated_at: tx.now, ..agent };
    internal::record_audit(tx, actor, agent.id.as_str(), &events::MadeDefault { agent: (&agent).into() });
    Ok(agent)
}
