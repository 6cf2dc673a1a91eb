//! A sender's turn: in one transaction it notes the outcomes of attempts and claims deliveries that are due.
//!
//! The rows of all endpoints of a turn are held first, in the order of their keys, as everybody locks endpoints. So no sender misses
//! what another one writes, and statements on many deliveries at once need no further lock.

use super::claim::{CLAIMED_ENDPOINTS_MAX, claim_of};
use super::note::{disable, note_all};
use super::{Attempted, Due, Slots};
use kernel::Result;
use kernel::id::TeamId;
use platform::db::Tx;
use std::collections::{BTreeMap, BTreeSet};

pub(super) mod store;
use store::Place;

/// The deliveries that a turn claimed.
#[derive(Debug, Default)]
pub struct Turn {
    /// The deliveries, each for its sender alone until its lease is over.
    pub due: Vec<Due>,
    /// True if slots are free and more endpoints may have deliveries that are due than the turn looked at.
    pub has_more: bool,
}

/// Notes outcomes, then claims deliveries that are due, as far as slots are free. Several processes may call it at once. `secret` is
/// the server's. Claimed deliveries hold slots; the caller counts them when the transaction is committed.
pub async fn turn(tx: &mut Tx, secret: &[u8], results: &[Attempted], slots: &Slots) -> Result<Turn> {
    let ready = match slots.free() {
        0 => Vec::new(),
        _ => store::ready(tx, &slots.full_teams(), CLAIMED_ENDPOINTS_MAX as i64).await?,
    };
    let is_all = ready.len() < CLAIMED_ENDPOINTS_MAX;
    let keys: BTreeSet<i64> = ready.into_iter().chain(results.iter().map(|attempted| attempted.lease.endpoint_key)).collect();
    let mut places = BTreeMap::new();
    for key in keys {
        // A deleted endpoint has no health; its deliveries are swept.
        if let Some(place) = store::hold(tx, key).await? {
            places.insert(key, place);
        }
    }
    note_all(tx, &mut places, results).await?;
    let mut slots = slots.clone();
    let due = claim(tx, secret, &mut places, &mut slots).await?;
    store::save(tx, &places).await?;
    for place in places.values() {
        if let Some(reason) = place.health.disabled(&place.before) {
            disable(tx, place.key, reason).await?;
        }
    }
    Ok(Turn { due, has_more: !is_all && slots.free() > 0 })
}

/// Notes the outcomes of attempts: what was taken is delivered, what failed is due again or given up, and an endpoint that is gone or
/// has failed for days is disabled and its owners are told.
pub async fn note(tx: &mut Tx, results: &[Attempted]) -> Result<()> {
    turn(tx, &[], results, &Slots::new(0)).await.map(drop)
}

/// Claims deliveries of the endpoints that are due, and counts their slots. Each of the endpoints that were listed gets another time to
/// look at it, or its team a slot, so turn after turn comes to an end.
async fn claim(tx: &mut Tx, secret: &[u8], places: &mut BTreeMap<i64, Place>, slots: &mut Slots) -> Result<Vec<Due>> {
    if slots.free() == 0 {
        return Ok(Vec::new());
    }
    let order = in_rounds(places.values().filter(|place| place.health.is_due(tx.now)));
    let in_flight = store::in_flight(tx, &order).await?;
    let mut due = Vec::new();
    for key in order {
        if let Some(place) = places.get_mut(&key) {
            let in_flight = in_flight.get(&key).copied().unwrap_or_default();
            due.extend(claim_of(tx, secret, place, in_flight, slots).await?);
        }
    }
    Ok(due)
}

/// Lists endpoints so that teams take turns: of each team the one that is due the longest, then of each the next one.
fn in_rounds<'p>(places: impl Iterator<Item = &'p Place>) -> Vec<i64> {
    let mut places: Vec<_> = places.collect();
    places.sort_by_key(|place| (place.health.due_at, place.key));
    let mut rounds: BTreeMap<&TeamId, usize> = BTreeMap::new();
    let mut order: Vec<_> = places
        .into_iter()
        .map(|place| {
            let round = rounds.entry(&place.team_id).or_default();
            *round += 1;
            (*round, place.key)
        })
        .collect();
    // The sort is stable: within a round those come first that are due the longest.
    order.sort_by_key(|(round, _)| *round);
    order.into_iter().map(|(_, key)| key).collect()
}
