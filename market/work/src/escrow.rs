//! The money of a job: held once, then released or refunded once. Only this module posts entries for jobs.
//!
//! Whatever an actor takes from the wallet is counted against the mandate of the agent in whose name they act.

use crate::job::Job;
use identity::Actor;
use identity::mandate::{Act, Counterparty};
use kernel::id::TeamId;
use kernel::{Error, Money, Result};
use platform::db::Tx;
use platform::ledger::{self, Account, Entry, Purpose, Reason};

mod audit;
mod mandated;
pub use audit::CHECKS;
pub(crate) use mandated::{may_review_again, must_be_allowed};

/// A job's escrow account.
pub(crate) fn account(job: &Job) -> Account {
    Account::of(Purpose::Escrow, "escrow", job.id.as_str(), &job.team_id)
}

/// The account that holds the fees of a job's review.
fn review_account(job: &Job) -> Account {
    Account::of(Purpose::Review, "proof", job.id.as_str(), &job.team_id)
}

fn wallet(job: &Job) -> Account {
    Account::wallet(&job.team_id)
}

/// Takes the price and the fee from the poster's wallet.
pub(crate) async fn hold(tx: &mut Tx, by: &Actor, job: &Job) -> Result<()> {
    let cost = job.cost().total();
    mandated::spend(tx, by, Act::Fund, job, cost).await?;
    ledger::post(tx, &entry::hold(job, cost)).await
}

/// Takes the highest budget and its fee from the poster's wallet, when the job is posted.
pub(crate) async fn hold_budget(tx: &mut Tx, by: &Actor, job: &Job) -> Result<()> {
    let cost = job.cost_at(job.budget_max).total();
    mandated::post(tx, by, job, cost).await?;
    ledger::post(tx, &entry::hold(job, cost)).await
}

/// Makes what is held equal to another cost: the difference comes from the poster's wallet, or goes back there.
pub(crate) async fn adjust(tx: &mut Tx, by: &Actor, act: Act, job: &Job, cost: Money) -> Result<()> {
    let held = ledger::balance(tx, &account(job)).await?;
    mandated::spend(tx, by, act, job, Money(cost.0 - held.0)).await?;
    post_some(tx, entry::adjust(job, held, cost)).await
}

/// Pays the worker the price and the operator the fee.
pub(crate) async fn release(tx: &mut Tx, job: &Job) -> Result<()> {
    let (Some(price), Some(worker)) = (job.price, job.worker_team_id.as_ref()) else {
        tracing::error!(job = %job.id, "a job without worker or price reached its release");
        return Err(Error::internal());
    };
    ledger::post(tx, &entry::release(job, worker, price)).await
}

/// Pays the worker a part, the operator the fee on that part, and gives the poster the rest back.
pub(crate) async fn split(tx: &mut Tx, job: &Job, share: Money) -> Result<()> {
    let Some(worker) = &job.worker_team_id else { return Err(Error::internal()) };
    let held = ledger::balance(tx, &account(job)).await?;
    ledger::post(tx, &entry::split(job, worker, share, held)).await
}

/// Refunds everything that is held to the poster.
pub(crate) async fn refund(tx: &mut Tx, job: &Job) -> Result<()> {
    let held = ledger::balance(tx, &account(job)).await?;
    ledger::post(tx, &entry::refund(job, held)).await
}

/// Takes the reviewers' fees of a round, or of the seats that were filled again, from the poster's wallet. A round that starts by itself is
/// by nobody: it counts as one of the agent that funded proofers before.
pub(crate) async fn hold_proof(tx: &mut Tx, by: Option<&Actor>, job: &Job, reviewers: &[Counterparty<'_>], fees: Money) -> Result<()> {
    match by {
        Some(by) => mandated::review(tx, by, job, reviewers, fees).await?,
        None => mandated::review_again(tx, job, reviewers, fees).await?,
    }
    post_some(tx, entry::hold_review(job, fees)).await
}

/// Pays reviewers.
pub(crate) async fn pay_proofs(tx: &mut Tx, job: &Job, reviewers: &[(&TeamId, Money)]) -> Result<()> {
    post_some(tx, entry::pay_reviewers(job, reviewers)).await
}

/// Refunds the fees of freed seats to the poster.
pub(crate) async fn refund_proof(tx: &mut Tx, job: &Job, fees: Money) -> Result<()> {
    post_some(tx, entry::refund_review(job, fees)).await
}

/// Pays the operator for a featured job. The entry's id contains the job's version, so each purchase is paid once.
pub(crate) async fn feature(tx: &mut Tx, by: &Actor, job: &Job, price: Money) -> Result<()> {
    mandated::spend(tx, by, Act::Feature, job, price).await?;
    post_some(tx, entry::feature(job, price)).await
}

/// Posts an entry, unless it moves nothing.
async fn post_some(tx: &mut Tx, entry: Entry) -> Result<()> {
    if entry.legs.is_empty() { Ok(()) } else { ledger::post(tx, &entry).await }
}

/// The entries of a job's money: pure, so that a property test covers each.
mod entry {
    use super::*;

    /// The poster's money into the job's escrow.
    pub(super) fn hold(job: &Job, cost: Money) -> Entry {
        Entry::new(Reason::Hold, job.id.as_str()).debit(wallet(job), cost).credit(account(job), cost)
    }

    /// The difference between what is held and another cost. The entry's id contains the job's version, so each change is paid once.
    pub(super) fn adjust(job: &Job, held: Money, cost: Money) -> Entry {
        let more = Money(cost.0 - held.0);
        Entry::nth(Reason::Adjust, job.id.as_str(), &job.version.to_string()).debit(wallet(job), more).credit(account(job), more)
    }

    /// The job's escrow to its worker, and the fee to the operator.
    pub(super) fn release(job: &Job, worker: &TeamId, price: Money) -> Entry {
        let fee = job.cost_at(price).fee;
        Entry::new(Reason::Release, job.id.as_str())
            .debit(account(job), Money(price.0 + fee.0))
            .credit(Account::wallet(worker), price)
            .credit(Account::fees(), fee)
    }

    /// The job's escrow back to its poster, the fee included.
    pub(super) fn refund(job: &Job, held: Money) -> Entry {
        Entry::new(Reason::Refund, job.id.as_str()).debit(account(job), held).credit(wallet(job), held)
    }

    /// The job's escrow in parts: a share and the fee on it, the rest back to the poster.
    pub(super) fn split(job: &Job, worker: &TeamId, share: Money, held: Money) -> Entry {
        let fee = job.cost_at(share).fee;
        Entry::new(Reason::Split, job.id.as_str())
            .debit(account(job), held)
            .credit(Account::wallet(worker), share)
            .credit(Account::fees(), fee)
            .credit(wallet(job), Money(held.0 - share.0 - fee.0))
    }

    /// The poster's money for reviewers.
    pub(super) fn hold_review(job: &Job, fees: Money) -> Entry {
        Entry::nth(Reason::HoldProof, job.id.as_str(), &moment(job)).debit(wallet(job), fees).credit(review_account(job), fees)
    }

    /// The fees that reviewers earned; each team stands once.
    pub(super) fn pay_reviewers(job: &Job, reviewers: &[(&TeamId, Money)]) -> Entry {
        let fees = Money(reviewers.iter().map(|(_, fee)| fee.0).sum());
        let entry = Entry::nth(Reason::PayProof, job.id.as_str(), &moment(job)).debit(review_account(job), fees);
        reviewers.iter().fold(entry, |entry, (team, fee)| entry.credit(Account::wallet(team), *fee))
    }

    /// The fees that no reviewer earned.
    pub(super) fn refund_review(job: &Job, fees: Money) -> Entry {
        Entry::nth(Reason::RefundProof, job.id.as_str(), &moment(job)).debit(review_account(job), fees).credit(wallet(job), fees)
    }

    /// The poster's money to the operator, for days at the top of the open jobs.
    pub(super) fn feature(job: &Job, price: Money) -> Entry {
        Entry::nth(Reason::Feature, job.id.as_str(), &job.version.to_string()).debit(wallet(job), price).credit(Account::fees(), price)
    }

    /// Returns the round and version for an entry's id: each change of a job settles seats at most once.
    fn moment(job: &Job) -> String {
        format!("{}.{}", job.round(), job.version)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A job as it is stored, with the facts that its money depends on.
    fn job(fee_bps: i64, version: i64) -> Job {
        let at = "2026-01-02T03:04:05.678Z";
        serde_json::from_value(serde_json::json!({
            "key": 1, "id": "j", "team_id": "p", "member_id": "m", "title": "t", "summary": "", "description": "d", "confidential": true, "category": "coding", "status": "in_progress",
            "budget_min": 1, "budget_max": 2, "release_delay": 0, "fee_bps": fee_bps, "escrow": "held", "revisions": 0, "created_at": at,
            "updated_at": at, "version": version,
        }))
        .expect("a job")
    }

    proptest! {
        #[test]
        fn every_entry_is_sound(price in 1..1_000_000_000_i64, bps in 0..10_000_i64, version in 0..100_i64) {
            let (job, worker) = (job(bps, version), TeamId::from("w"));
            let held = job.cost_at(Money(price)).total();
            for made in [
                entry::hold(&job, held),
                entry::release(&job, &worker, Money(price)),
                entry::refund(&job, held),
                entry::hold_review(&job, held),
                entry::pay_reviewers(&job, &[(&worker, Money(price)), (&job.team_id, held)]),
                entry::refund_review(&job, held),
                entry::feature(&job, Money(price)),
                entry::adjust(&job, held, Money(price)),
                entry::adjust(&job, Money(price), held),
            ] {
                // Nothing is posted where nothing moves.
                prop_assert!(made.is_sound() || made.legs.is_empty(), "{made:?}");
            }
            let share = Money(price / 2 + 1);
            prop_assert!(entry::split(&job, &worker, share, held).is_sound() || job.cost_at(share).total() > held);
        }
    }
}
