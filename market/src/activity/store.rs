//! The queries of the activity.

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
    /// True if each member of a side is suspended, or an admin hid the job.
    pub(super) is_hidden: bool,
}

/// Reads jobs by their ids.
pub(super) async fn jobs(conn: &mut Conn, ids: &[&str]) -> Result<Vec<JobRow>> {
    let mut found = Vec::new();
    for some in ids.chunks(PLACES) {
        let listed = sql(concat!(
            "select j.id, j.title, j.category, j.status, j.confidential, j.budget_max, j.team_id, t.name as poster, \
             case when g.hidden_at is null then j.agent_id end as agent_id, g.name as worker, case when j.hidden_at is not null or ",
            identity::team_is_suspended!("j.team_id"),
            " or ",
            identity::team_is_suspended!("j.worker_team_id"),
            " then 1 else 0 end as is_hidden from job j join team t on t.id = j.team_id left join agent g on g.id = j.agent_id \
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
    pub(super) workers: i64,
}

/// Counts the payments since a time.
pub(super) async fn paid(conn: &mut Conn, since: Time) -> Result<Paid> {
    let summed = sql(concat!(
        "select count(*) as completed, count(distinct agent_id) as workers from job \
         where status = ",
        job_status!(completed),
        " and confidential = 0 and closed_at > $1"
    ));
    Ok(summed.bind(since).optional(conn).await?.unwrap_or_default())
}

/// Counts the open jobs, up to a limit.
pub(super) async fn open(conn: &mut Conn, limit: i64) -> Result<i64> {
    let found = sql(concat!("select count(*) from (select 1 from job j where ", work::job_is_listed!(), " limit $1) as found"));
    found.bind(limit).count(conn).await
}
