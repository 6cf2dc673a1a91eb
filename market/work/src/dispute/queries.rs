//! The reads of disputes.

use super::{Case, CaseFile, DefaultFacts, Dispute, EVIDENCE_MAX, Status, after_withdrawal, default_ruling, store};
use crate::job::{self, Access, Job};
use crate::party::Party;
use crate::{application, deliverable};
use identity::actor::Role;
use identity::{Actor, internal};
use kernel::id::{DisputeId, FileId, JobId};
use kernel::page::Part;
use kernel::{Error, Page, Result};
use platform::db::Conn;

/// Returns a job's last dispute with its evidence, for its two sides and for admins.
pub async fn show(conn: &mut Conn, access: &Access<'_>) -> Result<Case> {
    let actor = access.reader()?;
    let job = match (access.administered(), access.role()) {
        (Some(job), _) => job,
        (None, job::Role::Poster | job::Role::Worker) => access.visible()?,
        (None, job::Role::Proofer | job::Role::Applicant | job::Role::Visitor) => return Err(Error::not_found("job")),
    };
    case(conn, actor, access.ruled().is_some(), job).await
}

/// Returns a dispute with its evidence, for its two sides and for admins.
pub async fn show_one(conn: &mut Conn, actor: &Actor, id: &DisputeId) -> Result<Case> {
    let job = find_job(conn, actor, id).await?;
    let access = job::access_of(conn, Some(actor), &job).await.map_err(|error| error.not_found_as("dispute"))?;
    let found = access.administered().map_or_else(|| access.visible(), Ok)?;
    let dispute = store::find(conn, id).await?.ok_or_else(|| Error::not_found("dispute"))?;
    case_about(conn, actor, access.ruled().is_some(), found, dispute).await
}

/// Returns the job of a dispute, for its two sides and for admins.
pub async fn find_job(conn: &mut Conn, actor: &Actor, id: &DisputeId) -> Result<JobId> {
    actor.must_have("jobs:read")?;
    let dispute = store::find(conn, id).await?.ok_or_else(|| Error::not_found("dispute"))?;
    let access = job::access_of(conn, Some(actor), &dispute.job_id).await.map_err(|error| error.not_found_as("dispute"))?;
    match (access.administered(), access.role()) {
        (Some(_), _) | (None, job::Role::Poster | job::Role::Worker) => Ok(dispute.job_id),
        _ => Err(Error::not_found("dispute")),
    }
}

/// Returns the job's last dispute as a side sees it who acts on it.
pub(super) async fn case_of(conn: &mut Conn, actor: &Actor, job: &Job) -> Result<Case> {
    case(conn, actor, false, job).await
}

/// Returns the job's last dispute as its viewer sees it, without a permission check.
async fn case(conn: &mut Conn, actor: &Actor, may_rule: bool, job: &Job) -> Result<Case> {
    let dispute = store::last(conn, job.key).await?.ok_or_else(|| Error::not_found("dispute"))?;
    case_about(conn, actor, may_rule, job, dispute).await
}

async fn case_about(conn: &mut Conn, actor: &Actor, may_rule: bool, job: &Job, dispute: Dispute) -> Result<Case> {
    let viewer = Party::of(job, &actor.team);
    let evidence = store::evidence_of(conn, &dispute.id).await?;
    let is_open = dispute.status == Status::Open;
    let versions = deliverable::count(conn, job.key).await?;
    let matter = if may_rule && is_open { Some(matter(conn, job).await?) } else { None };
    let shown = |side| evidence.iter().filter(|item| item.side == side).count();
    let goes_on = after_withdrawal(dispute.side, dispute.came_from, dispute.is_before(versions));
    Ok(Case {
        viewer,
        may_answer: is_open && viewer.is_some_and(|side| side != dispute.side) && dispute.answer.is_none(),
        may_add: is_open && viewer.is_some_and(|side| shown(side) < EVIDENCE_MAX),
        may_withdraw: is_open && viewer == Some(dispute.side) && goes_on.must_be_allowed(actor).is_ok(),
        may_rule: matter.is_some(),
        by_default: default_ruling(DefaultFacts::of(&dispute, job, versions)),
        goes_on,
        matter,
        dispute,
        evidence,
    })
}

/// Returns the case file of a job for an admin who can rule.
async fn matter(conn: &mut Conn, job: &Job) -> Result<CaseFile> {
    Ok(CaseFile {
        description: job.description.clone(),
        deliverables: deliverable::all(conn, job).await?,
        consensus: job.consensus(),
        reason: job.reason.clone(),
        history: job::history(conn, job).await?,
    })
}

/// Returns true if the open dispute of a job leaves the unfinished work to its worker.
pub(crate) async fn takes_delivery(conn: &mut Conn, job: &Job) -> Result<bool> {
    let Some(dispute) = store::open_one(conn, job.key).await? else { return Ok(false) };
    Ok(dispute.leaves_work(deliverable::count(conn, job.key).await?))
}

/// Returns true if the actor's person has a stake in the job, whichever of their teams they act for: on a side, in a seat of its
/// review, or by an application.
pub(crate) async fn has_stake(conn: &mut Conn, actor: &Actor, job: &Job) -> Result<bool> {
    for team in std::iter::once(&job.team_id).chain(&job.worker_team_id) {
        if *team == actor.team || internal::is_member(conn, &actor.member, team).await? {
            return Ok(true);
        }
    }
    // A proofer's seat comes from an application.
    application::is_of_member(conn, job.key, &actor.member, &actor.team).await
}

/// Returns true if the actor is an admin, whose key may read the system.
pub(crate) fn is_admin(actor: &Actor) -> bool {
    actor.role == Role::Admin && actor.must_have("system:read").is_ok()
}

/// Returns the job if the file was evidence in it and the viewer is an admin without a stake in it: admins can read evidence after
/// the ruling too.
pub(crate) async fn shown_in<'a>(conn: &mut Conn, access: &'a Access<'_>, file: &FileId) -> Result<Option<&'a Job>> {
    match access.impartial() {
        Some(job) if store::is_shown(conn, job.key, file).await? => Ok(Some(job)),
        _ => Ok(None),
    }
}

/// Lists the disputes with a status, those whose time is over first. For admins.
pub async fn list(conn: &mut Conn, actor: &Actor, status: Status, part: impl Into<Part>) -> Result<Page<Dispute>> {
    actor.must_be_admin()?;
    actor.must_have("system:read")?;
    store::of_status(conn, status, &part.into()).await
}
