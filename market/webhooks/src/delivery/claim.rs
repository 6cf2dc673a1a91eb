//! Claiming what is due: each delivery goes to one process, for as long as its lease.
//!
//! Endpoints are looked at one by one, and none of them fills the claim: at most [`IN_FLIGHT_MAX`] deliveries of one are in flight, of
//! one that fails a single probe.

use super::store::{self, Waiting};
use super::{Due, Lease};
use crate::endpoint::open_all;
use crate::endpoint::store::{self as endpoints, Ready, Sender};
use kernel::{Duration, Result, Time};
use platform::db::Tx;

/// The most deliveries of one endpoint in flight.
pub const IN_FLIGHT_MAX: i64 = 4;
/// The time for which a claimed delivery is its sender's alone. Sending takes less, or the delivery is sent twice.
pub const LEASE: Duration = Duration::minutes(2);
/// The most endpoints that one claim looks at: on SQLite it holds the only writer.
pub const CLAIMED_ENDPOINTS_MAX: usize = 64;
/// The wait for a failing endpoint that has deliveries in flight.
const LOOK_AGAIN: Duration = Duration::seconds(5);
/// The wait for an endpoint whose secret can't be read, because the server has another one.
const UNREADABLE_FOR: Duration = Duration::hours(1);

/// Claims deliveries that are due, `limit` at most. Several processes may call it at once. `secret` is the server's.
pub async fn claim_due(tx: &mut Tx, secret: &[u8], limit: i64) -> Result<Vec<Due>> {
    let mut ready = endpoints::ready(tx, CLAIMED_ENDPOINTS_MAX as i64).await?;
    // In the order of their keys, as everybody locks endpoints.
    ready.sort_unstable_by_key(|ready| ready.key);
    let mut due = Vec::new();
    for ready in &ready {
        let left = limit - i64::try_from(due.len()).unwrap_or(limit);
        if left <= 0 {
            break;
        }
        due.extend(claim_of(tx, secret, ready, left).await?);
    }
    Ok(due)
}

/// Claims deliveries of one endpoint.
async fn claim_of(tx: &mut Tx, secret: &[u8], ready: &Ready, left: i64) -> Result<Vec<Due>> {
    let until = tx.now.after(LEASE);
    if !endpoints::take(tx, ready, until).await? {
        return Ok(Vec::new());
    }
    let Some(sender) = endpoints::sender(tx, ready.key).await? else { return Ok(Vec::new()) };
    let Some(secrets) = secrets(secret, &sender, tx.now) else {
        tracing::error!(endpoint = %sender.id, "the secret of a webhook can't be read: the server's secret is another one");
        let later = tx.now.after(UNREADABLE_FOR);
        endpoints::set_due(tx, ready.key, Some(later), None).await?;
        return Ok(Vec::new());
    };
    let is_probe = sender.failing_since.is_some();
    let room = if is_probe { 1 } else { IN_FLIGHT_MAX } - store::in_flight(tx, ready.key).await?;
    let waiting = if room > 0 { next(tx, ready.key, &sender, room.min(left)).await? } else { Vec::new() };
    let mut due = Vec::new();
    for waiting in waiting {
        if !store::lease(tx, waiting.key, until).await? {
            continue;
        }
        let lease = Lease { key: waiting.key, endpoint_key: ready.key, until, tries: waiting.tries + 1 };
        due.push(claimed(lease, waiting, &sender, &secrets, is_probe));
    }
    let probed = due.first().filter(|_| is_probe).map(|due| due.lease.key);
    let is_full = i64::try_from(due.len()).is_ok_and(|count| count >= room);
    let due_at = match is_full {
        // A failing endpoint waits for the outcomes of what was in flight before it failed.
        true if is_probe && room <= 0 => Some(tx.now.after(LOOK_AGAIN)),
        // Otherwise it is looked at when an outcome is noted; the end of the leases is for a process that died.
        true => Some(until),
        false => store::next_due(tx, ready.key).await?,
    };
    endpoints::set_due(tx, ready.key, due_at, probed).await?;
    Ok(due)
}

/// Returns the secrets that sign: the present one and, until its time is over, the one before.
fn secrets(server: &[u8], sender: &Sender, now: Time) -> Option<Vec<String>> {
    let previous = sender.previous_secret.as_deref().filter(|_| sender.previous_until.is_some_and(|until| until > now));
    open_all(server, &sender.id, std::iter::once(sender.secret.as_str()).chain(previous))
}

/// Lists the next deliveries of an endpoint in the order of their events. A failing one is probed by one after the other, so that a
/// delivery that it can't take is not the only one that it is offered.
async fn next(tx: &mut Tx, key: i64, sender: &Sender, limit: i64) -> Result<Vec<Waiting>> {
    if sender.failing_since.is_none() {
        return store::due(tx, key, 0, limit).await;
    }
    let probed = sender.probed_key.unwrap_or_default();
    let next = store::due(tx, key, probed, 1).await?;
    if next.is_empty() { store::due(tx, key, 0, 1).await } else { Ok(next) }
}

fn claimed(lease: Lease, waiting: Waiting, sender: &Sender, secrets: &[String], is_probe: bool) -> Due {
    Due {
        lease,
        id: waiting.id,
        endpoint_id: sender.id.clone(),
        url: sender.url.clone(),
        dialect: sender.dialect,
        event: waiting.event,
        event_at: waiting.event_at,
        body: waiting.body,
        nth: waiting.attempts + 1,
        secrets: secrets.to_vec(),
        is_probe,
    }
}
