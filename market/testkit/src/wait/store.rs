//! Reading from PostgreSQL which transactions wait.

use market::db::{Query, sql};

/// Counts the transactions that wait for another's lock.
pub(super) fn blocked() -> Query {
    sql("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")
}
