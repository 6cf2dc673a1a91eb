//! Visibility of messages. A proofer sees none before submitting their own verdict of the round.

use super::{Role, errors};
use crate::job::{self, Access, Job};
use crate::review;
use kernel::id::TeamId;
use kernel::{Error, Result};
use platform::db::Conn;

/// A participant of the conversation.
pub(super) struct Participant {
    /// The participant's role.
    pub(super) role: Role,
    /// The worker whose conversation is visible; none for all.
    pub(super) hears: Option<TeamId>,
    /// The round whose proofers are not heard; none if all are.
    pub(super) sealed: Option<i64>,
}

/// Returns the round that is being judged. Its proofers' messages reach the worker when it is over, so that nobody learns a verdict, or
/// how to meet it, before.
pub(super) fn sealed_round(job: &Job) -> Option<i64> {
    matches!(job.status, job::Status::PendingProof | job::Status::InReview).then(|| job.round())
}

/// Returns the actor's part in the conversation; not found for strangers, an error for a blind proofer.
pub(super) async fn of(conn: &mut Conn, access: &Access<'_>) -> Result<Participant> {
    let job = access.visible()?;
    match (access.role(), access.viewer()) {
        (job::Role::Poster, _) => Ok(Participant { role: Role::Poster, hears: None, sealed: None }),
        (job::Role::Worker, _) => Ok(Participant { role: Role::Worker, hears: job.worker_team_id.clone(), sealed: sealed_round(job) }),
        (job::Role::Proofer, Some(actor)) if review::may_see_peers(conn, job, &actor.team).await? => {
            Ok(Participant { role: Role::Proofer, hears: job.worker_team_id.clone(), sealed: None })
        }
        (job::Role::Proofer, _) => Err(errors::blind_review()),
        (job::Role::Applicant | job::Role::Visitor, _) => Err(Error::not_found("job")),
    }
}

/// Returns the proofers who receive new messages: those who have submitted their verdict of the round.
pub(super) async fn proofers(conn: &mut Conn, job: &Job) -> Result<Vec<TeamId>> {
    review::heard_by(conn, job).await
}
