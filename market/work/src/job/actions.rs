//! Posting and cancelling jobs, and their timers. Each act: load, allow, decide, write, emit.

use super::events::{BudgetHeld, Cancelled, Completed, Expired, Lapsed, Posted, Refunded};
use super::{Approver, Draft, Escrow, Job, Outcome, Status, Step, announce, errors, store, topic};
use crate::{application, dispute, escrow, hallmark, review};
use identity::Actor;
use kernel::id::{ApplicationId, JobId, TeamId};
use kernel::text::Check;
use kernel::{Duration, Error, Money, Result, Time};
use platform::db::Tx;
use platform::event::{self, EventType};
use platform::rules::{UNFUNDED_JOBS_GROWTH, UNFUNDED_JOBS_STEP};
use platform::timer::{self, Timer};

/// Posts a job for workers to apply to. It needs a verified email address. Nothing is paid yet, unless its terms are that the budget is held
/// from the beginning.
pub async fn post(tx: &mut Tx, actor: &Actor, draft: &Draft) -> Result<Job> {
    actor.must_have("jobs:write")?;
    actor.must_be_verified()?;
    let now = tx.now;
    let mut job = draft.check(now, &tx.rules)?.posted_by(actor, now);
    match job.terms.holds_budget() {
        true => {
            actor.must_have("wallet:write")?;
            job.escrow = Escrow::Held;
        }
        false => may_post_more(tx, &actor.team).await?,
    }
    let timer = set_due(tx, &mut job, None);
    job.key = store::insert(tx, &job).await?;
    set_timer(tx, &job, timer).await?;
    if job.review.is_some() {
        review::save(tx, &job).await?;
    }
    store::write_skills(tx, &job).await?;
    let topics = [topic(job.category), event::PUBLIC.to_owned()];
    event::emit_to_topics(tx, &[&actor.team], topics, job.id.as_str(), &Posted { offered: (&job).into() });
    if job.escrow == Escrow::Held {
        escrow::hold_budget(tx, actor, &job).await?;
        emit(tx, &job, &BudgetHeld::of(&job));
    }
    Ok(job)
}

/// Fails if the team has as many unfunded jobs as it may have. A listing costs nothing, and everybody reads it; a team that pays for
/// its jobs may list more.
async fn may_post_more(tx: &mut Tx, team: &TeamId) -> Result<()> {
    identity::internal::hold_team(tx, team).await?;
    let base = tx.rules.unfunded_jobs_max;
    if !store::has_unfunded(tx, team, base).await? {
        return Ok(());
    }
    let paid = store::count_paid(tx, team).await?;
    let most = (base + paid * UNFUNDED_JOBS_STEP).min(base * UNFUNDED_JOBS_GROWTH);
    if store::has_unfunded(tx, team, most).await? { Err(errors::too_many_unfunded(most)) } else { Ok(()) }
}

/// Cancels a job before it is funded. Only its poster may.
pub async fn cancel(tx: &mut Tx, actor: &Actor, id: &JobId, why: Option<&str>) -> Result<Job> {
    let mut job = posted_by(tx, actor, id).await?;
    let mut check = Check::new();
    let why = why.map(|why| check.prose("reason", why, 0..=2_000)).filter(|why| !why.is_empty());
    check.done()?;
    let from = job.step(Step::Cancel)?;
    job.reason = why;
    close(tx, &mut job, from).await?;
    emit(tx, &job, &Cancelled { job: (&job).into(), reason: job.reason.as_deref() });
    Ok(job)
}

/// Carries out the default outcome of a waiting state. Only the timer calls this; it fails if the job has moved on.
pub(super) async fn on_timer(tx: &mut Tx, id: &JobId, outcome: Outcome) -> Result<()> {
    store::lock(tx, id).await?;
    let mut job = store::find(tx, id).await?.ok_or_else(|| Error::not_found("job"))?;
    match outcome {
        Outcome::Expire | Outcome::Abandon => {
            let from = job.step(Step::Expire)?;
            close(tx, &mut job, from).await?;
            emit(tx, &job, &Expired { job: (&job).into(), escrow: job.escrow });
            Ok(())
        }
        Outcome::Refund => refund(tx, &mut job).await,
        Outcome::Rule => dispute::rule_by_default(tx, &mut job).await,
        Outcome::Lapse => lapse(tx, &mut job).await,
        Outcome::Waive => match review::skip_review(tx, &mut job).await? {
            true => Ok(()),
            false => review::fall_back(tx, &mut job).await,
        },
        Outcome::EndReview => review::end_review(tx, &mut job).await,
        Outcome::AutoApprove => super::judge::approved(tx, &mut job, Approver::Timer).await,
        Outcome::Release => {
            let from = job.step(Step::Complete)?;
            complete(tx, &mut job, from).await
        }
    }
}

/// Undoes an acceptance that was not funded: the job is open again, and the application pending.
pub(crate) async fn lapse(tx: &mut Tx, job: &mut Job) -> Result<()> {
    let from = job.step(Step::Lapse)?;
    let (worker, chosen) = unassign(job);
    save(tx, job, from).await?;
    application::reopen(tx, job).await?;
    let to: Vec<_> = std::iter::once(&job.team_id).chain(&worker).collect();
    let (worker_team_id, application_id) = (worker.as_ref(), chosen.as_ref());
    let lapsed = Lapsed { offered: (&*job).into(), status: job.status, worker_team_id, application_id };
    announce(tx, &to, job, &lapsed);
    Ok(())
}

/// Takes the chosen worker off a job that is open again, and returns the worker's team and application.
pub(super) fn unassign(job: &mut Job) -> (Option<TeamId>, Option<ApplicationId>) {
    (job.agent_id, job.price) = (None, None);
    (job.worker_team_id.take(), job.application_id.take())
}

/// Refunds the poster, because the rejection stands.
pub(crate) async fn refund(tx: &mut Tx, job: &mut Job) -> Result<()> {
    let from = job.step(Step::Refund)?;
    close(tx, job, from).await?;
    emit(tx, job, &Refunded { job: (&*job).into(), price: job.price });
    Ok(())
}

/// The worker is paid: saves the step that ends the job.
pub(super) async fn complete(tx: &mut Tx, job: &mut Job, from: Status) -> Result<()> {
    close(tx, job, from).await?;
    emit_completed(tx, job, job.price, None);
    Ok(())
}

/// Loads and locks a job of the actor's own team; another team's is not found.
pub(crate) async fn posted_by(tx: &mut Tx, actor: &Actor, id: &JobId) -> Result<Job> {
    actor.must_have("jobs:write")?;
    store::lock(tx, id).await?;
    let job = store::find(tx, id).await?.filter(|job| job.team_id == actor.team);
    job.ok_or_else(|| Error::not_found("job"))
}

/// Saves a job that stays open, and its review, with the timer of its new state. Saving without a status change keeps the timer, so editing a job
/// cannot postpone its deadline.
pub(crate) async fn save(tx: &mut Tx, job: &mut Job, from: Status) -> Result<()> {
    save_with(tx, job, from, None).await
}

/// Like `save`, for a job that returns from a dispute to the status it had: it has as much time as was left then, so that nobody
/// moves a deadline by opening and taking back disputes.
pub(crate) async fn save_with(tx: &mut Tx, job: &mut Job, from: Status, left: Option<Duration>) -> Result<()> {
    job.updated_at = tx.now;
    if from != job.status {
        arm(tx, job, left).await?;
        if job.status == Status::PendingProof {
            review::watch(tx, job).await?;
        }
    }
    store::update(tx, job, from).await?;
    // After the job, whose version guards both.
    if job.review.is_some() {
        review::save(tx, job).await?;
    }
    Ok(())
}

/// Saves a job that ends, and settles its money: a completed job pays its worker, any other refunds its poster.
pub(super) async fn close(tx: &mut Tx, job: &mut Job, from: Status) -> Result<()> {
    let held = job.escrow == Escrow::Held;
    job.escrow = match (held, job.status) {
        (false, _) => job.escrow,
        (true, Status::Completed) => Escrow::Released,
        (true, _) => Escrow::Refunded,
    };
    job.closed_at = Some(tx.now);
    // Locks have one order everywhere (timer, job, its applications, the ledger's head), so that there is no deadlock.
    save(tx, job, from).await?;
    application::decline_all(tx, job).await?;
    match (held, job.status) {
        (false, _) => Ok(()),
        (true, Status::Completed) => {
            escrow::release(tx, job).await?;
            hallmark::issue(tx, job).await
        }
        (true, _) => escrow::refund(tx, job).await,
    }
}

/// Tells that the worker was paid this price; everybody, unless the job is confidential. `agreed` is the agreed price if a ruling gave a
/// part of it.
pub(super) fn emit_completed(tx: &mut Tx, job: &Job, price: Option<Money>, agreed: Option<Money>) {
    let to: Vec<_> = std::iter::once(&job.team_id).chain(&job.worker_team_id).collect();
    let topic = (!job.confidential).then(|| event::PUBLIC.to_owned());
    event::emit_to_topics(tx, &to, topic, job.id.as_str(), &Completed { job: job.into(), escrow: job.escrow, price, agreed });
}

/// Emits an event of a job to its poster and its worker.
pub(crate) fn emit<E: EventType>(tx: &mut Tx, job: &Job, event: &E) {
    let to: Vec<_> = std::iter::once(&job.team_id).chain(&job.worker_team_id).collect();
    event::emit(tx, &to, job.id.as_str(), event);
}

/// Sets the timer of the job's current state, or removes the last one. `left` is the time until then, if the state had a timer before.
pub(super) async fn arm(tx: &mut Tx, job: &mut Job, left: Option<Duration>) -> Result<()> {
    let timer = set_due(tx, job, left);
    set_timer(tx, job, timer).await
}

/// Sets the time of a job's default outcome, and returns both.
fn set_due(tx: &Tx, job: &mut Job, left: Option<Duration>) -> Option<(Outcome, Time)> {
    let timer = job.default_outcome(tx.now, &tx.rules).map(|(outcome, at)| (outcome, left.map_or(at, |left| tx.now.after(left))));
    job.due_at = timer.map(|(_, at)| at);
    timer
}

async fn set_timer(tx: &mut Tx, job: &Job, timer: Option<(Outcome, Time)>) -> Result<()> {
    // In the order of the jobs' keys, so that the timers of new jobs lie side by side.
    let id = format!("job:{:012}", job.key.0);
    match timer {
        Some((outcome, at)) => timer::set(tx, &Timer::new(id, outcome.as_str(), job.id.as_str(), at)).await,
        None => timer::clear(tx, &id).await,
    }
}

impl Job {
    /// Takes a step and returns the status it left, which guards the write.
    pub(crate) fn step(&mut self, step: Step) -> Result<Status> {
        let from = self.status;
        self.status = from.after(step)?;
        Ok(from)
    }
}
