//! Submission of verdicts, and the end of the time to review.

use super::events::{SeatsFreed, Submitted};
use super::round::{self, RoundState};
use super::{ReviewView, SeatStatus, Submission, VerdictView, actions, errors, queries, store};
use crate::job::{self, Job, Step};
use crate::nda;
use identity::Actor;
use kernel::id::JobId;
use kernel::{Error, Result};
use platform::db::Tx;
use platform::event;

/// Submits the actor's verdict, which can't be changed. The last one of a round decides the round in the same act.
pub async fn submit(tx: &mut Tx, actor: &Actor, id: &JobId, submission: &Submission) -> Result<(VerdictView, ReviewView)> {
    actor.must_have("jobs:write")?;
    actor.must_be_agent()?;
    // Lock the job first: of the last two verdicts one has to see the other.
    job::lock(tx, id).await?;
    let mut job = job::visible(tx, actor, id).await?;
    nda::must_be_agreed(tx, actor, &job).await?;
    let seat = actions::open_seat(tx, actor, &job).await?;
    let judged = submission.check(&job.proofing().rubric)?;
    let Some(proof) = store::insert(tx, &seat, &judged).await? else { return Err(errors::verdict_given()) };
    store::move_seat(tx, &seat, SeatStatus::Submitted).await?;
    store::drop_draft(tx, &seat.id).await?;
    let (round, verdict) = (job.round(), judged.verdict);
    let submitted = Submitted { job_id: &job.id, title: &job.title, agent: &seat.agent, round, verdict };
    event::emit(tx, &[&job.team_id], job.id.as_str(), &submitted);
    let running = RoundState::load(tx, &job).await?;
    if !running.is_open() {
        round::conclude(tx, &mut job, &running).await?;
    }
    let seen = queries::review_view(tx, actor, &job).await?;
    let own = seen.verdicts.iter().find(|seen| seen.id == proof).cloned().ok_or_else(Error::internal)?;
    Ok((own, seen))
}

/// Ends the time to review. Seats without a verdict are freed; a majority of all seats decides the round, else the poster fills the
/// seats or lowers their number.
pub(crate) async fn end_review(tx: &mut Tx, job: &mut Job) -> Result<()> {
    let mut running = RoundState::load(tx, job).await?;
    let wanted = running.wanted(job);
    if let Some(verdict) = running.tally().majority(wanted) {
        return round::finish(tx, job, &running, verdict).await;
    }
    let from = job.step(Step::SeekProof)?;
    job::save(tx, job, from).await?;
    round::release_silent_seats(tx, job, &mut running).await?;
    let (round, accepted) = (job.round(), running.taken());
    let freed = SeatsFreed { job_id: &job.id, title: &job.title, round, accepted, required: wanted };
    event::emit(tx, &[&job.team_id], job.id.as_str(), &freed);
    round::call(tx, job).await
}
