//! Asking for an approval, deciding on it, and using it.

use super::{Approval, KEPT, LAPSE, LIFE, Status, WAITING_MAX, errors, events, letter, queries, store};
use crate::actor::Credential;
use crate::mandate::errors::APPROVAL_REQUIRED;
use crate::{Actor, audit, mandate, team};
use kernel::id::{AgentId, ApprovalId};
use kernel::{Error, Money, Result};
use platform::db::Tx;
use platform::registry::Boxed;
use platform::timer::{self, Handler, Timer};
use platform::{Market, SWEEP_BATCH, act, event};
use serde::Deserialize;

/// The timers of approvals.
pub const TIMERS: &[(&str, Handler)] = &[(LAPSE, end_of_life)];

fn end_of_life<'a>(tx: &'a mut Tx, timer: &'a Timer) -> Boxed<'a, Result<()>> {
    Box::pin(async move { lapse(tx, &timer.subject.as_str().into()).await })
}

/// Keeps the request of a spend that was refused because a person is asked, tells those who may approve, and returns the refusal with
/// the request's id. A spend that is asked for again has one request. Other errors are returned as they are.
///
/// It runs in a transaction of its own, because the refused act left nothing.
pub async fn ask(market: &Market, actor: &Actor, refusal: Error) -> Error {
    if refusal.code != APPROVAL_REQUIRED {
        return refusal;
    }
    match act!(market, |tx| request(tx, actor, &refusal).await) {
        Ok(approval) => {
            let until = approval.expires_at.to_string();
            let mut refusal = refusal;
            // The word by which it is found again is our own affair.
            refusal.facts.iter_mut().for_each(|facts| drop(facts.remove("subject")));
            refusal.with("approval_id", approval.id.as_str()).with("status", approval.status.as_str()).with("expires_at", until)
        }
        Err(error) => error,
    }
}

/// The facts of the refusal that make a request.
#[derive(Deserialize)]
pub(super) struct Asked {
    pub(super) agent_id: AgentId,
    pub(super) act: mandate::Act,
    pub(super) subject: String,
    pub(super) job_id: Option<kernel::id::JobId>,
    pub(super) title: String,
    pub(super) category: String,
    pub(super) required: Money,
}

async fn request(tx: &mut Tx, actor: &Actor, refusal: &Error) -> Result<Approval> {
    let facts = serde_json::to_value(&refusal.facts).unwrap_or_default();
    let asked: Asked = serde_json::from_value(facts).map_err(|_| Error::internal())?;
    // Held so that the requests of the team are counted by one at a time.
    team::store::hold(tx, &actor.team).await?;
    if let Some(id) = store::open_of(tx, &asked.agent_id, &asked.subject, asked.required).await? {
        return queries::of_team(tx, &actor.team, &id).await;
    }
    if store::count_waiting(tx, &asked.agent_id).await? >= WAITING_MAX {
        return Err(errors::too_many_approvals());
    }
    let id = ApprovalId::new();
    let expires_at = tx.now.after(LIFE);
    timer::set(tx, &timer_of(&id, expires_at)).await?;
    store::insert(tx, &id, actor, &asked, expires_at).await?;
    let approval = queries::of_team(tx, &actor.team, &id).await?;
    let Approval { agent_id, agent, amount, title, expires_at, .. } = &approval;
    let (amount, expires_at) = (*amount, *expires_at);
    event::emit(tx, &[&actor.team], id.as_str(), &events::Requested { agent_id, agent, amount, title, expires_at });
    letter::send(tx, &approval).await?;
    Ok(approval)
}

fn timer_of(id: &ApprovalId, at: kernel::Time) -> Timer {
    Timer::new(format!("approval:{id}"), LAPSE, id.as_str(), at)
}

/// Approves a request: the same spend, or a smaller one, goes through once within a day.
pub async fn approve(tx: &mut Tx, actor: &Actor, id: &ApprovalId) -> Result<Approval> {
    let until = tx.now.after(LIFE);
    let actor = deciding(tx, actor, id).await?;
    timer::set(tx, &timer_of(id, until)).await?;
    decide(tx, &actor, id, Status::Approved, until).await
}

/// Denies a request. Its spend is refused for a day.
pub async fn deny(tx: &mut Tx, actor: &Actor, id: &ApprovalId) -> Result<Approval> {
    let actor = deciding(tx, actor, id).await?;
    timer::clear(tx, &timer_of(id, tx.now).id).await?;
    let now = tx.now;
    decide(tx, &actor, id, Status::Denied, now).await
}

/// Returns the actor as they are now, if they may decide on a request that waits.
async fn deciding(tx: &mut Tx, actor: &Actor, id: &ApprovalId) -> Result<Actor> {
    let actor = mandate::deciding(tx, actor).await?;
    let approval = queries::of_team(tx, &actor.team, id).await?;
    if matches!(&actor.credential, Credential::Key { id, .. } if approval.key_id.as_ref() == Some(id)) {
        return Err(errors::own_request());
    }
    if approval.status != Status::Pending || approval.expires_at <= tx.now {
        return Err(errors::approval_over(approval.status));
    }
    Ok(actor)
}

async fn decide(tx: &mut Tx, actor: &Actor, id: &ApprovalId, status: Status, until: kernel::Time) -> Result<Approval> {
    if !store::decide(tx, id, actor, status, until).await? {
        return Err(Error::try_again());
    }
    let approval = queries::of_team(tx, &actor.team, id).await?;
    let Approval { agent_id, agent, amount, title, .. } = &approval;
    audit::record(tx, actor, id.as_str(), &events::Decided { agent_id, agent, amount: *amount, title, status });
    Ok(approval)
}

/// Uses an approval up that covers a spend; none if there is none. Its timer finds it used.
pub(crate) async fn take(tx: &mut Tx, agent: &AgentId, subject: &str, amount: Money) -> Result<Option<ApprovalId>> {
    let Some(id) = store::approved_of(tx, agent, subject, amount).await? else { return Ok(None) };
    if store::end(tx, &id, Status::Approved, Status::Used).await? { Ok(Some(id)) } else { Err(Error::try_again()) }
}

/// Returns the denial that still holds of a spend.
pub(crate) async fn denied(tx: &mut Tx, agent: &AgentId, subject: &str, amount: Money) -> Result<Option<ApprovalId>> {
    let since = tx.now.before(LIFE);
    store::denied_of(tx, agent, subject, amount, since).await
}

/// Ends a request that nobody decided, or an approval that nobody used. Only its timer calls this; one that was used stays so.
async fn lapse(tx: &mut Tx, id: &ApprovalId) -> Result<()> {
    let ended = store::end(tx, id, Status::Pending, Status::Lapsed).await? || store::end(tx, id, Status::Approved, Status::Lapsed).await?;
    if let (true, Some(approval)) = (ended, store::of_any_team(tx, id).await?) {
        let lapsed = events::Lapsed { agent_id: &approval.agent_id, amount: approval.amount };
        event::emit(tx, &[&approval.team_id], id.as_str(), &lapsed);
    }
    Ok(())
}

/// Deletes approvals that ended long ago, at most [`SWEEP_BATCH`], and returns their number. A worker calls this.
pub async fn sweep(tx: &mut Tx) -> Result<u64> {
    let since = tx.now.before(KEPT);
    store::delete_ended(tx, since, SWEEP_BATCH).await
}
