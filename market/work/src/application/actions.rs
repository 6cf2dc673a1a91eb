//! The acts and reads of applications.

use super::events::{Declined, Received};
use super::{Application, Declining, Kind, NewApplication, Reason, Status, amending, errors, store};
use crate::job::{self, Access, Job};
use crate::review;
use identity::{Actor, actor, suspension};
use kernel::id::{ApplicationId, JobId, TeamId};
use kernel::page::Part;
use kernel::{Error, Page, Paging, Result};
use platform::db::{Conn, Tx};
use platform::event;

/// Applies to do an open job, or to proof one that looks for proofers. It needs a verified email address, an agent and the job's
/// NDA. A proofer's price is the job's fee, and a proofer must be unrelated to both sides.
///
/// A team has one application of each kind for a job: applying again changes it while it is pending, and renews it after it was
/// withdrawn.
pub async fn apply(tx: &mut Tx, actor: &Actor, id: &JobId, offer: &NewApplication) -> Result<Application> {
    apply_for(tx, actor, id, offer, false).await
}

/// Like [`apply`], for an applicant who has not said that the price may be above the budget.
///
/// # Errors
/// `invalid_request` with the difference, if it is.
pub async fn apply_within_budget(tx: &mut Tx, actor: &Actor, id: &JobId, offer: &NewApplication) -> Result<Application> {
    apply_for(tx, actor, id, offer, true).await
}

async fn apply_for(tx: &mut Tx, actor: &Actor, id: &JobId, offer: &NewApplication, within_budget: bool) -> Result<Application> {
    actor.must_have("jobs:write")?;
    let access = job::access_of(tx, Some(actor), id).await?;
    let job = access.visible()?;
    actor.must_be_verified()?;
    let agent = &actor::binding_agent(tx, actor).await?;
    must_be_of_others(tx, actor, job).await?;
    // The review of a hidden job goes on: it belongs to work that is under way.
    let kind = match job.status {
        job::Status::PendingProof => Kind::Proof,
        _ => job.must_be_shown().map(|()| Kind::Work)?,
    };
    access.must_read()?;
    let (cover_letter, price) = match kind {
        Kind::Work => {
            // A job whose funding lapsed is open once more, for those who applied in time.
            if job.applications_until.is_some_and(|until| until <= tx.now) {
                return Err(errors::applications_over());
            }
            review::must_be_strangers(tx, job, &actor.team).await?;
            match offer.check(job.budget_max)? {
                (_, price) if within_budget && price > job.budget_max => return Err(errors::above_budget(price, job.budget_max)),
                checked => checked,
            }
        }
        Kind::Proof => {
            review::must_be_eligible(tx, job, &actor.team).await?;
            (offer.check(job.budget_max)?.0, job.proof_fee())
        }
    };
    if !hold(tx, &job.id, kind).await? {
        return Err(errors::job_not_open(job::visible(tx, actor, id).await?.status));
    }
    let application = Application {
        id: ApplicationId::new(),
        job_id: job.id.clone(),
        agent_id: agent.clone(),
        team_id: actor.team.clone(),
        kind,
        cover_letter,
        price,
        status: Status::Pending,
        reason: None,
        message: None,
        created_at: tx.now,
        changed_at: None,
        agent: String::new(),
        job_title: String::new(),
        finished: 0,
        is_available: true,
    };
    if !store::insert(tx, job.key, &application).await? {
        return amending::renew(tx, job, application).await;
    }
    let received = Received { application_id: &application.id, application_type: kind, agent_id: agent, price };
    event::emit(tx, &[&job.team_id], job.id.as_str(), &received);
    of_job(tx, &job.id, &application.id).await
}

/// Locks a job that takes such applications; false if it takes none by now.
async fn hold(tx: &mut Tx, id: &JobId, kind: Kind) -> Result<bool> {
    match kind {
        Kind::Proof => job::hold(tx, id, job::Status::PendingProof).await,
        Kind::Work => job::hold_listed(tx, id).await,
    }
}

/// Fails if the job is the actor's own, or nobody acts for its poster.
pub(crate) async fn must_be_of_others(tx: &mut Tx, actor: &Actor, job: &job::Job) -> Result<()> {
    if job.team_id == actor.team {
        return Err(errors::own_job());
    }
    match suspension::is_of_team(tx, &job.team_id).await? {
        true => Err(errors::poster_suspended()),
        false => Ok(()),
    }
}

/// Lists the applications for a job, for its poster alone: the accepted one first, then the oldest.
pub async fn list(conn: &mut Conn, access: &Access<'_>, part: impl Into<Part>) -> Result<Page<Application>> {
    access.reader()?;
    store::of_job(conn, access.posted()?.key, &part.into()).await
}

/// Lists the applications of one kind for a job, for its poster alone.
pub async fn list_of(conn: &mut Conn, access: &Access<'_>, kind: Kind, paging: Paging) -> Result<Page<Application>> {
    access.reader()?;
    store::of_kind(conn, access.posted()?.key, kind, paging).await
}

/// Lists the actor's own applications for a job: at most one of each kind.
pub async fn own(conn: &mut Conn, access: &Access<'_>) -> Result<Vec<Application>> {
    let actor = access.reader()?;
    store::of_both(conn, access.visible()?.key, &actor.team).await
}

/// Lists the actor's own applications, newest first.
pub async fn mine(conn: &mut Conn, actor: &Actor, paging: Paging) -> Result<Page<Application>> {
    actor.must_have("jobs:read")?;
    store::of_team(conn, &actor.team, paging).await
}

/// Returns an application, for its applicant's team and for the job's poster.
pub async fn show(conn: &mut Conn, actor: &Actor, id: &ApplicationId) -> Result<Application> {
    actor.must_have("jobs:read")?;
    const NOUN: &str = "application";
    let found = store::find(conn, id).await?.ok_or_else(|| Error::not_found(NOUN))?;
    if found.team_id != actor.team {
        let access = job::access_of(conn, Some(actor), &found.job_id).await.map_err(|error| error.not_found_as(NOUN))?;
        access.posted().map_err(|error| error.not_found_as(NOUN))?;
    }
    Ok(found)
}

/// Returns an application for this job.
pub(crate) async fn of_job(conn: &mut Conn, job: &JobId, id: &ApplicationId) -> Result<Application> {
    let found = store::find(conn, id).await?.filter(|application| application.job_id == *job);
    found.ok_or_else(|| Error::not_found("application"))
}

/// Declines a pending application of either kind. Only the job's poster may; the applicant is told the reason. An accepted applicant who
/// was suspended before the funding is declined as well: a job is open again, a seat is free again.
pub async fn decline(tx: &mut Tx, actor: &Actor, id: &JobId, application: &ApplicationId, no: &Declining) -> Result<Application> {
    let mut job = job::posted_by(tx, actor, id).await?;
    let declined = of_job(tx, &job.id, application).await?;
    if declined.status == Status::Accepted && !declined.is_available {
        match (declined.kind, job.status) {
            (Kind::Work, job::Status::PendingEscrow) => job::lapse(tx, &mut job).await?,
            (Kind::Proof, job::Status::PendingProof) => review::vacate(tx, &job, &declined).await?,
            _ => {}
        }
    }
    if !store::decline(tx, &declined.id, Status::Pending, no.reason, &no.message).await? {
        return Err(errors::application_not_pending(declined.status));
    }
    emit_declined(tx, &job, &declined.id, &declined.team_id, declined.kind, no);
    of_job(tx, &job.id, application).await
}

/// Declines all pending applications, and notifies each of their teams.
pub(crate) async fn decline_all(tx: &mut Tx, job: &Job) -> Result<()> {
    let reason = if job.status.is_closed() { Reason::JobClosed } else { Reason::OtherChosen };
    let no = Declining { reason, message: String::new() };
    for declined in store::decline_all(tx, job.key, reason).await? {
        emit_declined(tx, job, &declined.id, &declined.team_id, declined.kind, &no);
    }
    Ok(())
}

fn emit_declined(tx: &mut Tx, job: &Job, id: &ApplicationId, team: &TeamId, kind: Kind, no: &Declining) {
    let declined = Declined {
        application_id: id,
        application_type: kind,
        job_id: &job.id,
        title: &job.title,
        reason: no.reason,
        message: Some(no.message.as_str()).filter(|message| !message.is_empty()),
    };
    event::emit(tx, &[team], id.as_str(), &declined);
}

/// Returns an accepted proofer's application to pending, because the proofer was not needed.
pub(crate) async fn return_to_pending(tx: &mut Tx, id: &ApplicationId) -> Result<()> {
    store::move_to(tx, id, Status::Accepted, Status::Pending).await.map(drop)
}

/// Declines the application of a proofer who gave no verdict in time.
pub(crate) async fn forfeit(tx: &mut Tx, id: &ApplicationId) -> Result<()> {
    store::decline(tx, id, Status::Accepted, Reason::NoShow, "").await.map(drop)
}

/// Accepts a pending application.
pub(crate) async fn accept(tx: &mut Tx, application: &Application) -> Result<()> {
    if store::move_to(tx, &application.id, Status::Pending, Status::Accepted).await? {
        return Ok(());
    }
    Err(errors::application_not_pending(application.status))
}
