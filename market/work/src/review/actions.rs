//! The poster's acts on a review: settings, choice of proofers, funding.

use super::events::{SeatReturned, SeatTaken, SettingsChanged};
use super::round::{self, RoundState};
use super::{Change, PROOFERS_MAX, Review, SeatStatus, errors, must_be_eligible, store};
use crate::application::events::{Accepted, Returned};
use crate::application::{self, Application, Kind};
use crate::job::{self, Job, Status, Step};
use identity::{Actor, suspension};
use kernel::id::{ApplicationId, JobId};
use kernel::text::Check;
use kernel::{Error, Result};
use platform::db::Tx;
use platform::event;

/// Changes a job's review settings: freely until it is funded; while proofers are being chosen only their number may fall.
pub async fn change_settings(tx: &mut Tx, actor: &Actor, id: &JobId, change: &Change) -> Result<Job> {
    let mut job = job::posted_by(tx, actor, id).await?;
    let from = job.status;
    match job.status {
        status if status.has_open_settings() => {
            let mut check = Check::new();
            let settings = job.proofing().changed(change, job.budget_max, &tx.rules, &mut check);
            check.done()?;
            job.review = Review::of(settings);
            job::save(tx, &mut job, from).await?;
            if job.review.is_none() {
                store::delete(tx, job.key).await?;
            }
        }
        Status::PendingProof => {
            let mut running = RoundState::load(tx, &job).await?;
            let review = job.review.as_mut().ok_or_else(Error::internal)?;
            review.settings = review.settings.reduced(change, running.taken())?;
            job::save(tx, &mut job, from).await?;
            if running.taken() == job.proofer_count() && !running.is_open() {
                round::conclude(tx, &mut job, &mut running).await?;
            }
        }
        status => return Err(errors::settings_locked(status)),
    }
    let changed = SettingsChanged { proof_required: job.review.is_some(), proofer_count: job.proofer_count(), proof_fee: job.proof_fee() };
    event::emit(tx, &[&job.team_id], job.id.as_str(), &changed);
    Ok(job)
}

/// The number of taken seats after an acceptance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slots {
    /// Taken.
    pub filled: i64,
    /// Wanted.
    pub total: i64,
}

/// Accepts an application to proof and gives it a seat. Nothing is paid yet.
pub async fn accept(tx: &mut Tx, actor: &Actor, id: &JobId, application: &ApplicationId) -> Result<(Job, Slots)> {
    accept_all(tx, actor, id, std::slice::from_ref(application)).await
}

/// Accepts applications to proof and gives each a seat, or none of them if one does not fit. Nothing is paid yet.
pub async fn accept_all(tx: &mut Tx, actor: &Actor, id: &JobId, applications: &[ApplicationId]) -> Result<(Job, Slots)> {
    actor.must_be_verified()?;
    let job = job::posted_by(tx, actor, id).await?;
    let mut chosen = Vec::new();
    for application in applications.iter().take(SEATS_MAX + 1) {
        let one = application::of_job(tx, &job.id, application).await?;
        must_be_proof(&one)?;
        one.must_be_available()?;
        chosen.push(one);
    }
    if job.status != Status::PendingProof {
        return Err(errors::not_choosing(job.status));
    }
    let running = RoundState::load(tx, &job).await?;
    let mut slots = Slots { filled: running.taken(), total: running.wanted(&job) };
    if chosen.is_empty() {
        return Err(errors::nobody_chosen());
    }
    if slots.filled >= slots.total {
        return Err(errors::slots_filled(&job.id, slots.filled, slots.total));
    }
    if slots.filled + chosen.len() as i64 > slots.total {
        return Err(errors::too_many_chosen(applications.len(), slots.total - slots.filled));
    }
    let tie_break = running.needs_tie_break(&job);
    for one in &chosen {
        slots.filled += 1;
        give_seat(tx, &job, one, tie_break, &slots).await?;
    }
    Ok((job, slots))
}

/// The most seats of a round: those that can be asked for, and the tie-break.
const SEATS_MAX: usize = PROOFERS_MAX as usize + 1;

/// Accepts one application, gives it the next seat of the round and emits both.
async fn give_seat(tx: &mut Tx, job: &Job, chosen: &Application, tie_break: bool, slots: &Slots) -> Result<()> {
    must_be_eligible(tx, job, &chosen.team_id).await?;
    // The job is locked but not changed: a new `updated_at` would tell other applicants that a proofer was chosen.
    application::accept(tx, chosen).await?;
    if !store::insert_seat(tx, job, chosen, tie_break).await? {
        return Err(errors::seat_given_up());
    }
    let accepted = Accepted { application_id: &chosen.id, application_type: Kind::Proof, job_id: &job.id, title: &job.title };
    event::emit(tx, &[&chosen.team_id], job.id.as_str(), &accepted);
    let taken = SeatTaken { agent: &chosen.agent, slots_filled: slots.filled, slots_total: slots.total };
    event::emit(tx, &[&job.team_id], job.id.as_str(), &taken);
    Ok(())
}

/// Takes back the acceptance of a proofer whose seat is not funded: the application is pending again.
pub async fn unaccept(tx: &mut Tx, actor: &Actor, id: &JobId, application: &ApplicationId) -> Result<(Job, Slots)> {
    let job = job::posted_by(tx, actor, id).await?;
    let chosen = application::of_job(tx, &job.id, application).await?;
    must_be_proof(&chosen)?;
    if job.status != Status::PendingProof {
        return Err(errors::not_choosing(job.status));
    }
    let running = RoundState::load(tx, &job).await?;
    let seat = running.seats.iter().find(|seat| seat.application_id == chosen.id && seat.status == SeatStatus::Accepted);
    let Some(seat) = seat else { return Err(errors::seat_not_free()) };
    if !store::remove_seat(tx, &seat.id).await? {
        return Err(errors::seat_not_free());
    }
    application::return_to_pending(tx, &chosen.id).await?;
    let returned = Returned { application_id: &chosen.id, application_type: Kind::Proof, job_id: &job.id, title: &job.title };
    event::emit(tx, &[&chosen.team_id], job.id.as_str(), &returned);
    let slots = Slots { filled: running.taken() - 1, total: running.wanted(&job) };
    let freed = SeatReturned { agent: &chosen.agent, slots_filled: slots.filled, slots_total: slots.total };
    event::emit(tx, &[&job.team_id], job.id.as_str(), &freed);
    Ok((job, slots))
}

fn must_be_proof(application: &Application) -> Result<()> {
    match application.kind {
        Kind::Proof => Ok(()),
        Kind::Work => Err(errors::other_kind(&application.job_id)),
    }
}

/// Holds the fees of all accepted proofers from the poster's wallet, which starts the review.
pub async fn fund(tx: &mut Tx, actor: &Actor, id: &JobId) -> Result<Job> {
    actor.must_have("wallet:write")?;
    actor.must_be_verified()?;
    let mut job = job::posted_by(tx, actor, id).await?;
    let from = job.step(Step::StartReview)?;
    let running = RoundState::load(tx, &job).await?;
    let (accepted, required) = (running.taken(), running.wanted(&job));
    if accepted != required {
        return Err(errors::proofers_missing(&job.id, accepted, required));
    }
    for seat in running.unfunded() {
        if suspension::is_of_team(tx, &seat.team_id).await? {
            return Err(application::errors::accepted_suspended(&seat.application_id));
        }
    }
    job::save(tx, &mut job, from).await?;
    round::start(tx, actor, &job).await?;
    Ok(job)
}
