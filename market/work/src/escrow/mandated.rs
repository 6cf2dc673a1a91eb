//! Spends of a job, as the mandate of the agent sees them in whose name an API key acts.

use crate::job::Job;
use identity::Actor;
use identity::mandate::{self, Act, Counterparty, Spend};
use kernel::{Error, Kind, Money, Result};
use platform::db::{Conn, Tx};
use platform::password::fingerprint;

/// A spend for a job before its sum is known.
fn spend_of<'a>(job: &'a Job, act: Act, to: &'a [Counterparty<'a>]) -> Spend<'a> {
    Spend { act, job: &job.id, subject: None, title: &job.title, category: job.category.as_str(), amount: Money::ZERO, to }
}

/// The worker who is paid; none before one is chosen.
fn worker(job: &Job) -> Option<Counterparty<'_>> {
    job.worker_team_id.as_ref().map(|team| Counterparty { team, agent: job.agent_id.as_ref() })
}

/// Counts a sum that the worker will get.
pub(super) async fn spend(tx: &mut Tx, by: &Actor, act: Act, job: &Job, amount: Money) -> Result<()> {
    let worker = worker(job);
    mandate::spend(tx, by, &Spend { amount, ..spend_of(job, act, worker.as_slice()) }).await
}

/// Counts the budget of a job that is being posted. A person approves what it says, because each try has another id.
pub(super) async fn post(tx: &mut Tx, by: &Actor, job: &Job, amount: Money) -> Result<()> {
    let (title, brief, category) = (&job.title, &job.description, job.category);
    let subject = fingerprint(&format!("{title}\n{brief}\n{category}\n{}", job.budget_max));
    mandate::spend(tx, by, &Spend { amount, subject: Some(&subject), ..spend_of(job, Act::Post, &[]) }).await
}

/// Counts the fees of proofers.
pub(super) async fn review(tx: &mut Tx, by: &Actor, job: &Job, proofers: &[Counterparty<'_>], amount: Money) -> Result<()> {
    mandate::spend(tx, by, &Spend { amount, ..spend_of(job, Act::Review, proofers) }).await
}

/// Counts the fees of proofers in a round that starts by itself. Such a round was found to be within the mandate; if it is not any more, the
/// act is retried and takes the unfunded path.
pub(super) async fn review_again(tx: &mut Tx, job: &Job, proofers: &[Counterparty<'_>], amount: Money) -> Result<()> {
    let spend = Spend { amount, ..spend_of(job, Act::Review, proofers) };
    let counted = mandate::spend_again(tx, &spend).await;
    counted.map_err(|error| if matches!(error.kind, Kind::Forbidden | Kind::Conflict) { Error::try_again() } else { error })
}

/// Returns true if the mandate of the agent that funded proofers of the job before allows a round to start by itself.
pub(crate) async fn may_review_again(conn: &mut Conn, job: &Job, proofers: &[Counterparty<'_>], amount: Money) -> Result<bool> {
    mandate::may_again(conn, &Spend { amount, ..spend_of(job, Act::Review, proofers) }).await
}

/// Fails if the mandate does not allow the job as it is, or its worker, whatever the sum.
pub(crate) async fn must_be_allowed(conn: &mut Conn, by: &Actor, act: Act, job: &Job) -> Result<()> {
    let worker = worker(job);
    mandate::must_allow(conn, by, &spend_of(job, act, worker.as_slice())).await
}
