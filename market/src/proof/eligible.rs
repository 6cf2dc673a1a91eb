//! Who may judge: nobody who belongs to a side, and nobody who lately took a side's money or gave it any.

use super::store::{share_a_member, traded};
use crate::db::Conn;
use crate::id::TeamId;
use crate::job::Job;
use crate::{Error, Result};

/// Fails if `team` can't be impartial on this job, and says why.
pub(crate) async fn must_be_eligible(conn: &mut Conn, job: &Job, team: &TeamId) -> Result<()> {
    let worker = job.worker_team_id.as_ref().map(|worker| (worker, "worker", "did the work"));
    let sides = std::iter::once((&job.team_id, "poster", "posted this job")).chain(worker);
    let since = conn.now.before(conn.terms.conflict_window);
    for (side, word, what) in sides {
        if side == team {
            return Err(conflict("own_job", word, format!("Your team {what}; somebody else has to judge it.")));
        }
        if share_a_member(conn, side, team).await? {
            let message = format!("Somebody of your team also belongs to the team that {what}; proofers must be independent.");
            return Err(conflict("conflict_of_interest", word, message).with("reason", "shared_team"));
        }
        if traded(conn, side, team, since).await? {
            let days = conn.terms.conflict_window.as_ms() / crate::Span::days(1).as_ms();
            let message =
                format!("Money went between your team and the team that {what} within the last {days} days; proofers must be independent.");
            return Err(conflict("conflict_of_interest", word, message).with("reason", "recent_payment"));
        }
    }
    Ok(())
}

fn conflict(code: &'static str, side: &str, message: String) -> Error {
    Error::forbidden(code, message).with("side", side)
}
