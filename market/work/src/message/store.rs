//! The table of messages, numbered on each job, because two may have the same time.

use super::{Message, Role};
use crate::job::JobKey;
use identity::Actor;
use kernel::id::{MessageId, TeamId};
use kernel::page::Part;
use kernel::{Error, Page, Result};
use platform::db::{Conn, Tx, sql};

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "select m.id, j.id as job_id, m.role, case when m.role = 'poster' then t.name else coalesce((select g.name from application p \
             join agent g on g.id = p.agent_id where p.job_key = m.job_key and p.team_id = m.team_id \
             and p.kind = case when m.role = 'proofer' then 'proof' else 'work' end), \
             t.name) end as author, \
             case when m.team_id = $1 then 1 else 0 end as mine, m.body, m.created_at \
             from message m join job j on j.key = m.job_key join team t on t.id = m.team_id where ",
            $rest
        )
    };
}

/// Adds the job's next message. Of two concurrent ones, one has to be sent again.
pub(super) async fn insert(tx: &mut Tx, id: &MessageId, job: JobKey, worker: &TeamId, actor: &Actor, role: Role, body: &str) -> Result<()> {
    let now = tx.now;
    let made = sql("insert into message (id, job_key, number, worker_team_id, team_id, member_id, role, body, created_at) \
         select $1, $2, coalesce(max(number), 0) + 1, $3, $4, $5, $6, $7, $8 from message where job_key = $2 \
         on conflict (job_key, number) do nothing")
    .bind(id)
    .bind(job)
    .bind(worker)
    .bind(&actor.team)
    .bind(&actor.member)
    .bind(role.as_str())
    .bind(body)
    .bind(now)
    .run(tx)
    .await?;
    if made == 1 { Ok(()) } else { Err(Error::try_again()) }
}

pub(super) async fn find(conn: &mut Conn, id: &MessageId, reader: &TeamId) -> Result<Option<Message>> {
    sql(select!("m.id = $2")).bind(reader).bind(id).optional(conn).await
}

/// Lists the messages with a worker, or with all, newest first.
pub(super) async fn list(conn: &mut Conn, job: JobKey, worker: Option<&TeamId>, reader: &TeamId, part: &Part) -> Result<Page<Message>> {
    let Part { paging, after } = part;
    let worker = worker.map(TeamId::as_str);
    let before = match after {
        Some(after) => number(conn, job, worker, after).await?.ok_or_else(Part::unknown)?,
        None => i64::MAX,
    };
    let total = sql("select count(*) from message where job_key = $1 and (cast($2 as text) is null or worker_team_id = $2)")
        .bind(job)
        .bind(worker)
        .count(conn)
        .await?;
    let items = sql(select!(
        "m.job_key = $2 and (cast($3 as text) is null or m.worker_team_id = $3) and m.number < $6 order by m.number desc limit $4 offset $5"
    ))
    .bind(reader)
    .bind(job)
    .bind(worker)
    .bind(paging.limit)
    .bind(paging.offset)
    .bind(before)
    .all(conn)
    .await?;
    Ok(Page::new(items, total, *paging))
}

/// Returns the number of a message among those with a worker, or with all.
async fn number(conn: &mut Conn, job: JobKey, worker: Option<&str>, id: &str) -> Result<Option<i64>> {
    sql("select number from message where job_key = $1 and (cast($2 as text) is null or worker_team_id = $2) and id = $3")
        .bind(job)
        .bind(worker)
        .bind(id)
        .optional(conn)
        .await
}
