//! Events as rows.

use super::Event;
use crate::Result;
use crate::db::{Conn, Tx, sql};
use crate::id::{EventId, TeamId};
use serde_json::Value;

/// Writes down what just happened to `subject`. Part of every act; its last statement, since it holds the head row.
pub async fn record(tx: &mut Tx, team: &TeamId, name: &'static str, subject: &str, payload: Value) -> Result<()> {
    let seq: i64 = sql("update head set seq = seq + 1 where chain = 'event' returning seq").count(tx).await?;
    let now = tx.now;
    sql("insert into event (seq, id, type, team_id, subject, payload, at) values ($1, $2, $3, $4, $5, $6, $7)")
        .bind(seq)
        .bind(&EventId::new())
        .bind(name)
        .bind(team)
        .bind(subject)
        .bind(payload.to_string())
        .bind(now)
        .run(tx)
        .await?;
    Ok(())
}

/// All that happened to one thing, oldest first.
pub async fn of_subject(conn: &mut Conn, subject: &str) -> Result<Vec<Event>> {
    sql("select seq, id, type, team_id, subject, payload, at from event where subject = $1 order by seq limit 1000")
        .bind(subject)
        .all(conn)
        .await
}
