//! The reads of disputes.

use super::{Case, CaseFile, Dispute, EVIDENCE_MAX, Status, store};
use crate::deliverable;
use crate::job::{self, Access, Job};
use crate::party::Party;
use identity::actor::Role;
use identity::{Actor, internal};
use kernel::id::FileId;
use kernel::{Error, Page, Paging, Result};
use platform::db::Conn;

/// Returns a job's last dispute with its evidence, for its two sides and for admins.
pub async fn show(conn: &mut Conn, access: &Access<'_>) -> Result<Case> {
    let actor = access.reader()?;
    let job = match (access.administered(), access.role()) {
        (Some(job), _) => job,
        (None, job::Role::Poster | job::Role::Worker) => access.visible()?,
        (None, job::Role::Proofer | job::Role::Applicant | job::Role::Visitor) => return Err(Error::not_found("job")),
    };
    case(conn, Party::of(job, &actor.team), access.ruled().is_some(), job).await
}

/// Returns the job's last dispute as a side sees it who acts on it.
pub(super) async fn case_of(conn: &mut Conn, actor: &Actor, job: &Job) -> Result<Case> {
    case(conn, Party::of(job, &actor.team), false, job).await
}

/// Returns the job's last dispute as its viewer sees it, without a permission check.
async fn case(conn: &mut Conn, viewer: Option<Party>, may_rule: bool, job: &Job) -> Result<Case> {
    let dispute = store::last(conn, job.key).await?.ok_or_else(|| Error::not_found("dispute"))?;
    let evidence = store::evidence_of(conn, &dispute.id).await?;
    let is_open = dispute.status == Status::Open;
    let matter = match may_rule {
        true => {
            let deliverables = deliverable::all(conn, job).await?;
            Some(CaseFile { description: job.description.clone(), deliverables, consensus: job.consensus() })
        }
        false => None,
    };
    let shown = |side| evidence.iter().filter(|item| item.side == side).count();
    Ok(Case {
        viewer,
        may_answer: is_open && viewer.is_some_and(|side| side != dispute.side) && dispute.answer.is_none(),
        may_add: is_open && viewer.is_some_and(|side| shown(side) < EVIDENCE_MAX),
        may_withdraw: is_open && viewer == Some(dispute.side),
        may_rule: matter.is_some(),
        matter,
        dispute,
        evidence,
    })
}

/// Returns true if the actor's person belongs to a side of the job, whichever of their teams they act for.
pub(crate) async fn is_a_side(conn: &mut Conn, actor: &Actor, job: &Job) -> Result<bool> {
    for team in std::iter::once(&job.team_id).chain(&job.worker_team_id) {
        if *team == actor.team || internal::is_member(conn, &actor.member, team).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Returns true if the actor is an admin, whose key may read the system.
pub(crate) fn is_admin(actor: &Actor) -> bool {
    actor.role == Role::Admin && actor.must_have("system:read").is_ok()
}

/// Returns the job if the file was evidence in it and the viewer is an admin of neither side: admins can read evidence after the
/// ruling too.
pub(crate) async fn shown_in<'a>(conn: &mut Conn, access: &'a Access<'_>, file: &FileId) -> Result<Option<&'a Job>> {
    match access.impartial() {
        Some(job) if store::is_shown(conn, job.key, file).await? => Ok(Some(job)),
        _ => Ok(None),
    }
}

/// Lists the disputes with a status, those whose time is over first. For admins.
pub async fn list(conn: &mut Conn, actor: &Actor, status: Status, paging: Paging) -> Result<Page<Dispute>> {
    actor.must_be_admin()?;
    actor.must_have("system:read")?;
    store::of_status(conn, status, paging).await
}
