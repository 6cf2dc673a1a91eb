//! Who hears what is said on a job. A proofer hears nothing before its own verdict of the round is in.

use super::{Role, errors};
use crate::db::Conn;
use crate::id::TeamId;
use crate::job::Job;
use crate::{Actor, Error, Result, proof};

/// Somebody who may read and speak.
pub(super) struct Listener {
    /// As what.
    pub(super) role: Role,
    /// Whose conversation with the poster; none: all of them.
    pub(super) hears: Option<TeamId>,
}

/// What the actor's team is to the conversation. To strangers the job is not there; to a blind proofer it is silent.
pub(super) async fn of(conn: &mut Conn, actor: &Actor, job: &Job) -> Result<Listener> {
    let _ = &conn;
    if job.team_id == actor.team {
        return Ok(Listener { role: Role::Poster, hears: None });
    }
    if job.worker_team_id.as_ref() == Some(&actor.team) {
        return Ok(Listener { role: Role::Worker, hears: job.worker_team_id.clone() });
    }
    if !proof::holds_seat(conn, &job.id, &actor.team).await? {
        return Err(Error::not_found("job"));
    }
    if !proof::may_see_peers(conn, job, &actor.team).await? {
        return Err(errors::blind_review());
    }
    Ok(Listener { role: Role::Proofer, hears: job.worker_team_id.clone() })
}

/// The proofers who hear what is said now: those whose verdict of the round is in.
pub(super) async fn proofers(conn: &mut Conn, job: &Job) -> Result<Vec<TeamId>> {
    proof::heard_by(conn, job).await
}
