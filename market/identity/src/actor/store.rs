//! Queries for the validity of many credentials, a hundred at a time with the same statement, and for a team's agents.

use crate::key::words;
use crate::membership::store::Held;
use kernel::Result;
use kernel::id::{AgentId, MemberId, TeamId};
use platform::db::{Conn, Query, sql};
use serde::Deserialize;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// The number of ids in one query.
const BATCH: usize = 100;

/// `$1, $2, …, $100`.
static PLACES: LazyLock<String> = LazyLock::new(|| (1..=BATCH).map(|n| format!("${n}")).collect::<Vec<_>>().join(", "));

fn text(before: &str, after: &str) -> String {
    format!("{before} ({}) {after}", *PLACES)
}

static KEYS: LazyLock<String> = LazyLock::new(|| {
    text(
        "select k.id, k.scopes, s.role_id, r.scopes as role_scopes from api_key k join team_member s on s.team_id = k.team_id \
         and s.member_id = k.member_id join member m on m.id = k.member_id left join role r on r.id = s.role_id and r.team_id = s.team_id where k.id in",
        "and m.suspended_at is null and k.revoked_at is null and (k.expires_at is null or k.expires_at > $101)",
    )
});
static MEMBERS: LazyLock<String> = LazyLock::new(|| {
    text(
        "select m.id, m.epoch, s.team_id, s.role_id, r.scopes as role_scopes from member m join team_member s on s.member_id = m.id \
         left join role r on r.id = s.role_id and r.team_id = s.team_id where m.id in",
        "",
    )
});
static SESSIONS: LazyLock<String> = LazyLock::new(|| text("select id from session where id in", "and expires_at > $101"));

/// Splits ids into full batches; the last one is filled by repeating an id.
fn batches(ids: &HashSet<&str>, text: &'static str) -> Vec<Query> {
    let ids: Vec<_> = ids.iter().copied().collect();
    let full = |some: &[&str]| (0..BATCH).fold(sql(text), |query, n| query.bind(some[n.min(some.len() - 1)]));
    ids.chunks(BATCH).map(full).collect()
}

/// The scopes of a key and of its maker's role.
pub(super) struct Key {
    pub(super) scopes: Vec<String>,
    pub(super) role: Vec<String>,
}

#[derive(Deserialize)]
struct KeyRow {
    id: String,
    #[serde(with = "words")]
    scopes: Vec<String>,
    #[serde(flatten)]
    held: Held,
}

/// Returns the valid keys, each with its scopes.
pub(super) async fn working_keys(conn: &mut Conn, ids: &HashSet<&str>) -> Result<HashMap<String, Key>> {
    let (now, mut found) = (conn.now, HashMap::new());
    for query in batches(ids, &KEYS) {
        let keys: Vec<KeyRow> = query.bind(now).all(conn).await?;
        found.extend(keys.into_iter().map(|row| (row.id, Key { scopes: row.scopes, role: row.held.scopes() })));
    }
    Ok(found)
}

pub(super) async fn live_sessions(conn: &mut Conn, ids: &HashSet<&str>) -> Result<HashSet<String>> {
    let (now, mut found) = (conn.now, HashSet::new());
    for query in batches(ids, &SESSIONS) {
        found.extend(query.bind(now).all::<String>(conn).await?);
    }
    Ok(found)
}

/// A member's role in a team.
pub(super) struct Member {
    pub(super) epoch: i64,
    pub(super) role: Vec<String>,
}

#[derive(Deserialize)]
struct MemberRow {
    id: MemberId,
    team_id: TeamId,
    epoch: i64,
    #[serde(flatten)]
    held: Held,
}

/// Returns each member's role in each of their teams.
pub(super) async fn members(conn: &mut Conn, ids: &HashSet<&str>) -> Result<HashMap<(MemberId, TeamId), Member>> {
    let mut found = HashMap::new();
    for query in batches(ids, &MEMBERS) {
        let members: Vec<MemberRow> = query.all(conn).await?;
        found.extend(members.into_iter().map(|row| ((row.id, row.team_id), Member { epoch: row.epoch, role: row.held.scopes() })));
    }
    Ok(found)
}

/// An agent of a team.
#[derive(Deserialize)]
pub(super) struct TeamAgent {
    pub(super) id: AgentId,
    pub(super) name: String,
    pub(super) is_active: bool,
    pub(super) is_hidden: bool,
}

/// Finds an agent of a team.
pub(super) async fn agent_of(conn: &mut Conn, team: &TeamId, id: &AgentId) -> Result<Option<TeamAgent>> {
    sql("select id, name, case when status = 'active' then 1 else 0 end as is_active, \
         case when hidden_at is null then 0 else 1 end as is_hidden from agent where id = $1 and team_id = $2")
    .bind(id)
    .bind(team)
    .optional(conn)
    .await
}

/// Lists a team's agents in service: the default first, then by name. A team has a limited number of them.
pub(super) async fn agents_of(conn: &mut Conn, team: &TeamId) -> Result<Vec<TeamAgent>> {
    sql("select id, name, case when status = 'active' then 1 else 0 end as is_active, \
         case when hidden_at is null then 0 else 1 end as is_hidden from agent \
         where team_id = $1 and status <> 'retired' order by is_default desc, name, id")
    .bind(team)
    .all(conn)
    .await
}
