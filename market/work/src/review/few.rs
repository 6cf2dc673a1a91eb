//! The warning that too few proofers have a seat, while there is time to find more.

use super::events::TooFew;
use super::round::RoundState;
use crate::job::{self, Job, Status};
use kernel::id::JobId;
use kernel::{Duration, Error, Result};
use platform::db::Tx;
use platform::event;
use platform::registry::Boxed;
use platform::timer::{self, Handler, Timer};

/// The kind of the timer.
const TOO_FEW: &str = "proof.too_few";

/// The timers of reviews.
pub const TIMERS: &[(&str, Handler)] = &[(TOO_FEW, half_over)];

/// Sets the timer of the warning: when half of the time for choosing proofers is over. Each has an id of its own and is never taken
/// back, so no act waits for its row; a job that has moved on by then is left alone.
pub(crate) async fn watch(tx: &mut Tx, job: &Job) -> Result<()> {
    let Some(due_at) = job.due_at else { return Ok(()) };
    let at = tx.now.after(Duration::ms(due_at.since(tx.now).as_ms() / 2));
    let id = format!("{TOO_FEW}:{}:{}", job.id, job.version);
    timer::set(tx, &Timer::new(id, TOO_FEW, job.id.as_str(), at)).await
}

fn half_over<'a>(tx: &'a mut Tx, timer: &'a Timer) -> Boxed<'a, Result<()>> {
    Box::pin(async move { warn(tx, &JobId::from(timer.subject.as_str())).await })
}

/// Warns the poster if seats are still free, or not funded.
async fn warn(tx: &mut Tx, id: &JobId) -> Result<()> {
    job::lock(tx, id).await?;
    let job = job::find(tx, id).await?.ok_or_else(|| Error::not_found("job"))?;
    if job.status != Status::PendingProof {
        return Ok(());
    }
    let running = RoundState::load(tx, &job).await?;
    let (accepted, required) = (running.taken(), running.wanted(&job));
    let warning = TooFew { job_id: &job.id, title: &job.title, round: job.round(), accepted, required, due_at: job.due_at };
    event::emit(tx, &[&job.team_id], job.id.as_str(), &warning);
    Ok(())
}
