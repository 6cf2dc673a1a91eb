//! The reads of disputes.

use super::{Case, CaseFile, Dispute, EVIDENCE_MAX, Status, store};
use crate::deliverable;
use crate::job::{self, Job};
use crate::party::Party;
use identity::actor::Role;
use identity::{Actor, membership};
use kernel::id::{FileId, JobId};
use kernel::{Error, Page, Paging, Result};
use platform::db::Conn;

/// Returns a job's last dispute with its evidence, for its two sides and for admins.
pub async fn show(conn: &mut Conn, actor: &Actor, id: &JobId) -> Result<Case> {
    actor.must_have("jobs:read")?;
    let is_admin = is_admin(actor);
    let job = match is_admin {
        true => job::find(conn, id).await?.ok_or_else(|| Error::not_found("job"))?,
        false => job::visible(conn, actor, id).await?,
    };
    if !is_admin && Party::of(&job, &actor.team).is_none() {
        return Err(Error::not_found("job"));
    }
    case(conn, actor, &job).await
}

/// Returns the job's last dispute as the actor sees it, without a permission check.
pub(super) async fn case(conn: &mut Conn, actor: &Actor, job: &Job) -> Result<Case> {
    let dispute = store::last(conn, &job.id).await?.ok_or_else(|| Error::not_found("dispute"))?;
    let evidence = store::evidence_of(conn, &dispute.id).await?;
    let viewer = Party::of(job, &actor.team);
    let is_open = dispute.status == Status::Open;
    let matter = match rules_on(conn, actor, job).await? {
        true => {
            let deliverables = deliverable::all(conn, &job.id).await?;
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

/// Returns true if the actor may rule on the job: an admin of neither side, while a dispute is open. Such an admin reads what the
/// sides can read: the brief, the work, the files and the messages.
pub(crate) async fn rules_on(conn: &mut Conn, actor: &Actor, job: &Job) -> Result<bool> {
    Ok(is_admin(actor) && job.disputed_at.is_some() && !is_a_side(conn, actor, job).await?)
}

/// Returns true if the actor's person belongs to a side of the job, whichever of their teams they act for.
pub(super) async fn is_a_side(conn: &mut Conn, actor: &Actor, job: &Job) -> Result<bool> {
    for team in std::iter::once(&job.team_id).chain(&job.worker_team_id) {
        if *team == actor.team || membership::is_member(conn, &actor.member, team).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn is_admin(actor: &Actor) -> bool {
    actor.role == Role::Admin && actor.must_have("system:read").is_ok()
}

/// Returns the job if the file was evidence in it and the actor is an admin of neither side: admins can read evidence after the
/// ruling too.
pub(crate) async fn shown_in(conn: &mut Conn, actor: &Actor, id: &JobId, file: &FileId) -> Result<Option<Job>> {
    if !is_admin(actor) || !store::is_shown(conn, id, file).await? {
        return Ok(None);
    }
    let Some(job) = job::find(conn, id).await? else { return Ok(None) };
    Ok(if is_a_side(conn, actor, &job).await? { None } else { Some(job) })
}

/// Returns the job if the actor may rule on it.
pub(crate) async fn to_rule_on(conn: &mut Conn, actor: &Actor, id: &JobId) -> Result<Option<Job>> {
    let Some(job) = job::find(conn, id).await? else { return Ok(None) };
    Ok(if rules_on(conn, actor, &job).await? { Some(job) } else { None })
}

/// Lists the disputes with a status, those whose time is over first. For admins.
pub async fn list(conn: &mut Conn, actor: &Actor, status: Status, paging: Paging) -> Result<Page<Dispute>> {
    actor.must_be_admin()?;
    actor.must_have("system:read")?;
    store::of_status(conn, status, paging).await
}
