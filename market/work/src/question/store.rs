//! The table of questions, numbered on each job.

use super::{Question, Status};
use crate::job::JobKey;
use identity::Actor;
use kernel::id::{QuestionId, TeamId};
use kernel::page::Part;
use kernel::{Error, Page, Result, Time};
use platform::db::{Conn, Tx, sql};

/// The condition of SQL that the team in the parameter `$reader` does not read the words of question `q` on job `j`.
macro_rules! wordless {
    ($reader:literal) => {
        concat!(
            "q.status = 'removed' or (q.hidden_at is not null and q.team_id <> ",
            $reader,
            " and j.team_id <> ",
            $reader,
            " and coalesce(j.worker_team_id, '') <> ",
            $reader,
            ")"
        )
    };
}

/// Selects questions as the team in the parameter `$reader` reads them: a removed one without its words, and so a hidden one for most.
macro_rules! select {
    ($reader:literal, $($rest:expr),+) => {
        concat!(
            "select q.id, j.id as job_id, case when q.team_id = ", $reader, " then 1 else 0 end as mine, q.behind_nda, \
             case when q.hidden_at is null then 0 else 1 end as is_hidden, case when ", wordless!($reader), " then '' else q.body end as body, \
             q.status, case when ", wordless!($reader), " then null else q.answer end as answer, q.created_at, q.answered_at \
             from question q join job j on j.key = q.job_key where ",
            $($rest),+
        )
    };
}

/// Adds the job's next question. Of two concurrent ones, one has to be sent again.
pub(super) async fn insert(tx: &mut Tx, id: &QuestionId, job: JobKey, actor: &Actor, body: &str, behind_nda: bool) -> Result<()> {
    let now = tx.now;
    let made = sql("insert into question (id, job_key, number, team_id, member_id, body, behind_nda, status, created_at) \
         select $1, $2, coalesce(max(number), 0) + 1, $3, $4, $5, $6, $7, $8 from question where job_key = $2 \
         on conflict (job_key, number) do nothing")
    .bind(id)
    .bind(job)
    .bind(&actor.team)
    .bind(&actor.member)
    .bind(body)
    .bind(behind_nda)
    .bind(Status::Asked.as_str())
    .bind(now)
    .run(tx)
    .await?;
    if made == 1 { Ok(()) } else { Err(Error::try_again()) }
}

pub(super) async fn find(conn: &mut Conn, id: &QuestionId, reader: &TeamId) -> Result<Option<Question>> {
    sql(select!("$1", "q.id = $2")).bind(reader).bind(id).optional(conn).await
}

/// Returns the team that asked a question.
pub(super) async fn asker(conn: &mut Conn, id: &QuestionId) -> Result<Option<TeamId>> {
    sql("select team_id from question where id = $1").bind(id).optional(conn).await
}

/// Counts the questions on a job, the removed ones too.
pub(super) async fn count(conn: &mut Conn, job: JobKey, removed_too: bool) -> Result<i64> {
    let asked = sql("select count(*) from question where job_key = $1 and (status <> 'removed' or $2 = 1)");
    asked.bind(job).bind(i64::from(removed_too)).count(conn).await
}

/// Counts the questions on a job that the member asked, or another member of the team.
pub(super) async fn count_of(conn: &mut Conn, job: JobKey, actor: &Actor) -> Result<i64> {
    let asked = sql("select count(*) from question where job_key = $1 and (team_id = $2 or member_id = $3)");
    asked.bind(job).bind(&actor.team).bind(&actor.member).count(conn).await
}

/// Answers a question that waits; false if it does not.
pub(super) async fn answer(tx: &mut Tx, id: &QuestionId, answer: &str) -> Result<bool> {
    let now = tx.now;
    let answered = sql("update question set answer = $2, answered_at = $3, status = 'answered' where id = $1 and status = 'asked'");
    Ok(answered.bind(id).bind(answer).bind(now).run(tx).await? == 1)
}

/// Removes a question; false if it was removed before.
pub(super) async fn remove(tx: &mut Tx, id: &QuestionId) -> Result<bool> {
    let removed = sql("update question set status = 'removed' where id = $1 and status <> 'removed'").bind(id).run(tx).await?;
    Ok(removed == 1)
}

/// Hides a question with its answer, or shows both again.
pub async fn set_hidden(tx: &mut Tx, id: &QuestionId, at: Option<Time>) -> Result<()> {
    sql("update question set hidden_at = $1 where id = $2").bind(at).bind(id).run(tx).await?;
    Ok(())
}

/// Selects the questions on a job; those from behind the NDA for the parameter 1 alone.
macro_rules! shown {
    () => {
        "q.job_key = $1 and (q.behind_nda = 0 or $2 = 1)"
    };
}

/// Lists the questions on a job, newest first, with or without those from behind the NDA.
pub(super) async fn list(conn: &mut Conn, job: JobKey, reader: &str, may_read: bool, part: &Part) -> Result<Page<Question>> {
    let before = before(conn, job, may_read, part.after.as_deref()).await?;
    let total = sql(concat!("select count(*) from question q where ", shown!())).bind(job).bind(may_read).count(conn).await?;
    let page = sql(select!("$3", shown!(), " and q.number < $4 order by q.number desc limit $5 offset $6"));
    let page = page.bind(job).bind(may_read).bind(reader).bind(before).page(part.paging);
    Ok(Page::new(page.all(conn).await?, total, part.paging))
}

/// Returns the number of the question after which a part goes on; one above all if it begins with the newest.
async fn before(conn: &mut Conn, job: JobKey, may_read: bool, after: Option<&str>) -> Result<i64> {
    let Some(after) = after else { return Ok(i64::MAX) };
    let number = sql(concat!("select q.number from question q where ", shown!(), " and q.id = $3")).bind(job).bind(may_read).bind(after);
    number.optional(conn).await?.ok_or_else(Part::unknown)
}
