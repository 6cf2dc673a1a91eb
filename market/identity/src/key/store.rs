//! The table of API keys, with the query that every API request begins with.

use super::{Key, words};
use crate::Actor;
use crate::actor::{AgentChoice, Credential};
use crate::membership::store::{Standing, standing_columns};
use kernel::id::{AgentId, KeyId, MemberId, TeamId};
use kernel::page::Part;
use kernel::{Duration, Page, Result, Time};
use platform::db::{Conn, Tx, sql};
use serde::Deserialize;

pub(super) async fn insert(tx: &mut Tx, key: &Key, made_by: &Option<KeyId>, hash: &str) -> Result<()> {
    sql("insert into api_key (id, hash, member_id, team_id, name, prefix, last_four, scopes, created_at, expires_at, made_by, agent_id) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)")
    .bind(&key.id)
    .bind(hash)
    .bind(&key.member_id)
    .bind(&key.team_id)
    .bind(&key.name)
    .bind(key.prefix.as_str())
    .bind(&key.last_four)
    .bind(key.scopes.join(" "))
    .bind(key.created_at)
    .bind(key.expires_at)
    .bind(made_by)
    .bind(&key.agent_id)
    .run(tx)
    .await?;
    Ok(())
}

/// Counts a team's valid keys.
pub(super) async fn live(conn: &mut Conn, team: &TeamId) -> Result<i64> {
    let now = conn.now;
    sql("select count(*) from api_key where team_id = $1 and revoked_at is null and (expires_at is null or expires_at > $2)")
        .bind(team)
        .bind(now)
        .count(conn)
        .await
}

pub(super) async fn find(conn: &mut Conn, team: &TeamId, id: &KeyId) -> Result<Option<Key>> {
    sql("select id, member_id, team_id, agent_id, name, prefix, last_four, scopes, created_at, expires_at, last_used_at, revoked_at \
         from api_key where id = $1 and team_id = $2")
    .bind(id)
    .bind(team)
    .optional(conn)
    .await
}

/// Lists the keys that a key created itself, without the revoked ones.
pub(super) async fn made_by(conn: &mut Conn, maker: &KeyId) -> Result<Vec<Key>> {
    sql("select id, member_id, team_id, agent_id, name, prefix, last_four, scopes, created_at, expires_at, last_used_at, revoked_at \
         from api_key where made_by = $1 and revoked_at is null order by created_at, id")
    .bind(maker)
    .all(conn)
    .await
}

/// Lists the keys of a team that a member made, or that their keys made, without the revoked ones.
pub(super) async fn of_member(conn: &mut Conn, team: &TeamId, member: &MemberId) -> Result<Vec<Key>> {
    sql("select id, member_id, team_id, agent_id, name, prefix, last_four, scopes, created_at, expires_at, last_used_at, revoked_at \
         from api_key where team_id = $1 and member_id = $2 and revoked_at is null order by created_at, id")
    .bind(team)
    .bind(member)
    .all(conn)
    .await
}

/// Lists a team's keys that were not revoked, newest first. A part may begin after a key that was revoked meanwhile.
pub(super) async fn list(conn: &mut Conn, team: &TeamId, part: &Part) -> Result<Page<Key>> {
    let Part { paging, after } = part;
    if let Some(after) = after {
        let known = sql("select count(*) from api_key where team_id = $1 and id = $2").bind(team).bind(after.as_str());
        part.must_know(known.count(conn).await?)?;
    }
    let total = sql("select count(*) from api_key where team_id = $1 and revoked_at is null").bind(team).count(conn).await?;
    let keys =
        sql("select id, member_id, team_id, agent_id, name, prefix, last_four, scopes, created_at, expires_at, last_used_at, revoked_at \
         from api_key k where team_id = $1 and revoked_at is null and (cast($4 as text) is null or exists (select 1 from api_key c \
         where c.id = $4 and (k.created_at < c.created_at or (k.created_at = c.created_at and k.id < c.id)))) \
         order by created_at desc, id desc limit $2 offset $3")
        .bind(team)
        .part(part)
        .all(conn)
        .await?;
    Ok(Page::new(keys, total, *paging))
}

/// Revokes a key; no effect if it is revoked.
pub(super) async fn revoke(tx: &mut Tx, id: &KeyId) -> Result<()> {
    let now = tx.now;
    sql("update api_key set revoked_at = $1 where id = $2 and revoked_at is null").bind(now).bind(id).run(tx).await?;
    Ok(())
}

/// Revokes every key that a member made.
pub(crate) async fn end_all(tx: &mut Tx, member: &MemberId) -> Result<()> {
    let now = tx.now;
    sql("update api_key set revoked_at = $1 where member_id = $2 and revoked_at is null").bind(now).bind(member).run(tx).await?;
    Ok(())
}

/// Records a use, unless one was recorded within `least`.
pub(super) async fn touch(tx: &mut Tx, id: &KeyId, least: Duration) -> Result<()> {
    let (now, before) = (tx.now, tx.now.before(least));
    sql("update api_key set last_used_at = $1 where id = $2 and (last_used_at is null or last_used_at <= $3)")
        .bind(now)
        .bind(id)
        .bind(before)
        .run(tx)
        .await?;
    Ok(())
}

/// A key with the facts of its actor.
#[derive(Clone, Deserialize)]
pub(super) struct Holder {
    /// The number of the last event when the row was read.
    pub(super) seq: i64,
    id: KeyId,
    #[serde(with = "words")]
    scopes: Vec<String>,
    pub(super) expires_at: Option<Time>,
    pub(super) revoked_at: Option<Time>,
    pub(super) suspended_at: Option<Time>,
    agent_id: Option<AgentId>,
    #[serde(flatten)]
    standing: Standing,
}

impl From<Holder> for Actor {
    fn from(row: Holder) -> Self {
        let actor = row.standing.actor(Credential::Key { id: row.id, scopes: row.scopes });
        match row.agent_id {
            Some(agent) => Actor { agent: Some(agent), agent_choice: AgentChoice::Key, ..actor },
            None => actor,
        }
    }
}

/// The key's maker must still be in the team: without a membership there is no row.
macro_rules! select_holder {
    ($which:literal) => {
        sql(concat!(
            "select (select seq from chain_head where chain = 'event') as seq, k.id, k.scopes, k.expires_at, k.revoked_at, m.suspended_at, \
             k.agent_id, ",
            standing_columns!(),
            " from api_key k join member m on m.id = k.member_id join team t on t.id = k.team_id \
             join team_member s on s.team_id = k.team_id and s.member_id = k.member_id ",
            $which
        ))
    };
}

pub(super) async fn holder(conn: &mut Conn, hash: &str) -> Result<Option<Holder>> {
    select_holder!("where k.hash = $1").bind(hash).optional(conn).await
}

pub(super) async fn holder_of(conn: &mut Conn, id: &KeyId) -> Result<Option<Holder>> {
    select_holder!("where k.id = $1").bind(id).optional(conn).await
}
