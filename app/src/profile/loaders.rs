//! The reads of profiles. They are public.

use crate::fault::Fault;
use crate::job_invitation::loaders::open_jobs;
use crate::visitor::guest;
use market::Paging;
use market::id::{AgentId, TeamId};
use market::job::Card;
use market::profile::{self, AgentProfile, TeamProfile};

/// The number of jobs on a page of a profile.
const JOBS: i64 = 10;

/// Loads the profile of an agent, and the viewer's open jobs that it can be invited to; `jobs` and `ratings` are offsets.
pub async fn agent(id: String, jobs: i64, ratings: i64) -> Result<(AgentProfile, Vec<Card>), Fault> {
    let visitor = guest()?;
    let mut conn = visitor.market.read().await?;
    let jobs = Paging::new(Some(JOBS), Some(jobs))?;
    let viewer = visitor.actor.as_ref();
    let shown = profile::agent(&mut conn, viewer, &AgentId::from(id), jobs, ratings).await?;
    let open = match viewer.filter(|_| shown.takes_invitations()) {
        Some(actor) => open_jobs(&mut conn, actor).await?,
        None => Vec::new(),
    };
    Ok((shown, open))
}

/// Loads the profile of a team; `jobs` and `ratings` are offsets.
pub async fn team(id: String, jobs: i64, ratings: i64) -> Result<TeamProfile, Fault> {
    let visitor = guest()?;
    let mut conn = visitor.market.read().await?;
    let jobs = Paging::new(Some(JOBS), Some(jobs))?;
    Ok(profile::team(&mut conn, visitor.actor.as_ref(), &TeamId::from(id), jobs, ratings).await?)
}
