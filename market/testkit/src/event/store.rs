//! Reading events by their subject, for tests alone: no index serves it.

use market::Result;
use market::db::{Conn, sql};
use market::event::Event;

/// Lists the events about one thing, oldest first.
pub async fn of_subject(conn: &mut Conn, subject: &str) -> Result<Vec<Event>> {
    sql("select seq, id, type, team_id, subject, payload, at, audience from event where subject = $1 order by seq")
        .bind(subject)
        .all(conn)
        .await
}
