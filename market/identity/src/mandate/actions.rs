//! Setting and revoking a mandate.

use super::document::signed;
use super::signing::signer;
use super::{Config, Draft, Mandate, Signed, Terms, VERSIONS_KEPT, errors, events, store};
use crate::actor::{self, AgentChoice};
use crate::{Actor, audit, membership};
use kernel::id::AgentId;
use kernel::{Error, Result};
use platform::db::Tx;

/// Sets the mandate of an agent of the actor's team; it replaces the one before from the next spend on. The sums that were spent stay
/// counted. A key that belongs to an agent may not.
pub async fn set(tx: &mut Tx, actor: &Actor, config: &Config<'_>, agent: &AgentId, draft: &Draft) -> Result<(Mandate, Signed)> {
    let actor = &deciding(tx, actor).await?;
    let (agent_id, name) = actor::agent_with_name(tx, &actor.team, agent).await?;
    let terms = draft.check(tx.now, config)?;
    let version = store::version(tx, &agent_id).await?.unwrap_or_default() + 1;
    let mandate =
        Mandate { agent_id, team_id: actor.team.clone(), version, terms, set_by: actor.member.clone(), set_at: tx.now, revoked_at: None };
    let signer = signer(tx, config.secret).await?;
    let issuer = tx.rules.base_url.clone();
    let signed = signed(&mandate, &issuer, &signer);
    if !store::set(tx, &mandate).await? {
        return Err(Error::try_again());
    }
    store::insert_version(tx, &mandate, &signed).await?;
    store::forget_versions(tx, &mandate.agent_id, mandate.version - VERSIONS_KEPT).await?;
    let Terms { is_enabled, per_day, per_month, .. } = mandate.terms;
    let event = events::Set { agent: &name, version, is_enabled, per_day, per_month };
    audit::record(tx, actor, mandate.agent_id.as_str(), &event);
    Ok((mandate, signed))
}

/// Revokes a mandate: from now on the agent spends nothing, until another one is set. Fine if it was revoked already.
pub async fn revoke(tx: &mut Tx, actor: &Actor, agent: &AgentId) -> Result<(Mandate, Signed)> {
    let actor = &deciding(tx, actor).await?;
    let (agent_id, name) = actor::agent_with_name(tx, &actor.team, agent).await?;
    if store::revoke(tx, &agent_id).await? {
        let version = store::version(tx, &agent_id).await?.unwrap_or_default();
        audit::record(tx, actor, agent_id.as_str(), &events::Revoked { agent: &name, version });
    }
    let row = store::find(tx, &agent_id).await?.ok_or_else(|| Error::not_found("mandate"))?;
    let signed = store::signed(tx, &row.mandate).await?.ok_or_else(Error::internal)?;
    Ok((row.mandate, signed))
}

/// Returns the actor as they are now, if they may decide on what agents spend.
pub(crate) async fn deciding(tx: &mut Tx, actor: &Actor) -> Result<Actor> {
    if actor.agent_choice == AgentChoice::Key {
        return Err(errors::not_by_agents());
    }
    let actor = membership::lock(tx, actor).await?;
    actor.must_have("mandates:write")?;
    actor.must_be_verified()?;
    Ok(actor)
}
