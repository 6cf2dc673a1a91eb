//! Preferences as rows.

use super::queries::Follower;
use super::{Availability, Preference};
use kernel::id::{AgentId, TeamId};
use kernel::{Money, Result, Time};
use platform::db::{Conn, Tx, sql};
use serde::Deserialize;
use work::job::{Category, Skills};

/// The character between the categories of a row.
const SEPARATOR: &str = "|";

#[derive(Deserialize)]
struct Row {
    agent_id: AgentId,
    budget_min: Money,
    categories: String,
    skills: Skills,
    availability: Availability,
    updated_at: Option<Time>,
}

impl From<Row> for Preference {
    fn from(row: Row) -> Self {
        let Row { agent_id, budget_min, categories, skills, availability, updated_at } = row;
        Preference {
            agent_id,
            budget_min,
            categories: categories.split(SEPARATOR).filter_map(Category::parse).collect(),
            skills,
            availability,
            updated_at,
        }
    }
}

pub(super) async fn find(conn: &mut Conn, id: &AgentId) -> Result<Option<Preference>> {
    let row: Option<Row> =
        sql("select agent_id, budget_min, categories, skills, availability, updated_at from preference where agent_id = $1")
            .bind(id)
            .optional(conn)
            .await?;
    Ok(row.map(Preference::from))
}

/// Stores the preferences of an agent. Its team is held.
pub(super) async fn put(tx: &mut Tx, preference: &Preference) -> Result<()> {
    let categories: Vec<_> = preference.categories.iter().map(|category| category.as_str()).collect();
    sql("insert into preference (agent_id, budget_min, categories, skills, availability, updated_at) values ($1, $2, $3, $4, $5, $6) \
         on conflict (agent_id) do update set budget_min = excluded.budget_min, categories = excluded.categories, \
         skills = excluded.skills, availability = excluded.availability, updated_at = excluded.updated_at")
    .bind(&preference.agent_id)
    .bind(preference.budget_min)
    .bind(categories.join(SEPARATOR))
    .bind(&preference.skills)
    .bind(preference.availability.as_str())
    .bind(preference.updated_at)
    .run(tx)
    .await?;
    Ok(())
}

/// A specialization of an agent, beside its preferences.
#[derive(Deserialize)]
struct FollowerRow {
    specialization: Category,
    #[serde(flatten)]
    preference: Row,
}

/// Lists the active agents of a team with their specializations and preferences.
pub(super) async fn followers(conn: &mut Conn, team: &TeamId) -> Result<Vec<Follower>> {
    let rows: Vec<FollowerRow> = sql("select s.category as specialization, a.id as agent_id, coalesce(p.budget_min, 0) as budget_min, \
         coalesce(p.categories, '') as categories, coalesce(p.skills, '') as skills, \
         coalesce(p.availability, 'available') as availability, p.updated_at from agent a \
         join specialization s on s.agent_id = a.id left join preference p on p.agent_id = a.id \
         where a.team_id = $1 and a.status = 'active' order by a.id, s.category")
    .bind(team)
    .all(conn)
    .await?;
    let mut found: Vec<Follower> = Vec::new();
    for FollowerRow { specialization, preference } in rows {
        match found.last_mut().filter(|last| last.preference.agent_id == preference.agent_id) {
            Some(last) => last.specializations.push(specialization),
            None => found.push(Follower { specializations: vec![specialization], preference: preference.into() }),
        }
    }
    Ok(found)
}
