//! The acts on endpoints.

use super::store::{self, New};
use super::{Change, Config, Created, DisabledReason, Draft, ENDPOINTS_MAX, Endpoint, OVERLAP, Status, errors, events, queries, secret};
use identity::actor::{self, AgentChoice};
use identity::{Actor, internal};
use kernel::id::{AgentId, EndpointId, TeamId};
use kernel::{Error, Result};
use platform::db::{Conn, Tx};
use platform::event;

/// Creates an endpoint and returns its secret, which is shown this once. It hears what happens from now on.
pub async fn create(tx: &mut Tx, actor: &Actor, config: &Config<'_>, draft: &Draft) -> Result<Created> {
    actor.must_have("events:write")?;
    // It sends requests to other people's servers.
    actor.must_be_verified()?;
    // Held so that the endpoints of the team are counted by one at a time.
    internal::hold_team(tx, &actor.team).await?;
    let draft = draft.check(config)?;
    let agent_id = bound_to(tx, actor, draft.agent_id.as_ref()).await?;
    if store::count(tx, &actor.team).await? >= ENDPOINTS_MAX {
        return Err(errors::too_many_webhooks());
    }
    let secret = draft.secret.map_or_else(secret::new, Ok)?;
    let held = config.registry.events.scopes().into_iter().filter(|scope| actor.may(scope));
    let endpoint = Endpoint {
        id: EndpointId::new(),
        team_id: actor.team.clone(),
        agent_id,
        url: draft.url,
        description: draft.description,
        events: draft.events,
        dialect: draft.dialect,
        scopes: held.map(str::to_owned).collect(),
        status: Status::Active,
        disabled_reason: None,
        failing_since: None,
        previous_until: None,
        created_at: tx.now,
        updated_at: tx.now,
    };
    let sealed = secret::seal(config.secret, &endpoint.id, &secret)?;
    let from_seq = event::latest(tx).await?;
    store::insert(tx, &New { endpoint: &endpoint, member: &actor.member, secret: &sealed, from_seq }).await?;
    internal::record_audit(tx, actor, endpoint.id.as_str(), &events::Created { origin: &endpoint.origin() });
    Ok(Created { endpoint, secret })
}

/// Changes an endpoint: its address, events, description or agent, or whether it is sent anything. Enabled again, it hears what happens
/// from then on, and what waited for it is sent.
pub async fn update(tx: &mut Tx, actor: &Actor, config: &Config<'_>, id: &EndpointId, change: &Change) -> Result<Endpoint> {
    let mut row = held(tx, actor, id).await?;
    let change = change.check(config, row.endpoint.dialect)?;
    let before = row.endpoint.clone();
    let agent_id = match &change.hears {
        Some(hears) => bound_to(tx, actor, hears.agent()).await?,
        None => before.agent_id.clone(),
    };
    let endpoint = &mut row.endpoint;
    endpoint.url = change.url.unwrap_or_else(|| before.url.clone());
    endpoint.description = change.description.unwrap_or_else(|| before.description.clone());
    endpoint.events = change.events.unwrap_or_else(|| before.events.clone());
    endpoint.agent_id = agent_id;
    if *endpoint != before {
        endpoint.updated_at = tx.now;
        store::set_facts(tx, row.key, endpoint).await?;
        if endpoint.url != before.url {
            // A repaired address is not left waiting for the next probe of the broken one.
            let now = tx.now;
            store::set_due(tx, row.key, Some(now), None).await?;
            tx.set_outgoing();
        }
        internal::record_audit(tx, actor, id.as_str(), &events::Updated { origin: &endpoint.origin() });
    }
    let origin = endpoint.origin();
    match (change.is_active, endpoint.status) {
        (Some(true), Status::Disabled) => {
            let from_seq = event::latest(tx).await?;
            store::enable(tx, row.key, from_seq).await?;
            internal::record_audit(tx, actor, id.as_str(), &events::Enabled { origin: &origin });
        }
        (Some(false), Status::Active) => {
            let reason = DisabledReason::ByHand;
            store::disable(tx, row.key, reason).await?;
            internal::record_audit(tx, actor, id.as_str(), &events::Disabled { origin: &origin, reason });
        }
        _ => {}
    }
    Ok(queries::of_team(tx, actor, id).await?.endpoint)
}

/// Deletes an endpoint: nothing is sent to it any more. Its deliveries are deleted by the sweep.
pub async fn delete(tx: &mut Tx, actor: &Actor, id: &EndpointId) -> Result<Endpoint> {
    actor.must_have("events:write")?;
    let row = queries::of_team(tx, actor, id).await?;
    if !store::delete(tx, row.key).await? {
        return Err(Error::try_again());
    }
    internal::record_audit(tx, actor, id.as_str(), &events::Deleted { origin: &row.endpoint.origin() });
    Ok(row.endpoint)
}

/// Stops everything that a team's endpoints are sent, for an act that ends what the team does.
pub async fn stop_all(tx: &mut Tx, team: &TeamId) -> Result<()> {
    store::disable_all(tx, team, DisabledReason::ByHand).await
}

/// Gives an endpoint another secret and returns it, this once. The earlier one signs too for [`OVERLAP`].
pub async fn rotate_secret(tx: &mut Tx, actor: &Actor, config: &Config<'_>, id: &EndpointId, wanted: Option<&str>) -> Result<Created> {
    let mut row = held(tx, actor, id).await?;
    if let Some(Err(wrong)) = wanted.map(secret::check) {
        return Err(Error::field("secret", wrong));
    }
    let secret = wanted.map_or_else(secret::new, |wanted| Ok(wanted.to_owned()))?;
    let sealed = secret::seal(config.secret, id, &secret)?;
    let until = tx.now.after(OVERLAP);
    store::rotate(tx, row.key, &sealed, until).await?;
    row.endpoint.previous_until = Some(until);
    row.endpoint.updated_at = tx.now;
    internal::record_audit(tx, actor, id.as_str(), &events::SecretRotated { origin: &row.endpoint.origin() });
    Ok(Created { endpoint: row.endpoint, secret })
}

/// Loads and locks an endpoint for a change by somebody who may hear all that it hears: else a change of the address would show them
/// more than they may see.
async fn held(tx: &mut Tx, actor: &Actor, id: &EndpointId) -> Result<store::Row> {
    actor.must_have("events:write")?;
    store::lock(tx, &actor.team, id).await?;
    let row = queries::of_team(tx, actor, id).await?;
    actor.must_cover(&row.endpoint.scopes)?;
    Ok(row)
}

/// Returns the agent of a new endpoint: one of the team's. A key that acts as an agent makes endpoints of that one alone.
async fn bound_to(conn: &mut Conn, actor: &Actor, wanted: Option<&AgentId>) -> Result<Option<AgentId>> {
    match wanted {
        Some(wanted) => Ok(actor::acting_agent(conn, actor.clone(), wanted).await?.agent),
        None if actor.agent_choice == AgentChoice::Key => Ok(actor.agent.clone()),
        None => Ok(None),
    }
}
