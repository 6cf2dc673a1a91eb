//! The tables of events and their audience.

use super::{Event, TOPICS_MAX};
use crate::db::{Conn, Query, Tx, sql};
use kernel::id::{EventId, TeamId};
use kernel::page::Part;
use kernel::{Error, Result};
use serde::Deserialize;
use std::sync::LazyLock;

/// An event before it has its number.
pub(crate) struct NewEvent {
    pub(super) team: TeamId,
    pub(super) audience: Vec<String>,
    pub(super) name: &'static str,
    pub(super) subject: String,
    pub(super) payload: String,
}

/// Writes an act's events: numbered where the act is the only writer, and else for the sequencer to number.
pub(crate) async fn write(conn: &mut Conn, happenings: Vec<NewEvent>) -> Result<()> {
    for happening in happenings {
        match conn.heads() {
            Some(heads) => {
                heads.event += 1;
                let seq = heads.event;
                write_numbered(conn, seq, happening).await?;
            }
            None => write_waiting(conn, happening).await?,
        }
    }
    Ok(())
}

/// Writes an event with its number, and who hears of it.
async fn write_numbered(conn: &mut Conn, seq: i64, happening: NewEvent) -> Result<()> {
    let topics: Vec<_> = std::iter::once(happening.team.to_string()).chain(happening.audience.iter().cloned()).collect();
    let insert = sql("insert into event (id, type, team_id, subject, payload, at, audience, seq, job_key) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, (select key from job where id = $4)) returning job_key");
    let job: Option<Option<i64>> = bound(insert, conn, happening).bind(seq).optional(conn).await?;
    if let (None, Some(heads)) = (job.flatten(), conn.heads()) {
        heads.not_of_job = seq;
    }
    for topic in topics {
        sql("insert into fresh_audience (seq, topic) values ($1, $2)").bind(seq).bind(topic).run(conn).await?;
    }
    Ok(())
}

/// Writes an event without a number.
async fn write_waiting(conn: &mut Conn, happening: NewEvent) -> Result<()> {
    let insert = sql("insert into waiting_event (id, type, team_id, subject, payload, at, audience) values ($1, $2, $3, $4, $5, $6, $7)");
    bound(insert, conn, happening).run(conn).await.map(drop)
}

/// Binds the seven values that an event has in either table.
fn bound(insert: Query, conn: &Conn, happening: NewEvent) -> Query {
    insert
        .bind(&EventId::new())
        .bind(happening.name)
        .bind(&happening.team)
        .bind(happening.subject)
        .bind(happening.payload)
        .bind(conn.now)
        .bind(happening.audience.join(" "))
}

/// The number of the last event, and whether events of committed acts have none yet.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub(super) struct Numbering {
    pub(super) seq: i64,
    /// 1 if some wait, else 0.
    pub(super) waiting: i64,
}

/// Reads the state of the numbering.
pub(super) async fn numbering(conn: &mut Conn) -> Result<Numbering> {
    let found = sql("select seq, (select count(*) from (select 1 as one from waiting_event limit 1) as some_event) as waiting \
         from chain_head where chain = 'event'");
    found.optional(conn).await?.ok_or_else(Error::internal)
}

/// The numbers of the last events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Latest {
    /// Of all events.
    pub seq: i64,
    /// Of those that are not about a job. While it stays the same, what members and keys may do has not changed. SQLite alone keeps it.
    pub not_of_job: i64,
}

/// Returns the numbers of the last events.
pub async fn latest_of_both(conn: &mut Conn) -> Result<Latest> {
    let numbers: Vec<i64> = sql("select seq from chain_head where chain in ('event', 'event_not_of_job') order by chain").all(conn).await?;
    let [seq, not_of_job] = numbers[..] else { return Err(Error::internal()) };
    Ok(Latest { seq, not_of_job })
}

/// Reads the events of all teams after `seq`, oldest first.
pub(super) async fn since(conn: &mut Conn, seq: i64, limit: i64) -> Result<Vec<Event>> {
    sql("select seq, id, type, team_id, subject, payload, at, audience from event where seq > $1 order by seq limit $2")
        .bind(seq)
        .bind(limit)
        .all(conn)
        .await
}

/// Selects the numbers of the events of topic `$1` that meet a condition, from both tables of them.
macro_rules! heard {
    ($condition:literal) => {
        concat!(
            "(select seq from (select seq from event_audience where topic = $1",
            $condition,
            ") as sorted union all select seq from (select seq from fresh_audience where topic = $1",
            $condition,
            ") as fresh) as heard"
        )
    };
}

/// Lists the events for a team or topic within `after < seq <= upto`, oldest first.
pub(super) async fn of_topic(conn: &mut Conn, topic: &str, after: i64, upto: i64, limit: i64) -> Result<Vec<Event>> {
    sql(concat!(
        "select e.seq, e.id, e.type, e.team_id, e.subject, e.payload, e.at, e.audience from event e where e.seq in (select seq from ",
        heard!(" and seq > $2 and seq <= $3 order by seq limit $4"),
        ") order by e.seq limit $4"
    ))
    .bind(topic)
    .bind(after)
    .bind(upto)
    .bind(limit)
    .all(conn)
    .await
}

/// Lists a part of the events of a topic, newest first.
pub(super) async fn listed(conn: &mut Conn, topic: &str, part: &Part) -> Result<Vec<Event>> {
    let before = match &part.after {
        Some(after) => told(conn, topic, after).await?.ok_or_else(Part::unknown)?,
        None => i64::MAX,
    };
    sql(concat!(
        "select e.seq, e.id, e.type, e.team_id, e.subject, e.payload, e.at, e.audience from event e where e.seq in (select seq from ",
        heard!(" and seq < $4 order by seq desc limit $2 + $3"),
        ") order by e.seq desc limit $2 offset $3"
    ))
    .bind(topic)
    .page(part.paging)
    .bind(before)
    .all(conn)
    .await
}

/// Returns the number of an event of a topic.
async fn told(conn: &mut Conn, topic: &str, id: &str) -> Result<Option<i64>> {
    sql(concat!("select e.seq from ", heard!(""), " join event e on e.seq = heard.seq where e.id = $2"))
        .bind(topic)
        .bind(id)
        .optional(conn)
        .await
}

/// Counts the events of a topic, up to a limit.
pub(super) async fn count_told(conn: &mut Conn, topic: &str, limit: i64) -> Result<i64> {
    sql(concat!("select count(*) from (select seq from ", heard!(" limit $2"), " limit $2) as found"))
        .bind(topic)
        .bind(limit)
        .count(conn)
        .await
}

/// Lists the parameters of the topics, of which `first` is the first.
fn slots(first: usize) -> impl Iterator<Item = String> {
    (first..TOPICS_MAX + first).map(|n| format!("${n}"))
}

/// Lists the events of topics before `$1`, newest first. Of each topic the newest numbers are read, and of all of them the newest
/// events. Unused slots are empty.
static HEARD: LazyLock<String> = LazyLock::new(|| {
    let newest =
        |n: usize, of: String| format!("select seq from (select seq from {of} and seq < $1 order by seq desc limit $2) as topic{n}");
    let sorted = slots(3).enumerate().map(|(n, slot)| newest(n, format!("event_audience where topic = {slot}")));
    let fresh = newest(TOPICS_MAX, format!("fresh_audience where topic in ({})", slots(3).collect::<Vec<_>>().join(", ")));
    let all: Vec<_> = sorted.chain([fresh]).collect();
    format!(
        "select e.seq, e.id, e.type, e.team_id, e.subject, e.payload, e.at, e.audience from (select seq from ({}) as heard \
         order by seq desc limit $2) as newest join event e on e.seq = newest.seq order by e.seq desc",
        all.join(" union ")
    )
});

/// Lists the events of topics before `seq`, newest first.
pub(super) async fn heard_before(conn: &mut Conn, topics: &[String], seq: i64, limit: i64) -> Result<Vec<Event>> {
    let topic = |n: usize| topics.get(n).map_or("", String::as_str);
    (0..TOPICS_MAX).fold(sql(&HEARD).bind(seq).bind(limit), |query, n| query.bind(topic(n))).all(conn).await
}

/// The latest event number of all topics. The statement always has [`TOPICS_MAX`] slots so that it stays prepared; unused slots are
/// empty. Deleted events count as delivered: a reader can only resume after them.
static LAST: LazyLock<String> = LazyLock::new(|| {
    let sorted: String =
        slots(1).map(|slot| format!("select max(seq) as seq from event_audience where topic = {slot} union all ")).collect();
    let slots: Vec<_> = slots(1).collect();
    format!(
        "select coalesce(max(seq), 0) from ({sorted}select max(seq) from fresh_audience where topic in ({}) \
         union all select seq from chain_head where chain = 'event_swept') as heard",
        slots.join(", ")
    )
});

/// Returns the number of the last event of these topics, or of the last deleted event.
pub(super) async fn last(conn: &mut Conn, topics: &[String]) -> Result<i64> {
    let topic = |n: usize| topics.get(n).map_or("", String::as_str);
    (0..TOPICS_MAX).fold(sql(&LAST), |query, n| query.bind(topic(n))).count(conn).await
}

/// The readers that go through all events in the order of their numbers, each event once, whichever process does it.
#[derive(Clone, Copy, Debug)]
pub enum Follower {
    /// The sweep that takes events from streams.
    Streams,
    /// The sweep that takes lines from audit logs.
    Audit,
    /// The notifications of members.
    Notifications,
    /// The deliveries to endpoints of webhooks.
    Webhooks,
}

impl Follower {
    /// The row of `chain_head` with the number that the follower has come to.
    fn chain(self) -> &'static str {
        match self {
            Self::Streams => "event_swept",
            Self::Audit => "audit_swept",
            Self::Notifications => "notified",
            Self::Webhooks => "webhooks",
        }
    }
}

/// Returns the number of the last event that was taken from streams: they can resume after it and after every later number.
pub(crate) async fn swept(conn: &mut Conn) -> Result<i64> {
    followed(conn, Follower::Streams).await
}

/// Returns the number of the last event that a follower has looked at.
pub async fn followed(conn: &mut Conn, who: Follower) -> Result<i64> {
    sql("select seq from chain_head where chain = $1").bind(who.chain()).count(conn).await
}

/// Advances the number that a follower has come to; false if another process did.
pub async fn advance(tx: &mut Tx, who: Follower, from: i64, to: i64) -> Result<bool> {
    let moved = sql("insert into chain_head (chain, seq, hash) values ($1, $2, '') \
         on conflict (chain) do update set seq = excluded.seq where chain_head.seq = $3")
    .bind(who.chain())
    .bind(to)
    .bind(from)
    .run(tx)
    .await?;
    Ok(moved == 1)
}

/// Deletes the audience rows of a team or topic within `after < seq <= upto`.
pub(super) async fn forget_topic(tx: &mut Tx, topic: &str, after: i64, upto: i64) -> Result<()> {
    sql("delete from event_audience where topic = $1 and seq > $2 and seq <= $3").bind(topic).bind(after).bind(upto).run(tx).await?;
    sql("delete from fresh_audience where topic = $1 and seq > $2 and seq <= $3").bind(topic).bind(after).bind(upto).run(tx).await?;
    Ok(())
}

/// Deletes the audience rows of a topic for the events of one job: who follows the topic is told of them no more.
pub async fn forget_job(tx: &mut Tx, topic: &str, job_key: i64) -> Result<()> {
    sql("delete from event_audience where topic = $1 and seq in (select seq from event where job_key = $2)")
        .bind(topic)
        .bind(job_key)
        .run(tx)
        .await?;
    sql("delete from fresh_audience where topic = $1 and seq in (select seq from event where job_key = $2)")
        .bind(topic)
        .bind(job_key)
        .run(tx)
        .await?;
    Ok(())
}

/// The number of event names that the statements have room for.
const NAMES_MAX: usize = 96;

/// Completes a statement with the slots for names.
fn by_names(text: &str) -> String {
    let slots: Vec<_> = (3..NAMES_MAX + 3).map(|n| format!("${n}")).collect();
    format!("{text} ({})", slots.join(", "))
}

static FORGET: LazyLock<String> = LazyLock::new(|| by_names("delete from event where seq > $1 and seq <= $2 and type in"));
static FORGET_UNLESS: LazyLock<String> = LazyLock::new(|| by_names("delete from event where seq > $1 and seq <= $2 and type not in"));

/// Deletes the events within `after < seq <= upto` that have one of these names.
pub(super) async fn forget(tx: &mut Tx, after: i64, upto: i64, names: &[&'static str]) -> Result<()> {
    run_by_names(tx, &FORGET, after, upto, names).await
}

/// Deletes the events within `after < seq <= upto` that have none of these names.
pub(super) async fn forget_unless(tx: &mut Tx, after: i64, upto: i64, kept: &[&'static str]) -> Result<()> {
    run_by_names(tx, &FORGET_UNLESS, after, upto, kept).await
}

/// Runs a statement of [`by_names`].
async fn run_by_names(tx: &mut Tx, text: &'static str, after: i64, upto: i64, names: &[&'static str]) -> Result<()> {
    with_names(sql(text).bind(after).bind(upto), names)?.run(tx).await?;
    Ok(())
}

/// Binds the names to the last slots of a statement. Unused slots repeat the last name.
fn with_names(query: Query, names: &[&'static str]) -> Result<Query> {
    let (Some(last), true) = (names.last(), names.len() <= NAMES_MAX) else { return Err(Error::internal()) };
    Ok((0..NAMES_MAX).fold(query, |query, n| query.bind(*names.get(n).unwrap_or(last))))
}

static NAMED: LazyLock<String> = LazyLock::new(|| {
    let slots: Vec<_> = (2..NAMES_MAX + 2).map(|n| format!("${n}")).collect();
    format!(
        "select seq, id, type, team_id, subject, payload, at, audience from event where job_key = $1 and type in ({}) \
         order by seq desc limit 1000",
        slots.join(", ")
    )
});

/// Lists the last 1,000 events about one job that have one of these names, oldest first: others, of which strangers make as many
/// as they like, push none of them out.
pub async fn of_job(conn: &mut Conn, job_key: i64, names: &[&'static str]) -> Result<Vec<Event>> {
    let mut events: Vec<Event> = with_names(sql(&NAMED).bind(job_key), names)?.all(conn).await?;
    events.reverse();
    Ok(events)
}
