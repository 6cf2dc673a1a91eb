//! The open jobs, as the index reads them.

use super::JobRow;
use kernel::Result;
use platform::db::{Conn, sql};

/// The columns of a job that the index of open jobs has.
macro_rules! index_columns {
    () => {
        "select j.key, j.category, j.status, j.team_id, j.skills, j.budget_min, j.budget_max, j.applications_until, j.deadline, j.created_at, case when j.hidden_at is null then 0 else 1 end as is_hidden \
         from job j where "
    };
}

/// Lists open jobs for the index: the featured ones, then the newest.
pub(super) async fn all_open(conn: &mut Conn, limit: usize) -> Result<Vec<JobRow>> {
    sql(concat!(index_columns!(), crate::job_is_listed!(), " order by j.featured_until is null, j.key desc limit $1"))
        .bind(i64::try_from(limit).unwrap_or(i64::MAX))
        .long()
        .all(conn)
        .await
}

/// Lists the jobs to which something happened after one event until another.
pub(super) async fn happened(conn: &mut Conn, after: i64, upto: i64) -> Result<Vec<JobRow>> {
    sql(concat!(index_columns!(), "j.key in (select e.job_key from event e where e.seq > $1 and e.seq <= $2)"))
        .bind(after)
        .bind(upto)
        .all(conn)
        .await
}
