//! Queries for the validity of many credentials, a hundred at a time with the same statement.

use crate::Result;
use crate::db::{Conn, Query, sql};
use crate::id::TeamId;
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

static KEYS: LazyLock<String> =
    LazyLock::new(|| text("select id from api_key where id in", "and revoked_at is null and (expires_at is null or expires_at > $101)"));
static MEMBERS: LazyLock<String> = LazyLock::new(|| text("select id, team_id, epoch from member where id in", ""));
static SESSIONS: LazyLock<String> = LazyLock::new(|| text("select id from session where id in", "and expires_at > $101"));

/// Splits ids into full batches; the last one is filled by repeating an id.
fn batches(ids: &HashSet<&str>, text: &'static str) -> Vec<Query> {
    let ids: Vec<_> = ids.iter().copied().collect();
    let full = |some: &[&str]| (0..BATCH).fold(sql(text), |query, n| query.bind(some[n.min(some.len() - 1)]));
    ids.chunks(BATCH).map(full).collect()
}

pub(super) async fn working_keys(conn: &mut Conn, ids: &HashSet<&str>) -> Result<HashSet<String>> {
    let (now, mut found) = (conn.now, HashSet::new());
    for query in batches(ids, &KEYS) {
        found.extend(query.bind(now).all::<String>(conn).await?);
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

#[derive(Deserialize)]
struct Member {
    id: String,
    team_id: TeamId,
    epoch: i64,
}

/// Returns the team and the epoch of each member.
pub(super) async fn members(conn: &mut Conn, ids: &HashSet<&str>) -> Result<HashMap<String, (TeamId, i64)>> {
    let mut found = HashMap::new();
    for query in batches(ids, &MEMBERS) {
        let members: Vec<Member> = query.all(conn).await?;
        found.extend(members.into_iter().map(|member| (member.id, (member.team_id, member.epoch))));
    }
    Ok(found)
}
