//! The turn of a job: its next move with the teams that have it. It is read without a viewer, to tell those who must move.

use super::{Move, Mover, NextMove, Role, store};
use crate::review;
use kernel::Result;
use kernel::id::{JobId, TeamId};
use platform::db::Conn;

/// A job's next move and the teams that it concerns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// The job.
    pub job_id: JobId,
    /// Its title.
    pub title: String,
    /// The poster's team.
    pub poster: TeamId,
    /// The worker's team, once one is chosen.
    pub worker: Option<TeamId>,
    /// The next move, as the poster knows it.
    pub next: NextMove,
    /// The teams that have the move; none where anybody may apply, an admin rules, or a timer acts.
    pub movers: Vec<TeamId>,
}

/// Reads the turn of a job; none if there is no such job.
pub async fn turn(conn: &mut Conn, id: &JobId) -> Result<Option<Turn>> {
    let Some((titled, sides, row, facts)) = store::told(conn, id).await? else { return Ok(None) };
    let next = row.next_move(&facts, Role::Poster);
    let movers = match next.who {
        // A rejection is for both to answer: the poster may still approve, the worker may contest it.
        Mover::Poster if next.what == Move::Reconsider => std::iter::once(&sides.team_id).chain(&sides.worker_team_id).cloned().collect(),
        Mover::Poster => vec![sides.team_id.clone()],
        Mover::Worker => sides.worker_team_id.iter().cloned().collect(),
        Mover::Proofers => review::silent(conn, id).await?,
        Mover::Anyone | Mover::Admin | Mover::Timer | Mover::Nobody => Vec::new(),
    };
    Ok(Some(Turn { job_id: sides.id, title: titled.title, poster: sides.team_id, worker: sides.worker_team_id, next, movers }))
}
