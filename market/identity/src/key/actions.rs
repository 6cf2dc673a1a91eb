//! The acts and reads of API keys.

use super::{Created, Draft, Key, LIVE_MAX, SCOPES, errors, events, holders, store};
use crate::actor::{self, AgentChoice, Credential};
use crate::scope::PROGRAM;
use crate::{Actor, audit, membership, suspension, team};
use kernel::id::{self, AgentId, KeyId, MemberId};
use kernel::page::Part;
use kernel::{Duration, Error, Page, Result, Time};
use platform::db::{Conn, Tx};
use platform::password::fingerprint;

/// 200 random bits.
const SECRET_LENGTH: usize = 40;
/// The shortest time between two recorded uses of a key.
const TOUCH_EVERY: Duration = Duration::minutes(1);

/// Creates a key. A key may create others, which have at most its own scopes and end with it at the latest.
pub async fn create(tx: &mut Tx, actor: &Actor, draft: &Draft) -> Result<Created> {
    make(tx, actor, draft, None).await
}

/// Makes a key that acts as one agent of the team, always.
pub async fn create_for_agent(tx: &mut Tx, actor: &Actor, draft: &Draft, agent: &AgentId) -> Result<Created> {
    make(tx, actor, draft, Some(agent)).await
}

async fn make(tx: &mut Tx, actor: &Actor, draft: &Draft, agent: Option<&AgentId>) -> Result<Created> {
    // Meanwhile the actor can't be removed, and the key that makes this one can't be revoked.
    let actor = &membership::lock(tx, actor).await?;
    actor.must_have("keys:write")?;
    let draft = draft.check(tx.now)?;
    let agent_id = bound_to(tx, actor, agent).await?;
    let scopes = match draft.scopes.is_empty() && agent.is_some() {
        // No mandate limits payouts and the management of the team, so a key of an agent has their scopes only if it is said.
        true => program_scopes(actor),
        false => granted(actor, draft.scopes)?,
    };
    let maker = maker(tx, actor).await?;
    if store::live(tx, &actor.team).await? >= LIVE_MAX {
        return Err(errors::too_many_keys());
    }
    let secret = format!("{}{}", draft.prefix.lead(), id::secret(SECRET_LENGTH));
    let last_four = secret[secret.len() - 4..].to_owned();
    let key = Key {
        id: KeyId::new(),
        member_id: actor.member.clone(),
        team_id: actor.team.clone(),
        agent_id,
        name: draft.name,
        prefix: draft.prefix,
        last_four,
        scopes,
        created_at: tx.now,
        expires_at: maker.as_ref().and_then(|maker| maker.expires_at).into_iter().chain(draft.expires_at).min(),
        last_used_at: None,
        revoked_at: None,
    };
    store::insert(tx, &key, &maker.map(|maker| maker.id), &fingerprint(&secret)).await?;
    audit::record(tx, actor, key.id.as_str(), &events::Created { name: &key.name, prefix: key.prefix });
    Ok(Created { key, secret })
}

/// Creates a key for a member who has logged in; an API key may not.
pub async fn create_in_person(tx: &mut Tx, actor: &Actor, draft: &Draft) -> Result<Created> {
    actor.must_be_in_person()?;
    create(tx, actor, draft).await
}

/// Lists the keys of the actor's team, newest first, without the revoked ones.
pub async fn list(conn: &mut Conn, actor: &Actor, part: impl Into<Part>) -> Result<Page<Key>> {
    actor.must_have("keys:read")?;
    store::list(conn, &actor.team, &part.into()).await
}

/// Ends a key from the next request on, and every key that it made. Fine if it has ended already. A key that another member
/// made takes somebody who may remove members.
pub async fn revoke(tx: &mut Tx, actor: &Actor, id: &KeyId) -> Result<Key> {
    actor.must_have("keys:write")?;
    // The lock prevents that this key creates another one meanwhile.
    team::store::hold(tx, &actor.team).await?;
    let key = store::find(tx, &actor.team, id).await?.ok_or_else(|| Error::not_found("API key"))?;
    if key.revoked_at.is_some() {
        return Ok(key);
    }
    key.must_be_revocable_by(actor)?;
    let now = tx.now;
    let mut ending = vec![key.clone()];
    while let Some(key) = ending.pop() {
        end(tx, actor, &key).await?;
        ending.extend(store::made_by(tx, &key.id).await?);
    }
    Ok(Key { revoked_at: Some(now), ..key })
}

/// Ends all keys of the actor's team that a member made, or that their keys made. The team is held.
pub(crate) async fn revoke_all_of(tx: &mut Tx, actor: &Actor, member: &MemberId) -> Result<()> {
    for key in store::of_member(tx, &actor.team, member).await? {
        end(tx, actor, &key).await?;
    }
    Ok(())
}

async fn end(tx: &mut Tx, actor: &Actor, key: &Key) -> Result<()> {
    store::revoke(tx, &key.id).await?;
    audit::record(tx, actor, key.id.as_str(), &events::Revoked { name: &key.name, prefix: key.prefix });
    Ok(())
}

/// Returns the actor of a key.
pub async fn actor(conn: &mut Conn, secret: &str) -> Result<Actor> {
    Ok(actor_at(conn, secret).await?.0)
}

/// Returns the actor of a key and the number of the last event at that moment. Every API request with a key begins here.
pub async fn actor_at(conn: &mut Conn, secret: &str) -> Result<(Actor, i64)> {
    let found = holders::holder(conn, fingerprint(secret)).await?;
    let seq = found.as_ref().map_or(0, |holder| holder.seq);
    Ok((acting(found, conn.now)?, seq))
}

/// Returns the actor of a key by its id, if the key is still valid.
pub async fn holder(conn: &mut Conn, id: &KeyId) -> Result<Actor> {
    let found = store::holder_of(conn, id).await?;
    acting(found, conn.now)
}

fn acting(found: Option<store::Holder>, now: Time) -> Result<Actor> {
    let holder = found.ok_or_else(errors::invalid_api_key)?;
    must_work(holder.revoked_at, holder.expires_at, now)?;
    suspension::must_be_none(holder.suspended_at)?;
    Ok(holder.into())
}

fn must_work(revoked_at: Option<Time>, expires_at: Option<Time>, now: Time) -> Result<()> {
    if revoked_at.is_some() {
        return Err(errors::key_revoked());
    }
    if expires_at.is_some_and(|at| at <= now) {
        return Err(errors::key_expired());
    }
    Ok(())
}

/// Records the use of keys. A worker calls this in batches; no request waits for it.
pub async fn touch(tx: &mut Tx, ids: &[KeyId]) -> Result<()> {
    for id in ids {
        store::touch(tx, id, TOUCH_EVERY).await?;
    }
    Ok(())
}

/// Returns the actor's key, if the credential is one; it must still be valid.
async fn maker(tx: &mut Tx, actor: &Actor) -> Result<Option<Key>> {
    let Credential::Key { id, .. } = &actor.credential else { return Ok(None) };
    let maker = store::find(tx, &actor.team, id).await?.ok_or_else(|| Error::not_found("API key"))?;
    must_work(maker.revoked_at, maker.expires_at, tx.now)?;
    Ok(Some(maker))
}

/// Returns the scopes of a key for a program of the actor: those of [`PROGRAM`] that the actor's role has.
pub fn program_scopes(actor: &Actor) -> Vec<String> {
    PROGRAM.into_iter().filter(|scope| actor.may(scope)).map(str::to_owned).collect()
}

/// The scopes of a new key: as wanted, if its maker has them; all that its maker has, if nothing was said. `*` is whatever
/// the maker's role allows, now or later.
fn granted(actor: &Actor, wanted: Vec<String>) -> Result<Vec<String>> {
    match &actor.credential {
        Credential::Key { scopes, .. } if wanted.is_empty() => Ok(scopes.clone()),
        _ if wanted.is_empty() => Ok(vec!["*".to_owned()]),
        _ => {
            let mut known = SCOPES.iter().copied().filter(|scope| wanted.iter().any(|word| word == scope));
            let must_have = |scope| if scope == "*" { actor.key_must_have(scope) } else { actor.must_have(scope) };
            known.try_for_each(must_have)?;
            Ok(wanted)
        }
    }
}

/// The agent of a new key: one of the team's. A key that acts as an agent makes keys that act as that one alone.
async fn bound_to(tx: &mut Tx, actor: &Actor, wanted: Option<&AgentId>) -> Result<Option<AgentId>> {
    let own = actor.agent.as_ref().filter(|_| actor.agent_choice == AgentChoice::Key);
    match (own, wanted) {
        (Some(own), Some(wanted)) if own != wanted => Err(actor::errors::key_has_an_agent()),
        (Some(own), _) => Ok(Some(own.clone())),
        (None, Some(wanted)) => actor::agent_of(tx, &actor.team, wanted).await.map(Some),
        (None, None) => Ok(None),
    }
}
