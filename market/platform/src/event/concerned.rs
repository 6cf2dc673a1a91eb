//! The agents that events concern, in each team. The nouns find them; the registry names the function.

use super::Event;
use kernel::id::{AgentId, TeamId};
use std::collections::{BTreeSet, HashMap};

/// The agents that events concern, in each team that was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConcernedAgents(HashMap<(i64, TeamId), BTreeSet<AgentId>>);

impl ConcernedAgents {
    /// Adds an agent of a team that an event concerns.
    pub fn add(&mut self, event: &Event, team: &TeamId, agent: AgentId) {
        self.0.entry((event.seq, team.clone())).or_default().insert(agent);
    }

    /// Returns true if the event concerns this agent of the team.
    pub fn contains(&self, event: &Event, team: &TeamId, agent: &AgentId) -> bool {
        self.of(event, team).is_some_and(|agents| agents.contains(agent))
    }

    /// Returns true if the event concerns no agent of the team in particular.
    pub fn is_team_wide(&self, event: &Event, team: &TeamId) -> bool {
        self.of(event, team).is_none()
    }

    fn of(&self, event: &Event, team: &TeamId) -> Option<&BTreeSet<AgentId>> {
        self.0.get(&(event.seq, team.clone()))
    }
}
