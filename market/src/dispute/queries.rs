//! Reading disputes: a job's own, and all that wait for a ruling.

use super::{Case, Dispute, EVIDENCE_MOST, Status, store};
use crate::actor::Role;
use crate::db::Conn;
use crate::id::JobId;
use crate::job::{self, Job};
use crate::side::Side;
use crate::{Actor, Error, Page, Paging, Result};

/// A job's last dispute with all that was shown, for its two sides and for admins.
pub async fn show(conn: &mut Conn, actor: &Actor, id: &JobId) -> Result<Case> {
    actor.must_have("jobs:read")?;
    let job = match actor.role {
        Role::Admin => job::find(conn, id).await?.ok_or_else(|| Error::not_found("job"))?,
        Role::User => job::visible(conn, actor, id).await?,
    };
    if actor.role != Role::Admin && Side::of(&job, &actor.team).is_none() {
        return Err(Error::not_found("job"));
    }
    case(conn, actor, &job).await
}

/// The job's last dispute in the actor's eyes, who is known to be allowed to see it.
pub(super) async fn case(conn: &mut Conn, actor: &Actor, job: &Job) -> Result<Case> {
    let dispute = store::last(conn, &job.id).await?.ok_or_else(|| Error::not_found("dispute"))?;
    let evidence = store::evidence_of(conn, &dispute.id).await?;
    let viewer = Side::of(job, &actor.team);
    let is_open = dispute.status == Status::Open;
    let shown = |side| evidence.iter().filter(|item| item.side == side).count();
    Ok(Case {
        viewer,
        may_answer: is_open && viewer.is_some_and(|side| side != dispute.side) && dispute.answer.is_none(),
        may_add: is_open && viewer.is_some_and(|side| shown(side) < EVIDENCE_MOST),
        may_withdraw: is_open && viewer == Some(dispute.side),
        may_rule: is_open && viewer.is_none() && actor.role == Role::Admin,
        dispute,
        evidence,
    })
}

/// Disputes of this status, those whose time is over first. For admins.
pub async fn list(conn: &mut Conn, actor: &Actor, status: Status, paging: Paging) -> Result<Page<Dispute>> {
    actor.must_be_admin()?;
    actor.must_have("system:read")?;
    store::of_status(conn, status, paging).await
}
