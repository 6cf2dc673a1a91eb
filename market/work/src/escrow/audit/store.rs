//! Queries that find jobs and reviews whose money is not what their rows say.

use crate::job::job_statuses;
use kernel::Result;
use platform::db::{Conn, sql};
use platform::ledger::Finding;

/// Finds settled jobs that still hold money.
pub(super) async fn stuck(conn: &mut Conn) -> Result<Vec<Finding>> {
    sql("select a.id, a.balance as off from job j join account a on a.id = 'escrow:' || j.id \
         where j.escrow <> 'held' and a.balance <> 0 limit 100")
    .all(conn)
    .await
}

/// Finds funded jobs that hold more or less than their cost.
pub(super) async fn unfunded(conn: &mut Conn) -> Result<Vec<Finding>> {
    // Before a worker is chosen, a job whose budget is held from the beginning owes what its budget would cost.
    sql("select f.id, f.off from (select 'escrow:' || j.id as id, coalesce(a.balance, 0) as off, j.fee_bps, \
         case when j.price is null and j.escrow_timing = 'on_create' then j.budget_max else j.price end as price \
         from job j left join account a on a.id = 'escrow:' || j.id where j.escrow = 'held') as f \
         where f.off <> f.price + (f.price * f.fee_bps + 5000) / 10000 limit 100")
    .all(conn)
    .await
}

/// Finds reviews that hold more or less than the fees they owe.
pub(super) async fn unproofed(conn: &mut Conn) -> Result<Vec<Finding>> {
    sql("select a.id, cast(a.balance - coalesce(o.owed, 0) as bigint) as off from account a \
         left join (select 'proof:' || j.id as id, sum(s.fee) as owed from proof_seat s join job j on j.key = s.job_key \
         where s.status in ('funded', 'submitted') group by j.id) o \
         on a.id = o.id where a.purpose = 'review' and a.balance <> coalesce(o.owed, 0) limit 100")
    .all(conn)
    .await
}

/// Finds closed jobs whose review still has unsettled seats.
pub(super) async fn unsettled(conn: &mut Conn) -> Result<Vec<Finding>> {
    sql("select s.id, s.fee as off from proof_seat s join job j on j.key = s.job_key \
         where j.closed_at is not null and s.status in ('accepted', 'funded', 'submitted') limit 100")
    .all(conn)
    .await
}

/// Finds closed jobs whose money was not settled.
pub(super) async fn closed(conn: &mut Conn) -> Result<Vec<Finding>> {
    sql(concat!("select id, coalesce(price, 0) as off from job where status in ", job_statuses!(closed), " and escrow = 'held' limit 100"))
        .all(conn)
        .await
}
