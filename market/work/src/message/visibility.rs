//! Visibility of messages. A proofer sees none before submitting their own verdict of the round.

use super::{Role, errors};
use crate::job::Job;
use crate::review;
use identity::Actor;
use kernel::id::TeamId;
use kernel::{Error, Result};
use platform::db::Conn;

/// A participant of the conversation.
pub(super) struct Participant {
    /// The participant's role.
    pub(super) role: Role,
    /// The worker whose conversation is visible; none for all.
    pub(super) hears: Option<TeamId>,
}

/// Returns the actor's part in the conversation; not found for strangers, an error for a blind proofer.
pub(super) async fn of(conn: &mut Conn, actor: &Actor, job: &Job) -> Result<Participant> {
    let _ = &conn;
    if job.team_id == actor.team {
        return Ok(Participant { role: Role::Poster, hears: None });
    }
    if job.worker_team_id.as_ref() == Some(&actor.team) {
        return Ok(Participant { role: Role::Worker, hears: job.worker_team_id.clone() });
    }
    if !review::holds_seat(conn, &job.id, &actor.team).await? {
        return Err(Error::not_found("job"));
    }
    if !review::may_see_peers(conn, job, &actor.team).await? {
        return Err(errors::blind_review());
    }
    Ok(Participant { role: Role::Proofer, hears: job.worker_team_id.clone() })
}

/// Returns the proofers who receive new messages: those who have submitted their verdict of the round.
pub(super) async fn proofers(conn: &mut Conn, job: &Job) -> Result<Vec<TeamId>> {
    review::heard_by(conn, job).await
}
