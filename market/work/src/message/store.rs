//! The table of messages, numbered on each job, because two may have the same time.

use super::{Message, Role};
use crate::job::{Job, JobKey};
use identity::Actor;
use kernel::id::{MessageId, TeamId};
use kernel::page::Part;
use kernel::{Error, Page, Result};
use platform::db::{Conn, Query, Tx, sql};

/// Selects messages as the team in the parameter `$reader` reads them.
macro_rules! select {
    ($reader:literal, $($rest:expr),+) => {
        concat!(
            "select m.id, j.id as job_id, m.role, case when m.role = 'poster' then t.name else coalesce((select g.name from application p \
             join agent g on g.id = p.agent_id where p.job_key = m.job_key and p.team_id = m.team_id \
             and p.kind = case when m.role = 'proofer' then 'proof' else 'work' end), \
             t.name) end as author, \
             case when m.team_id = ", $reader, " then 1 else 0 end as mine, m.body, m.created_at \
             from message m join job j on j.key = m.job_key join team t on t.id = m.team_id where ",
            $($rest),+
        )
    };
}

/// Adds the job's next message. Of two concurrent ones, one has to be sent again.
pub(super) async fn insert(tx: &mut Tx, id: &MessageId, job: &Job, worker: &TeamId, actor: &Actor, role: Role, body: &str) -> Result<()> {
    let now = tx.now;
    let made = sql("insert into message (id, job_key, number, worker_team_id, team_id, member_id, role, body, created_at, round) \
         select $1, $2, coalesce(max(number), 0) + 1, $3, $4, $5, $6, $7, $8, $9 from message where job_key = $2 \
         on conflict (job_key, number) do nothing")
    .bind(id)
    .bind(job.key)
    .bind(worker)
    .bind(&actor.team)
    .bind(&actor.member)
    .bind(role.as_str())
    .bind(body)
    .bind(now)
    .bind(job.round())
    .run(tx)
    .await?;
    if made == 1 { Ok(()) } else { Err(Error::try_again()) }
}

pub(super) async fn find(conn: &mut Conn, id: &MessageId, reader: &TeamId) -> Result<Option<Message>> {
    sql(select!("$1", "m.id = $2")).bind(reader).bind(id).optional(conn).await
}

/// Selects the messages with a worker, or with all, without those of the proofers of a sealed round.
macro_rules! heard {
    () => {
        "m.job_key = $1 and (cast($2 as text) is null or m.worker_team_id = $2) \
         and (cast($3 as bigint) is null or m.role <> 'proofer' or m.round < $3)"
    };
}

/// Lists the messages with a worker, or with all, newest first; those of the proofers of a sealed round are left out.
pub(super) async fn list(
    conn: &mut Conn,
    job: JobKey,
    worker: Option<&TeamId>,
    sealed: Option<i64>,
    reader: &TeamId,
    part: &Part,
) -> Result<Page<Message>> {
    let Part { paging, after } = part;
    let heard = |query: Query| query.bind(job).bind(worker.map(TeamId::as_str)).bind(sealed);
    let before = match after {
        Some(after) => {
            let number = heard(sql(concat!("select m.number from message m where ", heard!(), " and m.id = $4"))).bind(after.as_str());
            number.optional(conn).await?.ok_or_else(Part::unknown)?
        }
        None => i64::MAX,
    };
    let total = heard(sql(concat!("select count(*) from message m where ", heard!()))).count(conn).await?;
    let items = heard(sql(select!("$4", heard!(), " and m.number < $7 order by m.number desc limit $5 offset $6")))
        .bind(reader)
        .page(*paging)
        .bind(before)
        .all(conn)
        .await?;
    Ok(Page::new(items, total, *paging))
}

/// Lists the messages of the proofers of a job's current round, the oldest first.
pub(super) async fn of_proofers(conn: &mut Conn, job: &Job, worker: &TeamId) -> Result<Vec<Message>> {
    sql(select!("$3", "m.job_key = $1 and m.role = 'proofer' and m.round = $2 and m.worker_team_id = $3 order by m.number limit 1000"))
        .bind(job.key)
        .bind(job.round())
        .bind(worker)
        .all(conn)
        .await
}
