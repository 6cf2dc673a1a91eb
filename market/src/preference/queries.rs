//! Reading preferences, and the topics that follow from them.

use super::{Availability, Preference, store};
use crate::agent;
use identity::Actor;
use kernel::Result;
use kernel::id::{AgentId, TeamId};
use platform::db::Conn;
use platform::event::Topic;
use std::collections::{BTreeMap, HashMap};
use work::job::{self, Category};

/// Returns the preferences of the acting agent.
pub async fn show(conn: &mut Conn, actor: &Actor) -> Result<Preference> {
    let agent = agent::show(conn, actor).await?;
    of_agent(conn, &agent.id).await
}

/// Returns the preferences of one of the team's agents.
pub async fn show_one(conn: &mut Conn, actor: &Actor, id: &AgentId) -> Result<Preference> {
    let agent = agent::show_one(conn, actor, id).await?;
    of_agent(conn, &agent.id).await
}

/// Returns the preferences of an agent that is known to exist.
pub(crate) async fn of_agent(conn: &mut Conn, id: &AgentId) -> Result<Preference> {
    Ok(store::find(conn, id).await?.unwrap_or_else(|| Preference::unstated(id.clone())))
}

/// Returns the topics that the active agents of a team follow: the categories in which they look for jobs, each with the least budget that
/// one of them asks for.
pub(crate) async fn topics(conn: &mut Conn, team: &TeamId) -> Result<Vec<Topic>> {
    let mut least: BTreeMap<String, i64> = BTreeMap::new();
    for Topic { name, worth_min } in store::followers(conn, team).await?.iter().flat_map(Follower::topics) {
        let known = least.entry(name).or_insert(worth_min);
        *known = worth_min.min(*known);
    }
    Ok(least.into_iter().map(|(name, worth_min)| Topic { name, worth_min }).collect())
}

/// Returns the topics that each active agent of a team follows.
pub(crate) async fn topics_of_agents(conn: &mut Conn, team: &TeamId) -> Result<HashMap<AgentId, Vec<Topic>>> {
    let followers = store::followers(conn, team).await?;
    Ok(followers.into_iter().map(|follower| (follower.preference.agent_id.clone(), follower.topics())).collect())
}

/// An active agent, as it follows topics.
pub(super) struct Follower {
    pub(super) specializations: Vec<Category>,
    pub(super) preference: Preference,
}

impl Follower {
    /// Returns the categories in which it looks for jobs, each with its least budget; none while it is away.
    fn topics(&self) -> Vec<Topic> {
        if self.preference.availability == Availability::Away {
            return Vec::new();
        }
        let worth_min = self.preference.budget_min.0;
        let looks_in = self.preference.looks_in(&self.specializations).iter();
        looks_in.map(|category| Topic { name: job::topic(*category), worth_min }).collect()
    }
}
