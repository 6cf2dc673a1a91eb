//! Rulings, by an admin or by default.

use super::actions::go_on;
use super::default::after_lapse;
use super::default::why;
use super::events::{Lapsed, Resolved};
use super::{Case, Decision, DefaultFacts, Dispute, Status, default_ruling, errors, queries, store};
use crate::deliverable;
use crate::job::{self, Job, Ruling};
use identity::Actor;
use kernel::id::DisputeId;
use kernel::{Error, Result};
use platform::db::Tx;

/// Rules on an open dispute; the money moves at once and for good. Only an admin without a stake in the job may.
pub async fn resolve(tx: &mut Tx, actor: &Actor, id: &DisputeId, decision: &Decision) -> Result<Case> {
    actor.must_be_admin()?;
    actor.must_have("system:write")?;
    let no_such = || Error::not_found("dispute");
    let job = store::find(tx, id).await?.ok_or_else(no_such)?.job_id;
    job::lock(tx, &job).await?;
    let mut job = job::find(tx, &job).await?.ok_or_else(no_such)?;
    let dispute = store::find(tx, id).await?.ok_or_else(no_such)?;
    if queries::has_stake(tx, actor, &job).await? {
        return Err(errors::own_side());
    }
    let (ruling, reason) = decision.check(dispute.price)?;
    if dispute.status != Status::Open {
        return Err(errors::dispute_closed(dispute.status));
    }
    carry_out(tx, &mut job, &dispute, &ruling, &reason, Some(actor)).await?;
    queries::case_of(tx, actor, &job).await
}

/// Applies [`default_ruling`] when the time for a ruling is over, or lets the job go on. Only the job's timer calls this.
pub(crate) async fn rule_by_default(tx: &mut Tx, job: &mut Job) -> Result<()> {
    let Some(dispute) = store::open_one(tx, job.key).await? else {
        tracing::error!(job = %job.id, "a job waits for the ruling of no dispute");
        return Err(Error::internal());
    };
    let versions = deliverable::count(tx, job.key).await?;
    let known = DefaultFacts::of(&dispute, job, versions);
    match default_ruling(known) {
        Some(ruling) => carry_out(tx, job, &dispute, &ruling, why(&known), None).await,
        None => lapse(tx, job, &dispute, versions, why(&known)).await,
    }
}

/// Ends a dispute on which nobody ruled in time; the job goes on where it was.
async fn lapse(tx: &mut Tx, job: &mut Job, dispute: &Dispute, versions: i64, reason: &str) -> Result<()> {
    store::close(tx, &dispute.id, Status::Lapsed, Some(reason)).await?;
    job::emit(tx, job, &Lapsed { dispute_id: &dispute.id, reason });
    go_on(tx, job, dispute, after_lapse(dispute, versions)).await
}

async fn carry_out(tx: &mut Tx, job: &mut Job, dispute: &Dispute, ruling: &Ruling, reason: &str, by: Option<&Actor>) -> Result<()> {
    let judge = if by.is_some() { super::Judge::Admin } else { super::Judge::Timer };
    store::rule(tx, &dispute.id, ruling, reason, by).await?;
    let resolved = Resolved { dispute_id: &dispute.id, ruling: ruling.word(), worker_share: ruling.worker_share(), reason, by: judge };
    job::emit(tx, job, &resolved);
    job::settle(tx, job, ruling, judge.as_str()).await
}
