//! Sending again, and tests: the acts that make deliveries due by hand.

use super::render::{self, Facts};
use super::store::{self, Range};
use super::{Delivery, KEPT_FOR, errors, queries};
use crate::endpoint::store::{self as endpoints, Listener};
use crate::endpoint::{self, Config, Endpoint, Status};
use crate::wire::{TEST_EVENT, Wire};
use identity::Actor;
use kernel::id::{DeliveryId, EndpointId};
use kernel::text::Check;
use kernel::{Duration, Error, Result, Time, text_enum};
use platform::db::{Conn, Tx};
use platform::event::{self, ConcernedAgents, Follower, Topic, Viewer};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// The most deliveries of one replay.
pub const REPLAY_MAX: i64 = 10_000;
/// The longest range of a replay.
pub const REPLAY_SPAN_MAX: Duration = KEPT_FOR;
/// The most tests of an endpoint within [`TESTS_WITHIN`].
pub const TESTS_MAX: i64 = 60;
/// The time within which tests of an endpoint are counted.
pub const TESTS_WITHIN: Duration = Duration::hours(1);
/// The most events that one replay looks at for those that were missed: on SQLite it holds the only writer.
const LOOKED_MAX: usize = 2_048;
/// The number of events that are read at a time.
const BATCH: i64 = 256;

text_enum! {
    /// The events of a range that are sent again.
    Which {
        /// Those that were not delivered.
        Failed = "failed",
        /// All of them.
        All = "all",
    }
}

/// A range of events to send again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replay {
    /// The beginning, within the last 30 days.
    pub since: Time,
    /// The end, which is not part of it; none for now.
    pub until: Option<Time>,
    /// The events of the range.
    pub which: Which,
}

/// The result of a replay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replayed {
    /// The number of deliveries that are due now.
    pub count: i64,
    /// False if the range has more than [`REPLAY_MAX`]: a later replay goes on once these were sent.
    pub is_all: bool,
    /// The beginning of the next replay, if the range has more events than one replay looks at.
    pub next_since: Option<Time>,
}

/// Sends a test to an endpoint: a delivery of [`TEST_EVENT`] that is due now.
pub async fn test(tx: &mut Tx, actor: &Actor, config: &Config<'_>, id: &EndpointId) -> Result<Delivery> {
    let (row, wire) = sendable(tx, actor, config, id).await?;
    endpoints::lock_by_key(tx, row.key).await?;
    let since = tx.now.before(TESTS_WITHIN);
    if store::count_tests(tx, row.key, since, TESTS_MAX).await? >= TESTS_MAX {
        return Err(errors::too_many_tests(TESTS_WITHIN.seconds_up()));
    }
    let data = json!({ "webhook_id": id, "message": "This is a test. Your webhook is set up." });
    let new = render::new(wire, row.key, TEST_EVENT, tx.now, &data);
    store::insert(tx, &new).await?;
    let test = queries::of_team(tx, actor, &new.id).await?;
    endpoints::wake_for(tx, row.key, test.key).await?;
    Ok(test.delivery)
}

/// Sends a delivery again under its id, whatever came of it before, with all its tries.
pub async fn redeliver(tx: &mut Tx, actor: &Actor, id: &DeliveryId) -> Result<Delivery> {
    actor.must_have("events:write")?;
    let row = queries::of_team(tx, actor, id).await?;
    must_be_active(&endpoint::of_team(tx, actor, &row.delivery.endpoint_id).await?.endpoint)?;
    endpoints::lock_by_key(tx, row.endpoint_key).await?;
    if row.leased_until.is_some_and(|until| until > tx.now) || !store::rearm(tx, row.key).await? {
        return Err(errors::delivery_in_flight());
    }
    endpoints::wake_for(tx, row.endpoint_key, row.key).await?;
    Ok(queries::of_team(tx, actor, id).await?.delivery)
}

/// Sends the events of a range to an endpoint again: deliveries keep their ids, and events that it missed while it was disabled or not
/// there get their first one. At most [`REPLAY_MAX`] at a time, the oldest first.
pub async fn replay(tx: &mut Tx, actor: &Actor, config: &Config<'_>, id: &EndpointId, wanted: &Replay) -> Result<Replayed> {
    let (row, wire) = sendable(tx, actor, config, id).await?;
    let range = checked(wanted, tx.now)?;
    endpoints::lock_by_key(tx, row.key).await?;
    let armed = store::rearm_range(tx, row.key, &range, REPLAY_MAX).await?;
    let left = REPLAY_MAX - i64::try_from(armed).unwrap_or(REPLAY_MAX);
    let missed = Missed { config, wire, row: &row, topics: endpoints::topics_of(tx, row.key).await? };
    let written = missed.write(tx, &range, left).await?;
    endpoints::wake(tx, row.key).await?;
    let Written { count, looked_until } = written;
    let is_all = left > count && looked_until.is_none();
    Ok(Replayed { count: REPLAY_MAX - left + count, is_all, next_since: looked_until })
}

/// Returns the range, or every field that is wrong.
fn checked(wanted: &Replay, now: Time) -> Result<Range> {
    let mut check = Check::new();
    let until = wanted.until.unwrap_or(now.after(Duration::ms(1)));
    if wanted.since < now.before(REPLAY_SPAN_MAX) {
        check.wrong("since", "It is more than 30 days ago; deliveries are kept no longer. Give a later time.");
    }
    if until <= wanted.since {
        check.wrong("until", "It is not after since; give a later time, or leave it out for now.");
    }
    check.done()?;
    Ok(Range { since: wanted.since, until, with_delivered: wanted.which == Which::All })
}

/// Loads an endpoint that something can be sent to, for somebody who may hear all that it hears.
async fn sendable(tx: &mut Tx, actor: &Actor, config: &Config<'_>, id: &EndpointId) -> Result<(endpoints::Row, &'static Wire)> {
    actor.must_have("events:write")?;
    let row = endpoint::of_team(tx, actor, id).await?;
    endpoint::must_cover(actor, &row)?;
    must_be_active(&row.endpoint)?;
    let wire = config.wire(row.endpoint.dialect).ok_or_else(Error::unavailable)?;
    Ok((row, wire))
}

fn must_be_active(endpoint: &Endpoint) -> Result<()> {
    match endpoint.status {
        Status::Active => Ok(()),
        Status::Disabled => Err(endpoint::errors::webhook_disabled()),
    }
}

/// The deliveries of missed events that were written.
struct Written {
    count: i64,
    /// When the first event happened that was not looked at; none if all were.
    looked_until: Option<Time>,
}

/// The events that an endpoint has no delivery of.
struct Missed<'a> {
    config: &'a Config<'a>,
    wire: &'static Wire,
    row: &'a endpoints::Row,
    topics: Vec<Topic>,
}

impl Missed<'_> {
    /// Writes deliveries of missed events. The follower writes those of events that it has not come to.
    async fn write(&self, tx: &mut Tx, range: &Range, limit: i64) -> Result<Written> {
        let followed = event::followed(tx, Follower::Webhooks).await?;
        let (mut at, upto) = (before(tx, range.since).await?, before(tx, range.until).await?.min(followed));
        let endpoint = &self.row.endpoint;
        let viewer = Viewer { team: endpoint.team_id.clone(), topics: self.topics.clone(), scopes: Vec::new() };
        let listener = self.listener();
        let teams = [listener.team_id.clone()];
        let (mut written, mut looked) = (0, 0);
        while at < upto && written < limit {
            let heard = event::heard_after(tx, &viewer, at, upto, BATCH).await?;
            let Some(last) = heard.last() else { break };
            if looked >= LOOKED_MAX {
                return Ok(Written { count: written, looked_until: heard.first().map(|event| event.at) });
            }
            (at, looked) = (last.seq, looked + heard.len());
            let concerned = match listener.agent_id {
                Some(_) => (self.config.registry.agents_of)(tx, &heard, &teams).await?,
                None => ConcernedAgents::default(),
            };
            let facts = Facts { catalogue: &self.config.registry.events, concerned: &concerned };
            for event in &heard {
                let new = render::delivery(facts, self.wire, &listener, &self.topics, event);
                if let Some(new) = new.filter(|_| written < limit) {
                    written += i64::from(store::insert(tx, &new).await?);
                }
            }
        }
        Ok(Written { count: written, looked_until: None })
    }

    fn listener(&self) -> Listener {
        let endpoint = self.row.endpoint.clone();
        Listener {
            key: self.row.key,
            team_id: endpoint.team_id,
            agent_id: endpoint.agent_id,
            events: endpoint.events,
            dialect: endpoint.dialect,
            scopes: endpoint.scopes,
            from_seq: 0,
        }
    }
}

/// Returns the number of the last event that is kept of before a time, by halving: numbers rise with time.
async fn before(conn: &mut Conn, time: Time) -> Result<i64> {
    let (mut low, mut high) = (event::followed(conn, Follower::Streams).await?, event::latest(conn).await?);
    while low < high {
        let middle = low + (high - low) / 2;
        match event::since(conn, middle, 1).await?.first() {
            Some(event) if event.at < time => low = event.seq,
            _ => high = middle,
        }
    }
    Ok(low)
}
