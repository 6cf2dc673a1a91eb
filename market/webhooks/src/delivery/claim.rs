//! Claiming what is due: each delivery goes to one process, for as long as its lease.
//!
//! None of the endpoints fills a claim: at most [`IN_FLIGHT_MAX`] deliveries of one are in flight, of one that fails a single probe.

use super::turn::store::{self, Place, Waiting};
use super::{Due, Lease, Slots};
use crate::endpoint::open_all;
use kernel::{Duration, Result, Time};
use platform::db::Tx;

/// The most deliveries of one endpoint in flight.
pub const IN_FLIGHT_MAX: i64 = 4;
/// The time for which a claimed delivery is its sender's alone. Sending takes less, or the delivery is sent twice.
pub const LEASE: Duration = Duration::minutes(2);
/// The most endpoints that one turn looks at: on SQLite it holds the only writer.
pub(super) const CLAIMED_ENDPOINTS_MAX: usize = 64;
/// The wait for a failing endpoint that has deliveries in flight.
const LOOK_AGAIN: Duration = Duration::seconds(5);
/// The wait for an endpoint whose secret can't be read, because the server has another one.
const UNREADABLE_FOR: Duration = Duration::hours(1);

/// Claims deliveries of one endpoint that is due, and sets the next time to look at it. Its row is held.
pub(super) async fn claim_of(tx: &mut Tx, secret: &[u8], place: &mut Place, in_flight: i64, slots: &mut Slots) -> Result<Vec<Due>> {
    let until = tx.now.after(LEASE);
    let is_probe = place.health.failing_since.is_some();
    let open = if is_probe { 1 } else { IN_FLIGHT_MAX } - in_flight;
    if open <= 0 {
        // A failing endpoint waits for the outcomes of what was in flight before it failed. Otherwise it is looked at when an outcome
        // is noted; the end of the leases is for a process that died.
        place.health.due_at = Some(if is_probe { tx.now.after(LOOK_AGAIN) } else { until });
        return Ok(Vec::new());
    }
    let Some(secrets) = secrets(secret, place, tx.now) else {
        tracing::error!(endpoint = %place.id, "the secret of a webhook can't be read: the server's secret is another one");
        place.health.due_at = Some(tx.now.after(UNREADABLE_FOR));
        return Ok(Vec::new());
    };
    let allowed = i64::try_from(slots.open_to(&place.team_id)).map_or(open, |slots| slots.min(open));
    if allowed == 0 {
        // It stays due, and is looked at when its team has a slot.
        return Ok(Vec::new());
    }
    let leased = lease(tx, place, until, allowed).await?;
    slots.take(&place.team_id, leased.len());
    if is_probe && let Some(probe) = leased.first() {
        place.health.probed_key = Some(probe.key);
    }
    let count = i64::try_from(leased.len()).unwrap_or(allowed);
    if count == open {
        place.health.due_at = Some(until);
    } else if count < allowed {
        place.health.due_at = store::next_due(tx, place.key).await?;
    }
    Ok(leased.into_iter().map(|waiting| claimed(place, waiting, until, &secrets, is_probe)).collect())
}

/// Returns the secrets that sign: the present one and, until its time is over, the one before.
fn secrets(server: &[u8], place: &Place, now: Time) -> Option<Vec<String>> {
    let previous = place.previous_secret.as_deref().filter(|_| place.previous_until.is_some_and(|until| until > now));
    open_all(server, &place.id, std::iter::once(place.secret.as_str()).chain(previous))
}

/// Leases the next deliveries of an endpoint, in the order of their events. A failing one is probed by one after the other, so that a
/// delivery that it can't take is not the only one that it is offered.
async fn lease(tx: &mut Tx, place: &Place, until: Time, limit: i64) -> Result<Vec<Waiting>> {
    let mut leased = match place.health.failing_since.and(place.health.probed_key) {
        None => store::lease(tx, place.key, 0, until, limit).await?,
        Some(probed) => match store::lease(tx, place.key, probed, until, 1).await? {
            none if none.is_empty() => store::lease(tx, place.key, 0, until, 1).await?,
            next => next,
        },
    };
    leased.sort_unstable_by_key(|waiting| waiting.key);
    Ok(leased)
}

fn claimed(place: &Place, waiting: Waiting, until: Time, secrets: &[String], is_probe: bool) -> Due {
    Due {
        lease: Lease { key: waiting.key, endpoint_key: place.key, until, tries: waiting.tries + 1 },
        id: waiting.id,
        endpoint_id: place.id.clone(),
        team_id: place.team_id.clone(),
        url: place.url.clone(),
        dialect: place.dialect,
        event: waiting.event,
        event_at: waiting.event_at,
        body: waiting.body,
        nth: waiting.attempts + 1,
        secrets: secrets.to_vec(),
        is_probe,
    }
}
