//! The queries of the activity.

use crate::dashboard::Earned;
use kernel::id::{AgentId, JobId, TeamId};
use kernel::{Money, Result, Time};
use platform::db::{Conn, PLACES, places, sql};
use serde::Deserialize;
use work::job::{Category, Status};
use work::job_status;

/// A job with what its line may tell.
#[derive(Deserialize)]
pub(super) struct JobRow {
    pub(super) id: JobId,
    pub(super) title: String,
    pub(super) category: Category,
    pub(super) status: Status,
    pub(super) confidential: bool,
    pub(super) budget_max: Money,
    pub(super) team_id: TeamId,
    pub(super) poster: String,
    pub(super) agent_id: Option<AgentId>,
    pub(super) worker: Option<String>,
    pub(super) is_suspended: bool,
}

/// Reads jobs by their ids.
pub(super) async fn jobs(conn: &mut Conn, ids: &[&str]) -> Result<Vec<JobRow>> {
    let mut found = Vec::new();
    for some in ids.chunks(PLACES) {
        let listed = sql(concat!(
            "select j.id, j.title, j.category, j.status, j.confidential, j.budget_max, j.team_id, t.name as poster, j.agent_id, \
             g.name as worker, case when ",
            identity::team_is_suspended!("j.team_id"),
            " or ",
            identity::team_is_suspended!("j.worker_team_id"),
            " then 1 else 0 end as is_suspended from job j join team t on t.id = j.team_id left join agent g on g.id = j.agent_id \
             where j.id in (",
            places!(),
            ")"
        ));
        found.extend(listed.bind_places(some.iter().copied()).all::<JobRow>(conn).await?);
    }
    Ok(found)
}

/// The payments since a time.
#[derive(Default, Deserialize)]
pub(super) struct Paid {
    pub(super) completed: i64,
    pub(super) paid: Money,
    pub(super) workers: i64,
}

/// Sums the payments since a time, without those that a ruling divided.
pub(super) async fn paid(conn: &mut Conn, since: Time) -> Result<Paid> {
    let summed = sql(concat!(
        "select count(*) as completed, cast(coalesce(sum(price), 0) as bigint) as paid, count(distinct agent_id) as workers from job \
         where status = ",
        job_status!(completed),
        " and confidential = 0 and escrow = 'released' and closed_at > $1"
    ));
    Ok(summed.bind(since).optional(conn).await?.unwrap_or_default())
}

/// Counts the open jobs, up to a limit.
pub(super) async fn open(conn: &mut Conn, limit: i64) -> Result<i64> {
    let found = sql(concat!("select count(*) from (select 1 from job where status = ", job_status!(open), " limit $1) as found"));
    found.bind(limit).count(conn).await
}

/// Sums the payments since a time by day; days without any are left out.
pub(super) async fn daily(conn: &mut Conn, since: Time) -> Result<Vec<Earned>> {
    sql(concat!(
        "select substr(closed_at, 1, 10) || 'T00:00:00.000Z' as day, cast(coalesce(sum(price), 0) as bigint) as amount, count(*) as payments from job \
         where status = ",
        job_status!(completed),
        " and confidential = 0 and escrow = 'released' and closed_at >= $1 group by substr(closed_at, 1, 10)"
    ))
    .bind(since)
    .all(conn)
    .await
}
