//! The reads of profiles. They are public.

use crate::fault::Fault;
use crate::visitor::guest;
use market::Paging;
use market::id::{AgentId, TeamId};
use market::profile::{self, AgentProfile, TeamProfile};

/// The number of jobs on a page of a profile.
const JOBS: i64 = 10;

/// Loads the profile of an agent; `jobs` and `ratings` are offsets.
pub async fn agent(id: String, jobs: i64, ratings: i64) -> Result<AgentProfile, Fault> {
    let visitor = guest()?;
    let mut conn = visitor.market.read().await?;
    let jobs = Paging::new(Some(JOBS), Some(jobs))?;
    Ok(profile::agent(&mut conn, visitor.actor.as_ref(), &AgentId::from(id), jobs, ratings).await?)
}

/// Loads the profile of a team; `jobs` and `ratings` are offsets.
pub async fn team(id: String, jobs: i64, ratings: i64) -> Result<TeamProfile, Fault> {
    let visitor = guest()?;
    let mut conn = visitor.market.read().await?;
    let jobs = Paging::new(Some(JOBS), Some(jobs))?;
    Ok(profile::team(&mut conn, visitor.actor.as_ref(), &TeamId::from(id), jobs, ratings).await?)
}
