//! Events as rows.

use super::Event;
use crate::Result;
use crate::db::{Conn, sql};
use crate::id::{EventId, TeamId};

/// Something that happened in an act, before it has its number.
pub(crate) struct Happening {
    pub(super) team: TeamId,
    pub(super) audience: Vec<String>,
    pub(super) name: &'static str,
    pub(super) subject: String,
    pub(super) payload: String,
}

/// Numbers and writes an act's happenings. Whoever holds the head's row is the next to commit, so numbers follow commits.
pub(crate) async fn write(conn: &mut Conn, happenings: Vec<Happening>) -> Result<()> {
    let Ok(n @ 1..) = i64::try_from(happenings.len()) else { return Ok(()) };
    let last: i64 = sql("update head set seq = seq + $1 where chain = 'event' returning seq").bind(n).count(conn).await?;
    let now = conn.now;
    for (seq, happening) in (last - n + 1..).zip(happenings) {
        sql("insert into event (seq, id, type, team_id, subject, payload, at, audience) values ($1, $2, $3, $4, $5, $6, $7, $8)")
            .bind(seq)
            .bind(&EventId::new())
            .bind(happening.name)
            .bind(&happening.team)
            .bind(happening.subject)
            .bind(happening.payload)
            .bind(now)
            .bind(happening.audience.join(" "))
            .run(conn)
            .await?;
        for topic in happening.audience {
            sql("insert into event_audience (topic, seq) values ($1, $2)").bind(topic).bind(seq).run(conn).await?;
        }
    }
    Ok(())
}

/// The number of the last happening. While it stands still, nothing that anybody can read has changed.
pub async fn latest(conn: &mut Conn) -> Result<i64> {
    sql("select seq from head where chain = 'event'").count(conn).await
}

/// All that happened to one thing, oldest first.
pub async fn of_subject(conn: &mut Conn, subject: &str) -> Result<Vec<Event>> {
    sql("select seq, id, type, team_id, subject, payload, at, audience from event where subject = $1 order by seq limit 1000")
        .bind(subject)
        .all(conn)
        .await
}
