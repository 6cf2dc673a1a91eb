//! The table of jobs.

mod moves;

use super::access::Standing;
use super::{Approver, Job, JobKey, Status, job_is_listed, job_status, job_statuses};
use crate::review::ReviewColumns;
use kernel::id::{JobId, TeamId};
use kernel::{Error, Result, Time};
pub(super) use moves::{MoveFacts, MoveRow, move_rows, told};
use moves::{move_facts, standing};
use platform::db::{Conn, Tx, inconsistent, sql};

/// Returns true if a team has so many jobs or more that are not funded.
pub(super) async fn has_unfunded(tx: &mut Tx, team: &TeamId, count: i64) -> Result<bool> {
    let one_more = sql(concat!(
        "select count(*) from (select 1 from job where team_id = $1 and status in ",
        job_statuses!(unfunded),
        " and escrow = 'none' limit 1 offset $2) as found"
    ));
    Ok(one_more.bind(team).bind(count.saturating_sub(1).max(0)).count(tx).await? > 0)
}

/// Counts the jobs that a team paid for, among its newest ones.
pub(super) async fn count_paid(tx: &mut Tx, team: &TeamId) -> Result<i64> {
    sql("select count(*) from (select escrow from job where team_id = $1 order by key desc limit 5000) as newest \
         where escrow in ('released', 'split')")
    .bind(team)
    .count(tx)
    .await
}

/// Inserts a job and returns its key.
pub(super) async fn insert(tx: &mut Tx, job: &Job) -> Result<JobKey> {
    sql("insert into job (id, team_id, member_id, title, search, description, category, status, budget_min, budget_max, deadline, \
         release_delay, fee_bps, escrow, due_at, created_at, updated_at, summary, confidential, applications_until, escrow_timing, payment, \
         revisions_max, skills) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, \
         $23, $24) returning key")
    .bind(&job.id)
    .bind(&job.team_id)
    .bind(&job.member_id)
    .bind(&job.title)
    .bind(searched(job))
    .bind(&job.description)
    .bind(job.category.as_str())
    .bind(job.status.as_str())
    .bind(job.budget_min)
    .bind(job.budget_max)
    .bind(job.deadline)
    .bind(job.release_delay)
    .bind(job.fee_bps)
    .bind(job.escrow.as_str())
    .bind(job.due_at)
    .bind(job.created_at)
    .bind(job.updated_at)
    .bind(&job.summary)
    .bind(job.confidential)
    .bind(job.applications_until)
    .bind(job.terms.escrow_timing.as_str())
    .bind(job.terms.payment.as_str())
    .bind(job.terms.revisions_max)
    .bind(&job.terms.skills)
    .optional(tx)
    .await?
    .ok_or_else(Error::internal)
}

/// Selects a whole job `j` with its review, and more.
macro_rules! select_job {
    ($($more:expr),*) => {
        concat!(
            "select j.key, j.id, j.team_id, j.member_id, j.title, j.summary, j.description, j.confidential, j.category, j.status, j.budget_min, j.budget_max, \
             j.applications_until, j.deadline, j.release_delay, j.fee_bps, j.escrow_timing, j.payment, j.revisions_max, j.skills, j.disputed_at, j.approved_by, j.agent_id, j.worker_team_id, j.application_id, j.price, j.escrow, \
             j.revisions, j.reason, j.due_at, j.created_at, j.updated_at, j.closed_at, j.featured_until, j.hidden_at, j.version, v.proofer_count, \
             v.proof_fee, v.proof_rounds, v.tie_break, v.rubric, v.round, v.consensus, v.round_ends_by",
            $($more,)*
            " from job j left join review v on v.job_key = j.key where j.id = $1"
        )
    };
}

/// Finds a job. A row that contradicts itself is logged and not handed out.
pub(crate) async fn find(conn: &mut Conn, id: &JobId) -> Result<Option<Job>> {
    let found: Option<(Job, ReviewColumns)> = sql(select_job!("")).bind(id).optional(conn).await?;
    found.map(|(job, columns)| whole(job, columns)).transpose()
}

/// Finds a job and what a team has to do with it.
pub(super) async fn with_standing(conn: &mut Conn, id: &JobId, team: &str) -> Result<Option<(Job, Standing)>> {
    let found: Option<(Job, ReviewColumns, Standing)> = sql(select_job!(", ", standing!("$2"))).bind(id).bind(team).optional(conn).await?;
    found.map(|(job, columns, standing)| Ok((whole(job, columns)?, standing))).transpose()
}

/// Puts a job and its review together, unless its facts contradict each other.
fn whole(mut job: Job, columns: ReviewColumns) -> Result<Job> {
    let checked = columns.review().and_then(|review| {
        job.review = review;
        job.check()
    });
    match checked {
        Ok(()) => Ok(job),
        Err(what) => Err(inconsistent("job", job.id.as_str(), what)),
    }
}

/// Locks a job in its status for the rest of the act; false if it has another status by now.
pub(super) async fn hold(tx: &mut Tx, id: &JobId, status: Status) -> Result<bool> {
    let held = sql("update job set updated_at = updated_at where id = $1 and status = $2");
    Ok(held.bind(id).bind(status.as_str()).run(tx).await? == 1)
}

/// Locks an open job for the rest of the act; false if it is not open by now, or an admin hid it.
pub(super) async fn hold_listed(tx: &mut Tx, id: &JobId) -> Result<bool> {
    let held = sql(concat!("update job as j set updated_at = updated_at where j.id = $1 and ", job_is_listed!()));
    Ok(held.bind(id).run(tx).await? == 1)
}

/// Locks a job's timer and the job, in this order, for the rest of the act.
pub(crate) async fn lock(tx: &mut Tx, id: &JobId) -> Result<()> {
    if tx.is_alone() {
        return Ok(());
    }
    // The job is read afterwards, by a statement that sees what others committed before this lock.
    let locked = sql("with timer_lock as materialized (select key from timer where id = \
         (select 'job:' || lpad(cast(key as text), 12, '0') from job where id = $1) for no key update) \
         select key from job where id = $1 and (select count(*) from timer_lock) >= 0 for no key update");
    locked.bind(id).optional::<i64>(tx).await?;
    Ok(())
}

/// Saves the job; a conflict if another act changed it first.
pub(super) async fn update(tx: &mut Tx, job: &mut Job, from: Status) -> Result<()> {
    let saved = sql("update job set status = $1, agent_id = $2, worker_team_id = $3, application_id = $4, price = $5, escrow = $6, \
         revisions = $7, reason = $8, due_at = $9, updated_at = $10, closed_at = $11, disputed_at = $12, \
         approved_by = $13, version = version + 1 where id = $14 and status = $15 and version = $16")
    .bind(job.status.as_str())
    .bind(&job.agent_id)
    .bind(&job.worker_team_id)
    .bind(&job.application_id)
    .bind(job.price)
    .bind(job.escrow.as_str())
    .bind(job.revisions)
    .bind(&job.reason)
    .bind(job.due_at)
    .bind(job.updated_at)
    .bind(job.closed_at)
    .bind(job.disputed_at)
    .bind(job.approved_by.map(Approver::as_str))
    .bind(&job.id)
    .bind(from.as_str())
    .bind(job.version)
    .run(tx)
    .await?;
    if saved == 1 {
        job.version += 1;
        Ok(())
    } else {
        Err(super::errors::job_moved())
    }
}

/// Hides a job, or shows it again. The change of its version ends acts that read it before.
pub(super) async fn set_hidden(tx: &mut Tx, id: &JobId, at: Option<Time>) -> Result<()> {
    sql("update job set hidden_at = $1, version = version + 1 where id = $2").bind(at).bind(id).run(tx).await?;
    Ok(())
}

/// Locks the timer that ends a job's featuring before the job, in the order in which that timer takes both.
pub(super) async fn lock_featuring(tx: &mut Tx, id: &JobId) -> Result<()> {
    sql("update timer set attempts = attempts where id = 'feature:' || $1").bind(id).run(tx).await?;
    Ok(())
}

/// Features an open job; false if it changed meanwhile.
pub(super) async fn feature(tx: &mut Tx, job: &mut Job) -> Result<bool> {
    let saved = sql(concat!(
        "update job set featured_until = $1, updated_at = $2, version = version + 1 where id = $3 and version = $4 and status = ",
        job_status!(open)
    ))
    .bind(job.featured_until)
    .bind(job.updated_at)
    .bind(&job.id)
    .bind(job.version)
    .run(tx)
    .await?;
    job.version += 1;
    Ok(saved == 1)
}

/// Writes what an open job says and may cost; false if it changed meanwhile.
pub(super) async fn edit(tx: &mut Tx, job: &mut Job) -> Result<bool> {
    let saved = sql(concat!(
        "update job set title = $1, search = $2, description = $3, category = $4, budget_min = $5, budget_max = $6, deadline = $7, \
         due_at = $8, updated_at = $9, summary = $10, confidential = $11, applications_until = $12, skills = $13, \
         version = version + 1 where id = $14 and version = $15 and status = ",
        job_status!(open)
    ))
    .bind(&job.title)
    .bind(searched(job))
    .bind(&job.description)
    .bind(job.category.as_str())
    .bind(job.budget_min)
    .bind(job.budget_max)
    .bind(job.deadline)
    .bind(job.due_at)
    .bind(job.updated_at)
    .bind(&job.summary)
    .bind(job.confidential)
    .bind(job.applications_until)
    .bind(&job.terms.skills)
    .bind(&job.id)
    .bind(job.version)
    .run(tx)
    .await?;
    job.version += 1;
    Ok(saved == 1)
}

/// Writes the skills of a job once more, for the lists that are narrowed by them.
pub(super) async fn write_skills(tx: &mut Tx, job: &Job) -> Result<()> {
    sql("delete from job_skill where job_key = $1").bind(job.key).run(tx).await?;
    for skill in job.terms.skills.words() {
        sql("insert into job_skill (job_key, skill) values ($1, $2)").bind(job.key).bind(skill).run(tx).await?;
    }
    Ok(())
}

/// Ends a job's featuring when its time is over.
pub(super) async fn unfeature(tx: &mut Tx, id: &JobId) -> Result<()> {
    let now = tx.now;
    sql("update job set featured_until = null where id = $1 and featured_until <= $2").bind(id).bind(now).run(tx).await?;
    Ok(())
}

/// The names and numbers around a job, in one row.
#[derive(serde::Deserialize)]
pub(super) struct Surroundings {
    pub poster: String,
    pub worker: Option<String>,
    pub held: kernel::Money,
    pub applications: i64,
    pub share: Option<kernel::Money>,
}

pub(super) async fn surroundings(conn: &mut Conn, key: JobKey) -> Result<Option<(Surroundings, MoveFacts)>> {
    sql(concat!(
        "select t.name as poster, g.name as worker, coalesce(a.balance, 0) as held, \
         (select count(*) from application p where p.job_key = j.key and p.kind = 'work') as applications, ",
        crate::worker_share!(),
        " as share, ",
        move_facts!(),
        " from job j join team t on t.id = j.team_id left join agent g on g.id = j.agent_id \
         left join review v on v.job_key = j.key \
         left join account a on a.id = 'escrow:' || j.id where j.key = $1"
    ))
    .bind(key)
    .optional(conn)
    .await
}

/// Returns the public text of a job that is searched, in lower case.
fn searched(job: &Job) -> String {
    format!("{}\n{}", job.title, job.summary).to_lowercase()
}
