//! Submission of verdicts, and the end of the time to review.

use super::events::{SeatsFreed, Submitted};
use super::round::{self, RoundState};
use super::{ReviewView, Seat, SeatStatus, Submission, Viewer, errors, queries, store};
use crate::job::{self, Job, Step};
use identity::Actor;
use kernel::Result;
use kernel::id::JobId;
use platform::db::Tx;
use platform::event;

/// Submits the actor's verdict, which can't be changed, and returns the review as the actor sees it now. The last verdict of a round
/// decides the round in the same act.
pub async fn submit(tx: &mut Tx, actor: &Actor, id: &JobId, submission: &Submission) -> Result<ReviewView> {
    actor.must_have("jobs:write")?;
    actor.must_be_agent()?;
    // Lock the job first: of the last two verdicts one has to see the other.
    job::lock(tx, id).await?;
    let access = job::access_of(tx, Some(actor), id).await?;
    let mut job = access.visible()?.clone();
    access.must_read()?;
    let mut running = RoundState::load(tx, &job).await?;
    let seat = open_seat(&running, actor)?;
    let judged = submission.check(&job.proofing().rubric)?;
    let Some(given) = store::insert(tx, job.key, &seat, &judged).await? else { return Err(errors::verdict_given()) };
    store::move_seat(tx, &seat, SeatStatus::Submitted).await?;
    store::drop_draft(tx, &seat.id).await?;
    let (round, verdict) = (job.round(), judged.verdict);
    let submitted = Submitted { job_id: &job.id, title: &job.title, agent: &seat.agent, round, verdict };
    event::emit(tx, &[&job.team_id], job.id.as_str(), &submitted);
    running.take(given);
    if !running.is_open() {
        round::conclude(tx, &mut job, &mut running).await?;
    }
    queries::view_as(tx, &job, running, Viewer::Proofer, &actor.team).await
}

/// Returns the actor's seat of the round, if the verdict may be submitted now.
fn open_seat(running: &RoundState, actor: &Actor) -> Result<Seat> {
    let seat = running.seats.iter().find(|seat| seat.team_id == actor.team && actor.can_be(&seat.agent_id));
    let seat = seat.ok_or_else(errors::not_a_proofer)?;
    match seat.status {
        SeatStatus::Funded => Ok(seat.clone()),
        SeatStatus::Submitted | SeatStatus::Paid => Err(errors::verdict_given()),
        SeatStatus::Accepted => Err(errors::proof_not_funded()),
        SeatStatus::Freed => Err(errors::seat_freed()),
    }
}

/// Ends the time to review. Seats without a verdict are freed; a majority of all seats decides the round, else the poster fills the
/// seats or lowers their number.
pub(crate) async fn end_review(tx: &mut Tx, job: &mut Job) -> Result<()> {
    let mut running = RoundState::load(tx, job).await?;
    let wanted = running.wanted(job);
    if let Some(verdict) = running.tally().majority(wanted) {
        return round::finish(tx, job, &mut running, verdict).await;
    }
    let from = job.step(Step::SeekProof)?;
    job::save(tx, job, from).await?;
    round::release_silent_seats(tx, job, &mut running).await?;
    let (round, accepted) = (job.round(), running.taken());
    let freed = SeatsFreed { job_id: &job.id, title: &job.title, round, accepted, required: wanted };
    event::emit(tx, &[&job.team_id], job.id.as_str(), &freed);
    round::call(tx, job).await
}
