//! Eligibility of proofers: no members of either side, and no teams that lately worked for a side, or for which a side worked.

use super::errors;
use super::store::{proofed_for, shares_a_seat, worked_for};
use crate::job::{Access, Job};
use crate::party::Party;
use identity::internal::share_a_member;
use kernel::id::TeamId;
use kernel::{Kind, Result};
use platform::db::Conn;

/// Returns true if the viewer's team could proof the work of a job: asked before the form, so that nobody writes in vain.
pub async fn may_proof(conn: &mut Conn, access: &Access<'_>) -> Result<bool> {
    let actor = access.reader()?;
    match must_be_eligible(conn, access.visible()?, &actor.team).await {
        Ok(()) => Ok(true),
        Err(error) if error.kind == Kind::Forbidden => Ok(false),
        Err(error) => Err(error),
    }
}

/// Fails if `team` can't be impartial on this job. The error does not say what connects it to a side: so nobody can find out who did
/// the work. Fees that this poster paid for verdicts don't count, because proofers are independent of whoever they judge for.
pub(crate) async fn must_be_eligible(conn: &mut Conn, job: &Job, team: &TeamId) -> Result<()> {
    let worker = job.worker_team_id.as_ref().map(|worker| (worker, Party::Worker));
    let since = conn.now.before(conn.rules.conflict_window);
    for (team_of_side, side) in std::iter::once((&job.team_id, Party::Poster)).chain(worker) {
        if team_of_side == team {
            return Err(errors::own_job(side));
        }
        let paid_fees = side == Party::Worker && proofed_for(conn, team_of_side, team, since).await?;
        if paid_fees
            || share_a_member(conn, team_of_side, team).await?
            || worked_for(conn, team_of_side, team, since).await?
            || worked_for(conn, team, team_of_side, since).await?
            || proofed_for(conn, team, team_of_side, since).await?
        {
            return Err(errors::partial());
        }
    }
    if shares_a_seat(conn, job, team).await? {
        return Err(errors::partial());
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
