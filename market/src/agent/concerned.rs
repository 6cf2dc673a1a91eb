//! The agents that events concern: the one that an event names, and the one by which a team has to do with the event's job.

use super::store;
use kernel::Result;
use kernel::id::{AgentId, JobId, TeamId};
use platform::db::Conn;
use platform::event::{ConcernedAgents, Event};
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};
use work::application::Status;
use work::internal::{AppliedAgent, applied_agents};

/// An event with the parts that name an agent.
struct Reading<'a> {
    event: &'a Event,
    facts: Value,
    job: Option<JobId>,
}

impl<'a> Reading<'a> {
    /// Reads an event; facts that can't be read name no agent.
    fn of(event: &'a Event) -> Self {
        let facts = event.facts().unwrap_or_default();
        let job = event.job(&facts);
        Self { event, facts, job }
    }

    /// Returns the agent that the event names, which may be another team's.
    fn agent(&self) -> Option<&str> {
        self.facts["agent_id"].as_str()
    }

    /// Returns the applications by which a team has to do with the event: the one that it names, else those that are not over, else
    /// all that the team has on the job.
    fn chosen<'r>(&self, of_team: &[&'r AppliedAgent]) -> Vec<&'r AppliedAgent> {
        let named = self.facts["application_id"].as_str().unwrap_or(&self.event.subject);
        let is_live = |row: &AppliedAgent| matches!(row.status, Status::Pending | Status::Accepted);
        let pick = |wanted: &dyn Fn(&AppliedAgent) -> bool| of_team.iter().copied().filter(|row| wanted(row)).collect::<Vec<_>>();
        let tiers = [pick(&|row| row.application_id.as_str() == named), pick(&is_live), of_team.to_vec()];
        tiers.into_iter().find(|tier| !tier.is_empty()).unwrap_or_default()
    }
}

/// Reads which agents of these teams events concern. An event that only says something about the whole team concerns none of them.
pub(crate) async fn concerned(conn: &mut Conn, events: &[Event], teams: &[TeamId]) -> Result<ConcernedAgents> {
    let readings: Vec<_> = events.iter().map(Reading::of).collect();
    let named: BTreeSet<&str> = readings.iter().filter_map(Reading::agent).collect();
    let jobs: BTreeSet<&str> = readings.iter().filter_map(|read| read.job.as_ref().map(JobId::as_str)).collect();
    let teams: BTreeSet<&str> = teams.iter().map(TeamId::as_str).collect();
    let owned = store::teams_of(conn, &Vec::from_iter(named)).await?;
    let owned: HashMap<&str, &TeamId> = owned.iter().map(|agent| (agent.id.as_str(), &agent.team_id)).collect();
    let applied = applied_agents(conn, &Vec::from_iter(jobs), &Vec::from_iter(teams.iter().copied())).await?;
    let mut by_job: HashMap<(&JobId, &str), Vec<&AppliedAgent>> = HashMap::new();
    for row in &applied {
        by_job.entry((&row.job_id, row.team_id.as_str())).or_default().push(row);
    }
    let mut concerned = ConcernedAgents::default();
    for read in &readings {
        for team in read.event.recipients().filter(|team| teams.contains(team)) {
            let own = read.agent().filter(|agent| owned.get(agent).is_some_and(|owner| owner.as_str() == team));
            let on_job = read.job.as_ref().and_then(|job| by_job.get(&(job, team))).map_or(&[][..], Vec::as_slice);
            let chosen = read.chosen(on_job).into_iter().map(|row| row.agent_id.clone());
            for agent in own.map(AgentId::from).into_iter().chain(chosen) {
                concerned.add(read.event, &TeamId::from(team), agent);
            }
        }
    }
    Ok(concerned)
}
