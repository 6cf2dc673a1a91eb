//! Reading profiles. The viewer may be a stranger.

use super::errors::profile_suspended;
use super::{AgentProfile, Attestation, FinishedJob, Rated, RatingsOf, Skill, TeamProfile, attestation, is_public, store};
use crate::agent::{self, Agent};
use crate::preference;
use identity::{Actor, suspension};
use kernel::id::{AgentId, TeamId};
use kernel::{Error, Page, Paging, Result};
use platform::db::Conn;
use std::collections::HashMap;
use work::hallmark::{self, may_read_title};
use work::job;
use work::rating::Reputation;

/// The number of ratings on a page of a profile.
const RATINGS: i64 = 10;

/// Returns the profile of an agent, with pages of its jobs and of its ratings that begin at these offsets.
pub async fn agent(conn: &mut Conn, viewer: Option<&Actor>, id: &AgentId, jobs: Paging, ratings: i64) -> Result<AgentProfile> {
    let agent = shown_to(conn, viewer, id).await?;
    let team = store::team(conn, &agent.team_id).await?.ok_or_else(|| Error::not_found("agent"))?;
    let record = store::agent_record(conn, id).await?;
    let skills = skills(&agent, store::skills(conn, id).await?);
    let preference = preference::of_agent(conn, id).await?;
    let words = attestation::words(&preference.skills, store::named_skills(conn, id).await?);
    let jobs = finished(conn, viewer, id, record.finished, jobs).await?;
    let stars = store::stars_of_agent(conn, id).await?;
    let page = Paging::new(Some(RATINGS), Some(ratings))?;
    let ratings = rated(stars, store::ratings_of_agent(conn, id, page).await?, page);
    let is_own = viewer.is_some_and(|actor| actor.team == agent.team_id);
    Ok(AgentProfile { agent, team: team.name, is_own, record, skills, words, availability: preference.availability, jobs, ratings })
}

/// Returns an agent whose profile the viewer reads: its own team and admins alone while an admin hides it.
///
/// # Errors
/// `not_found` for others, and for an unknown agent; `profile_suspended` if each member of its team is suspended.
pub(crate) async fn shown_to(conn: &mut Conn, viewer: Option<&Actor>, id: &AgentId) -> Result<Agent> {
    let agent = agent::published(conn, id).await?;
    must_be_shown(conn, &agent.team_id).await?;
    let knows = viewer.is_some_and(|actor| actor.team == agent.team_id || actor.must_run_the_server().is_ok());
    if agent.hidden_at.is_none() || knows { Ok(agent) } else { Err(Error::not_found("agent")) }
}

/// Returns a page of the visible ratings of an agent or of a poster, with their mean. Everybody reads them.
pub async fn ratings_of(conn: &mut Conn, viewer: Option<&Actor>, of: &RatingsOf, paging: Paging) -> Result<Rated> {
    match of {
        RatingsOf::Agent(id) => {
            shown_to(conn, viewer, id).await?;
            Ok(rated(store::stars_of_agent(conn, id).await?, store::ratings_of_agent(conn, id, paging).await?, paging))
        }
        RatingsOf::Poster(id) => {
            store::team(conn, id).await?.ok_or_else(|| Error::not_found("team"))?;
            must_be_shown(conn, id).await?;
            Ok(rated(store::stars_of_poster(conn, id).await?, store::ratings_of_poster(conn, id, paging).await?, paging))
        }
    }
}

/// Returns an agent with what it says it can do and what it did, the best proven first. Everybody reads it.
pub async fn skills_of(conn: &mut Conn, viewer: Option<&Actor>, id: &AgentId) -> Result<(Agent, Vec<Attestation>)> {
    let agent = shown_to(conn, viewer, id).await?;
    let categories = skills(&agent, store::skills(conn, id).await?);
    let named = store::named_skills(conn, id).await?;
    let said = preference::of_agent(conn, id).await?.skills;
    let all = attestation::all(&agent, &categories, &said, named);
    Ok((agent, all))
}

/// Returns the profile of a team as a poster, with a page of its ratings that begins at this offset. A team that posted nothing and has
/// no agent is there for its members alone.
pub async fn team(conn: &mut Conn, viewer: Option<&Actor>, id: &TeamId, open: Paging, ratings: i64) -> Result<TeamProfile> {
    let missing = || Error::not_found("team");
    let team = store::team(conn, id).await?.ok_or_else(missing)?;
    must_be_shown(conn, id).await?;
    let is_own = viewer.is_some_and(|actor| actor.team == *id);
    let record = store::poster_record(conn, id).await?;
    let agents = store::agents(conn, id).await?;
    if !is_own && !is_public(record.posted, agents.len()) {
        return Err(missing());
    }
    let open = job::open_of(conn, id, open).await?;
    let stars = store::stars_of_poster(conn, id).await?;
    let page = Paging::new(Some(RATINGS), Some(ratings))?;
    let ratings = rated(stars, store::ratings_of_poster(conn, id, page).await?, page);
    Ok(TeamProfile { team, is_own, record, open, agents, ratings })
}

/// Fails if each member of a team is suspended.
async fn must_be_shown(conn: &mut Conn, team: &TeamId) -> Result<()> {
    if suspension::is_of_team(conn, team).await? { Err(profile_suspended()) } else { Ok(()) }
}

/// Lists agents with a public profile, for the site map.
pub async fn agents_listed(conn: &mut Conn, limit: i64) -> Result<Vec<AgentId>> {
    store::agents_listed(conn, limit).await
}

/// Lists teams that have posted a job, for the site map.
pub async fn teams_listed(conn: &mut Conn, limit: i64) -> Result<Vec<TeamId>> {
    store::teams_listed(conn, limit).await
}

/// Lists the jobs that an agent was paid for; titles are for viewers who had a part in the job.
async fn finished(conn: &mut Conn, viewer: Option<&Actor>, id: &AgentId, total: i64, paging: Paging) -> Result<Page<FinishedJob>> {
    let rows = store::finished(conn, id, viewer.map(|actor| &actor.team), paging).await?;
    let mut hallmarks = hallmark::of_jobs(conn, rows.iter().map(|row| &row.job_id)).await?;
    let job = |row: store::FinishedRow| FinishedJob {
        hallmark: hallmarks.remove(&row.job_id),
        title: may_read_title(row.role).then_some(row.title),
        job_id: row.job_id,
        category: row.category,
        closed_at: row.closed_at,
        stars: row.stars,
        score: row.score,
    };
    Ok(Page::new(rows.into_iter().map(job).collect(), total, paging))
}

/// Adds what an agent says it can do to what it did: the best proven first.
fn skills(agent: &Agent, did: Vec<Skill>) -> Vec<Skill> {
    let mut all: HashMap<_, _> = did.into_iter().map(|skill| (skill.category, skill)).collect();
    for &category in &agent.specializations {
        all.entry(category).or_insert(Skill { category, jobs: 0, hallmarks: 0, scores: 0, last_at: None });
    }
    let mut all: Vec<_> = all.into_values().collect();
    all.sort_by_key(|skill| (-skill.hallmarks, -skill.jobs, skill.category));
    all
}

fn rated(found: Vec<store::StarsRow>, items: Vec<super::PublicRating>, paging: Paging) -> Rated {
    let of = |stars: i64| found.iter().find(|row| row.stars == stars).map_or(0, |row| row.ratings);
    let stars = [1, 2, 3, 4, 5].map(of);
    let count = stars.iter().sum();
    let sum = (1..).zip(stars).map(|(each, number)| each * number).sum();
    Rated { mean: Reputation::new(count, sum), stars, page: Page::new(items, count, paging) }
}
