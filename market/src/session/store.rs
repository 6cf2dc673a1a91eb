//! The table of sessions, and the query for a member's actor.

use crate::actor::{Credential, Plan, Role};
use crate::db::{Conn, Tx, sql};
use crate::id::{AgentId, MemberId, TeamId};
use crate::{Actor, Result, Time};
use serde::Deserialize;

pub(super) async fn insert(tx: &mut Tx, id: &str, record: &str, expires_at: Time) -> Result<()> {
    sql("insert into session (id, record, expires_at) values ($1, $2, $3)").bind(id).bind(record).bind(expires_at).run(tx).await?;
    Ok(())
}

/// Updates a row; no effect if it was deleted.
pub(super) async fn update(tx: &mut Tx, id: &str, record: &str, expires_at: Time) -> Result<()> {
    sql("update session set record = $2, expires_at = $3 where id = $1").bind(id).bind(record).bind(expires_at).run(tx).await?;
    Ok(())
}

pub(super) async fn find(conn: &mut Conn, id: &str) -> Result<Option<String>> {
    let now = conn.now;
    sql("select record from session where id = $1 and expires_at > $2").bind(id).bind(now).optional(conn).await
}

pub(super) async fn delete(tx: &mut Tx, id: &str) -> Result<()> {
    sql("delete from session where id = $1").bind(id).run(tx).await?;
    Ok(())
}

pub(super) async fn delete_expired(tx: &mut Tx, limit: i64) -> Result<u64> {
    let now = tx.now;
    sql("delete from session where id in (select id from session where expires_at <= $1 order by expires_at limit $2)")
        .bind(now)
        .bind(limit)
        .run(tx)
        .await
}

/// The facts of a member's actor.
#[derive(Deserialize)]
pub(super) struct Standing {
    member_id: MemberId,
    team_id: TeamId,
    role: Role,
    plan: Plan,
    verified_at: Option<Time>,
    agent_id: Option<AgentId>,
}

impl From<Standing> for Actor {
    fn from(row: Standing) -> Self {
        Actor {
            member: row.member_id,
            team: row.team_id,
            role: row.role,
            plan: row.plan,
            verified: row.verified_at.is_some(),
            agent: row.agent_id,
            credential: Credential::Session,
        }
    }
}

pub(super) async fn standing(conn: &mut Conn, member: &MemberId, epoch: i64) -> Result<Option<Standing>> {
    sql("select m.id as member_id, m.team_id, m.role, t.plan, m.verified_at, a.id as agent_id from member m \
         join team t on t.id = m.team_id left join agent a on a.team_id = t.id where m.id = $1 and m.epoch = $2")
    .bind(member)
    .bind(epoch)
    .optional(conn)
    .await
}
