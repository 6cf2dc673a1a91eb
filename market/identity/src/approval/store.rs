//! Approvals as rows.

use super::actions::Asked;
use super::{Approval, Status};
use crate::Actor;
use crate::actor::Credential;
use kernel::id::{AgentId, ApprovalId, KeyId, TeamId};
use kernel::page::Part;
use kernel::{Money, Page, Result, Time};
use platform::db::{Conn, Tx, sql};

macro_rules! select {
    ($rest:literal) => {
        sql(concat!(
            "select p.id, p.team_id, p.agent_id, a.name as agent, p.job_id, p.act, p.title, p.category, p.amount, p.status, p.asked_at, \
             p.key_id, p.expires_at, p.decided_by, p.decided_at from approval p join agent a on a.id = p.agent_id where ",
            $rest
        ))
    };
}

/// Finds an approval, whichever team it is of.
pub(super) async fn of_any_team(conn: &mut Conn, id: &ApprovalId) -> Result<Option<Approval>> {
    select!("p.id = $1").bind(id).optional(conn).await
}

/// Lists the approvals of a team, the newest first: all, or those of an agent or in a state.
pub(super) async fn list(
    conn: &mut Conn,
    team: &TeamId,
    agent: Option<&AgentId>,
    status: Option<Status>,
    part: &Part,
) -> Result<Page<Approval>> {
    let (agent, status) = (agent.map(AgentId::as_str), status.map(Status::as_str));
    if let Some(after) = &part.after {
        let known = sql("select count(*) from approval where team_id = $1 and id = $2").bind(team).bind(after.as_str());
        part.must_know(known.count(conn).await?)?;
    }
    let total = sql("select count(*) from approval where team_id = $1 and (cast($2 as text) is null or agent_id = $2) \
         and (cast($3 as text) is null or status = $3)")
    .bind(team)
    .bind(agent)
    .bind(status)
    .count(conn)
    .await?;
    let found = select!(
        "p.team_id = $1 and (cast($4 as text) is null or p.id < $4) and (cast($5 as text) is null or p.agent_id = $5) \
         and (cast($6 as text) is null or p.status = $6) order by p.id desc limit $2 offset $3"
    )
    .bind(team)
    .part(part)
    .bind(agent)
    .bind(status)
    .all(conn)
    .await?;
    Ok(Page::new(found, total, part.paging))
}

/// Finds the request of a spend that waits, or was approved and not used.
pub(super) async fn open_of(conn: &mut Conn, agent: &AgentId, subject: &str, amount: Money) -> Result<Option<ApprovalId>> {
    let now = conn.now;
    sql("select id from approval where agent_id = $1 and subject = $2 and amount = $3 and ended_at is null and expires_at > $4 limit 1")
        .bind(agent)
        .bind(subject)
        .bind(amount)
        .bind(now)
        .optional(conn)
        .await
}

/// Finds an approval that covers a spend and was not used: the smallest one that does.
pub(super) async fn approved_of(conn: &mut Conn, agent: &AgentId, subject: &str, amount: Money) -> Result<Option<ApprovalId>> {
    let now = conn.now;
    sql("select id from approval where agent_id = $1 and subject = $2 and status = $5 and amount >= $3 and expires_at > $4 \
         order by amount, id limit 1")
    .bind(agent)
    .bind(subject)
    .bind(amount)
    .bind(now)
    .bind(Status::Approved.as_str())
    .optional(conn)
    .await
}

/// Finds a denial since a time of this sum or a smaller one.
pub(super) async fn denied_of(conn: &mut Conn, agent: &AgentId, subject: &str, amount: Money, since: Time) -> Result<Option<ApprovalId>> {
    sql("select id from approval where agent_id = $1 and subject = $2 and status = 'denied' and amount <= $3 and decided_at > $4 limit 1")
        .bind(agent)
        .bind(subject)
        .bind(amount)
        .bind(since)
        .optional(conn)
        .await
}

/// Counts the requests of an agent that wait.
pub(super) async fn count_waiting(conn: &mut Conn, agent: &AgentId) -> Result<i64> {
    let now = conn.now;
    sql("select count(*) from approval where agent_id = $1 and status = 'pending' and expires_at > $2")
        .bind(agent)
        .bind(now)
        .count(conn)
        .await
}

/// Keeps a request.
pub(super) async fn insert(tx: &mut Tx, id: &ApprovalId, actor: &Actor, asked: &Asked, expires_at: Time) -> Result<()> {
    let now = tx.now;
    let key = match &actor.credential {
        Credential::Key { id, .. } => Some(id),
        _ => None,
    };
    sql("insert into approval (id, team_id, agent_id, subject, job_id, act, title, category, amount, status, asked_at, asked_by, key_id, \
         expires_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)")
    .bind(id)
    .bind(&actor.team)
    .bind(&asked.agent_id)
    .bind(&asked.subject)
    .bind(asked.job_id.as_ref().map(|job| job.as_str()))
    .bind(asked.act.as_str())
    .bind(&asked.title)
    .bind(&asked.category)
    .bind(asked.required)
    .bind(Status::Pending.as_str())
    .bind(now)
    .bind(&actor.member)
    .bind(key.map(KeyId::as_str))
    .bind(expires_at)
    .run(tx)
    .await?;
    Ok(())
}

/// Decides on a request that waits; false if it does not any more.
pub(super) async fn decide(tx: &mut Tx, id: &ApprovalId, actor: &Actor, status: Status, until: Time) -> Result<bool> {
    let now = tx.now;
    let ended_at = Some(now).filter(|_| status == Status::Denied);
    let decided = sql("update approval set status = $2, decided_by = $3, decided_at = $4, expires_at = $5, ended_at = $6 \
         where id = $1 and status = 'pending' and expires_at > $4")
    .bind(id)
    .bind(status.as_str())
    .bind(&actor.member)
    .bind(now)
    .bind(until)
    .bind(ended_at)
    .run(tx)
    .await?;
    Ok(decided == 1)
}

/// Ends an approval in a state; false if it is in another one.
pub(super) async fn end(tx: &mut Tx, id: &ApprovalId, from: Status, to: Status) -> Result<bool> {
    let now = tx.now;
    let ended = sql("update approval set status = $3, ended_at = $4 where id = $1 and status = $2")
        .bind(id)
        .bind(from.as_str())
        .bind(to.as_str())
        .bind(now)
        .run(tx)
        .await?;
    Ok(ended == 1)
}

/// Deletes approvals that ended before a time, a batch at a time.
pub(super) async fn delete_ended(tx: &mut Tx, since: Time, limit: i64) -> Result<u64> {
    sql("delete from approval where id in (select id from approval where ended_at < $1 order by ended_at limit $2)")
        .bind(since)
        .bind(limit)
        .run(tx)
        .await
}
