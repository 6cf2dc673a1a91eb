//! Rulings, by an admin or by default.

use super::events::Resolved;
use super::{Case, Decision, DefaultFacts, Dispute, Status, default_ruling, errors, queries, store};
use crate::deliverable;
use crate::job::{self, Job, Ruling};
use crate::review::Verdict;
use identity::Actor;
use kernel::id::DisputeId;
use kernel::{Error, Result};
use platform::db::Tx;

/// Rules on an open dispute; the money moves at once and for good. Only an admin of neither side may.
pub async fn resolve(tx: &mut Tx, actor: &Actor, id: &DisputeId, decision: &Decision) -> Result<Case> {
    actor.must_be_admin()?;
    actor.must_have("system:write")?;
    let no_such = || Error::not_found("dispute");
    let job = store::find(tx, id).await?.ok_or_else(no_such)?.job_id;
    job::lock(tx, &job).await?;
    let mut job = job::find(tx, &job).await?.ok_or_else(no_such)?;
    let dispute = store::find(tx, id).await?.ok_or_else(no_such)?;
    if queries::is_a_side(tx, actor, &job).await? {
        return Err(errors::own_side());
    }
    let (ruling, reason) = decision.check(dispute.price)?;
    if dispute.status != Status::Open {
        return Err(errors::dispute_closed(dispute.status));
    }
    carry_out(tx, &mut job, &dispute, &ruling, &reason, Some(actor)).await?;
    queries::case_of(tx, actor, &job).await
}

/// Applies [`default_ruling`] when the time for a ruling is over. Only the job's timer calls this.
pub(crate) async fn rule_by_default(tx: &mut Tx, job: &mut Job) -> Result<()> {
    let Some(dispute) = store::open_one(tx, job.key).await? else {
        tracing::error!(job = %job.id, "a job waits for the ruling of no dispute");
        return Err(Error::internal());
    };
    let known = DefaultFacts {
        opener: dispute.side,
        answered: dispute.answer.is_some(),
        delivered: deliverable::count(tx, job.key).await? > 0,
        consensus: job.consensus(),
        price: dispute.price,
    };
    let ruling = default_ruling(known);
    carry_out(tx, job, &dispute, &ruling, why(&known), None).await
}

/// Returns the reason text of a default ruling.
fn why(known: &DefaultFacts) -> &'static str {
    match (known.consensus, known.delivered, known.answered) {
        (Some(Verdict::Approve), ..) => "Nobody ruled in time. The proofers approved the work.",
        (Some(Verdict::Reject), ..) => "Nobody ruled in time. The proofers rejected the work.",
        (_, false, _) => "Nobody ruled in time, and no work was handed in.",
        (.., false) => "Nobody ruled in time, and the other side did not answer.",
        (.., true) => "Nobody ruled in time, and no proofers decided: half for each.",
    }
}

async fn carry_out(tx: &mut Tx, job: &mut Job, dispute: &Dispute, ruling: &Ruling, reason: &str, by: Option<&Actor>) -> Result<()> {
    let judge = if by.is_some() { super::Judge::Admin } else { super::Judge::Timer };
    store::rule(tx, &dispute.id, ruling, reason, by).await?;
    let resolved = Resolved { dispute_id: &dispute.id, ruling: ruling.word(), worker_share: ruling.worker_share(), reason, by: judge };
    job::emit(tx, job, &resolved);
    job::settle(tx, job, ruling, judge.as_str()).await
}
