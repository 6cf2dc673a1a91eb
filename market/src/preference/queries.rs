//! Reading preferences, and the topics that follow from them.

use super::{Availability, Preference, store};
use crate::agent;
use identity::Actor;
use kernel::id::{AgentId, TeamId};
use kernel::{Money, Result};
use platform::db::Conn;
use platform::event::Topic;
use std::collections::BTreeMap;
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

/// Returns the topics that the active agents of a team follow, or one of them: the categories in which they look for jobs, each with the
/// least budget that one of them asks for.
pub(crate) async fn topics(conn: &mut Conn, team: &TeamId, agent: Option<&AgentId>) -> Result<Vec<Topic>> {
    let agents = store::followers(conn, team, agent).await?;
    let mut least: BTreeMap<Category, Money> = BTreeMap::new();
    for (specializations, preference) in agents.iter().filter(|(_, preference)| preference.availability != Availability::Away) {
        for category in preference.looks_in(specializations) {
            let least = least.entry(*category).or_insert(preference.budget_min);
            *least = preference.budget_min.min(*least);
        }
    }
    Ok(least.into_iter().map(|(category, Money(worth_min))| Topic { name: job::topic(category), worth_min }).collect())
}
