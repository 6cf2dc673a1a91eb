//! The tables of disputes and evidence.

use super::{Dispute, Evidence, Judge, NewFact, Status};
use crate::job::{self, JobKey, Ruling};
use crate::party::Party;
use identity::Actor;
use kernel::id::{AgentId, DisputeId, EvidenceId, FileId, JobId, TeamId};
use kernel::page::Part;
use kernel::{Duration, Error, Money, Page, Result, Time};
use platform::db::{Conn, Tx, inconsistent, sql};
use serde::Deserialize;

/// Selects the side whose answer the open dispute of a job `j` waits for; a job has one open dispute at most.
#[macro_export]
macro_rules! unanswered {
    () => {
        "(select case d.side when 'poster' then 'worker' else 'poster' end from dispute d \
         where d.job_key = j.key and d.status = 'open' and d.answer is null)"
    };
}

/// Selects the worker's part of the price of a job `j`, if a ruling divided it.
#[macro_export]
macro_rules! worker_share {
    () => {
        "(select d.worker_share from dispute d where d.job_key = j.key and d.ruling = 'split')"
    };
}

/// The word of the side that opens a dispute.
pub(super) struct Opening<'a> {
    pub(super) side: Party,
    pub(super) by_rejection: bool,
    pub(super) new_fact: Option<NewFact>,
    pub(super) statement: &'a str,
    /// The other side's word, if it has given it already.
    pub(super) answer: Option<&'a str>,
}

/// The facts of a new dispute.
pub(super) struct NewDispute<'a> {
    pub(super) opening: &'a Opening<'a>,
    pub(super) came_from: job::Status,
    pub(super) versions: i64,
    pub(super) time_left: Duration,
    pub(super) due_at: Time,
}

pub(super) async fn insert(tx: &mut Tx, id: &DisputeId, job: JobKey, actor: &Actor, new: &NewDispute<'_>) -> Result<()> {
    let (now, opening) = (tx.now, new.opening);
    let made =
        sql("insert into dispute (id, job_key, side, team_id, member_id, came_from, by_rejection, statement, status, due_at, created_at, \
         new_fact, versions, time_left, answer, answered_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, 'open', $9, $10, $11, $12, $13, $14, $15) on conflict do nothing")
        .bind(id)
        .bind(job)
        .bind(opening.side.as_str())
        .bind(&actor.team)
        .bind(&actor.member)
        .bind(new.came_from.as_str())
        .bind(opening.by_rejection)
        .bind(opening.statement)
        .bind(new.due_at)
        .bind(now)
        .bind(opening.new_fact.map(NewFact::as_str))
        .bind(new.versions)
        .bind(new.time_left)
        .bind(opening.answer)
        .bind(opening.answer.map(|_| now))
        .run(tx)
        .await?;
    // The job's lock prevents two open disputes, so a conflict here is a fault of the program.
    if made == 1 { Ok(()) } else { Err(Error::internal()) }
}

/// Counts the disputes that a side has opened on a job.
pub(super) async fn opened(conn: &mut Conn, job: JobKey, side: Party) -> Result<i64> {
    sql("select count(*) from dispute where job_key = $1 and side = $2").bind(job).bind(side.as_str()).count(conn).await
}

#[derive(Deserialize)]
struct DisputeRow {
    id: DisputeId,
    job_id: JobId,
    job_title: String,
    team_id: TeamId,
    poster: String,
    agent_id: Option<AgentId>,
    worker: Option<String>,
    price: Option<Money>,
    side: Party,
    came_from: job::Status,
    by_rejection: bool,
    new_fact: Option<NewFact>,
    versions: i64,
    time_left: Duration,
    statement: String,
    answer: Option<String>,
    answered_at: Option<Time>,
    status: Status,
    due_at: Time,
    ruling: Option<String>,
    worker_share: Option<Money>,
    reason: Option<String>,
    ruled_by: Option<String>,
    created_at: Time,
    closed_at: Option<Time>,
}

impl TryFrom<DisputeRow> for Dispute {
    type Error = Error;

    /// Reads a row. One that contradicts itself is logged and not handed out.
    fn try_from(row: DisputeRow) -> Result<Self> {
        let id = row.id.clone();
        let wrong = |what| inconsistent("dispute", id.as_str(), what);
        let ruling = match (row.ruling.as_deref(), row.worker_share) {
            (Some("release"), _) => Some(Ruling::Release),
            (Some("refund"), _) => Some(Ruling::Refund),
            (Some(_), Some(worker)) => Some(Ruling::Split { worker }),
            (Some(_), None) => return Err(wrong("a split has the worker's share")),
            (None, _) => None,
        };
        let worker = row.worker.ok_or_else(|| wrong("a disputed job has a worker"))?;
        let price = row.price.ok_or_else(|| wrong("a disputed job has a price"))?;
        Ok(Self {
            id: row.id,
            job_id: row.job_id,
            job_title: row.job_title,
            team_id: row.team_id,
            poster: row.poster,
            agent_id: row.agent_id,
            worker,
            price,
            side: row.side,
            came_from: row.came_from,
            by_rejection: row.by_rejection,
            new_fact: row.new_fact,
            versions: row.versions,
            time_left: row.time_left,
            statement: row.statement,
            answer: row.answer,
            answered_at: row.answered_at,
            status: row.status,
            due_at: row.due_at,
            ruled_by: ruling.map(|_| if row.ruled_by.is_some() { Judge::Admin } else { Judge::Timer }),
            ruling,
            reason: row.reason,
            created_at: row.created_at,
            closed_at: row.closed_at,
        })
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "select d.id, j.id as job_id, j.title as job_title, j.team_id, t.name as poster, j.agent_id, g.name as worker, j.price, d.side, d.came_from, \
             d.by_rejection, d.new_fact, d.versions, d.time_left, d.statement, d.answer, d.answered_at, d.status, d.due_at, d.ruling, d.worker_share, d.reason, \
             d.ruled_by, d.created_at, d.closed_at from dispute d join job j on j.key = d.job_key join team t on t.id = j.team_id \
             left join agent g on g.id = j.agent_id where ",
            $rest
        )
    };
}

pub(super) async fn find(conn: &mut Conn, id: &DisputeId) -> Result<Option<Dispute>> {
    let row: Option<DisputeRow> = sql(select!("d.id = $1")).bind(id).optional(conn).await?;
    row.map(Dispute::try_from).transpose()
}

/// Finds the open dispute of a job.
pub(super) async fn open_one(conn: &mut Conn, job: JobKey) -> Result<Option<Dispute>> {
    let row: Option<DisputeRow> = sql(select!("d.job_key = $1 and d.status = 'open'")).bind(job).optional(conn).await?;
    row.map(Dispute::try_from).transpose()
}

/// Finds the open dispute of a job, or the last that ended.
pub(super) async fn last(conn: &mut Conn, job: JobKey) -> Result<Option<Dispute>> {
    let row: Option<DisputeRow> = sql(select!(
        "d.job_key = $1 order by case when d.status = 'open' then 0 else 1 end, d.created_at desc, d.closed_at desc, d.id limit 1"
    ))
    .bind(job)
    .optional(conn)
    .await?;
    row.map(Dispute::try_from).transpose()
}

/// Lists the disputes with a status, those whose time is over first. A part may begin after one whose status changed meanwhile.
pub(super) async fn of_status(conn: &mut Conn, status: Status, part: &Part) -> Result<Page<Dispute>> {
    let Part { paging, after } = part;
    if let Some(after) = after {
        part.must_know(sql("select count(*) from dispute where id = $1").bind(after.as_str()).count(conn).await?)?;
    }
    let total = sql("select count(*) from dispute where status = $1").bind(status.as_str()).count(conn).await?;
    let rows: Vec<DisputeRow> = sql(select!(
        "d.status = $1 and (cast($4 as text) is null or exists (select 1 from dispute c where c.id = $4 \
         and (d.due_at > c.due_at or (d.due_at = c.due_at and d.id > c.id)))) order by d.due_at, d.id limit $2 offset $3"
    ))
    .bind(status.as_str())
    .part(part)
    .all(conn)
    .await?;
    Ok(Page::new(rows.into_iter().map(Dispute::try_from).collect::<Result<_>>()?, total, *paging))
}

/// Stores the answer; false if there is one.
pub(super) async fn answer(tx: &mut Tx, id: &DisputeId, text: &str) -> Result<bool> {
    let now = tx.now;
    let answered = sql("update dispute set answer = $1, answered_at = $2 where id = $3 and status = 'open' and answer is null")
        .bind(text)
        .bind(now)
        .bind(id)
        .run(tx)
        .await?;
    Ok(answered == 1)
}

/// Ends an open dispute without a ruling; the reason is of one that lapsed.
pub(super) async fn close(tx: &mut Tx, id: &DisputeId, to: Status, reason: Option<&str>) -> Result<()> {
    let now = tx.now;
    let closed = sql("update dispute set status = $1, closed_at = $2, reason = $3 where id = $4 and status = 'open'")
        .bind(to.as_str())
        .bind(now)
        .bind(reason)
        .bind(id)
        .run(tx)
        .await?;
    must_be_one(closed)
}

/// Ends an open dispute with a ruling.
pub(super) async fn rule(tx: &mut Tx, id: &DisputeId, ruling: &Ruling, reason: &str, by: Option<&Actor>) -> Result<()> {
    let now = tx.now;
    let ruled = sql("update dispute set status = 'resolved', ruling = $1, worker_share = $2, reason = $3, ruled_by = $4, closed_at = $5 \
         where id = $6 and status = 'open'")
    .bind(ruling.word())
    .bind(ruling.worker_share())
    .bind(reason)
    .bind(by.map(|actor| actor.member.as_str()))
    .bind(now)
    .bind(id)
    .run(tx)
    .await?;
    must_be_one(ruled)
}

fn must_be_one(changed: u64) -> Result<()> {
    if changed == 1 { Ok(()) } else { Err(Error::try_again()) }
}

/// Counts the pieces of evidence of a side.
pub(super) async fn shown(conn: &mut Conn, id: &DisputeId, side: Party) -> Result<i64> {
    sql("select count(*) from evidence where dispute_id = $1 and side = $2").bind(id).bind(side.as_str()).count(conn).await
}

/// Returns true if a file was evidence in a dispute on the job.
pub(super) async fn is_shown(conn: &mut Conn, job: JobKey, file: &FileId) -> Result<bool> {
    let shown = sql("select count(*) from evidence e join dispute d on d.id = e.dispute_id where e.file_id = $1 and d.job_key = $2");
    Ok(shown.bind(file).bind(job).count(conn).await? > 0)
}

/// Adds the next piece of evidence. The job's lock prevents two with one number.
pub(super) async fn insert_evidence(
    tx: &mut Tx,
    id: &EvidenceId,
    dispute: &DisputeId,
    side: Party,
    actor: &Actor,
    body: &str,
    file: Option<&str>,
) -> Result<()> {
    let now = tx.now;
    sql("insert into evidence (id, dispute_id, number, side, member_id, body, file_id, created_at) \
         select $1, $2, coalesce(max(number), 0) + 1, $3, $4, $5, $6, $7 from evidence where dispute_id = $2")
    .bind(id)
    .bind(dispute)
    .bind(side.as_str())
    .bind(&actor.member)
    .bind(body)
    .bind(file)
    .bind(now)
    .run(tx)
    .await?;
    Ok(())
}

pub(super) async fn evidence(conn: &mut Conn, id: &EvidenceId) -> Result<Option<Evidence>> {
    sql("select id, side, body, file_id, created_at from evidence where id = $1").bind(id).optional(conn).await
}

pub(super) async fn evidence_of(conn: &mut Conn, id: &DisputeId) -> Result<Vec<Evidence>> {
    sql("select id, side, body, file_id, created_at from evidence where dispute_id = $1 order by number").bind(id).all(conn).await
}
