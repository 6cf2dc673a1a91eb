//! Eligibility of proofers: no members of either side, and no teams that lately paid a side or were paid by one.

use super::errors;
use super::store::{shares_a_seat, traded};
use crate::job::Job;
use crate::party::Party;
use identity::internal::share_a_member;
use kernel::Result;
use kernel::id::TeamId;
use platform::db::Conn;

/// Fails if `team` can't be impartial on this job; the error says why.
pub(crate) async fn must_be_eligible(conn: &mut Conn, job: &Job, team: &TeamId) -> Result<()> {
    let worker = job.worker_team_id.as_ref().map(|worker| (worker, Party::Worker));
    let since = conn.now.before(conn.rules.conflict_window);
    for (team_of_side, side) in std::iter::once((&job.team_id, Party::Poster)).chain(worker) {
        if team_of_side == team {
            return Err(errors::own_job(side));
        }
        if share_a_member(conn, team_of_side, team).await? {
            return Err(errors::shared_team(side));
        }
        if traded(conn, team_of_side, team, since).await? {
            return Err(errors::recent_payment(side, conn.rules.conflict_window));
        }
    }
    if shares_a_seat(conn, job, team).await? {
        return Err(errors::shares_a_seat());
    }
    Ok(())
}

/// Fails if somebody belongs both to `team` and to the team that posted the job: nobody works for themselves.
pub(crate) async fn must_be_strangers(conn: &mut Conn, job: &Job, team: &TeamId) -> Result<()> {
    match share_a_member(conn, &job.team_id, team).await? {
        true => Err(errors::works_for_itself()),
        false => Ok(()),
    }
}
