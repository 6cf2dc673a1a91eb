//! Noting outcomes: the attempt, the delivery's next state, and the health of its endpoint, for many attempts in one transaction.

use super::schedule::{Jitter, Next, after};
use super::turn::store::{self, Ended, NewAttempt, Place};
use super::{ANSWER_MAX, Attempted, Outcome, State};
use crate::endpoint::store as endpoints;
use crate::endpoint::{DisabledReason, events, tell_owners};
use kernel::Result;
use platform::db::Tx;
use platform::event;
use std::collections::BTreeMap;

/// The most characters of the reason why there was no answer.
const ERROR_MAX: usize = 500;

/// Notes the outcomes of attempts at endpoints whose rows are held. Those of a deleted endpoint are dropped.
pub(super) async fn note_all(tx: &mut Tx, places: &mut BTreeMap<i64, Place>, results: &[Attempted]) -> Result<()> {
    let results: Vec<_> = results.iter().filter(|attempted| places.contains_key(&attempted.lease.endpoint_key)).collect();
    // Most are taken under their leases, and are ended together.
    let taken: Vec<_> = results.iter().filter(|attempted| attempted.outcome.is_success()).map(|attempted| attempted.lease).collect();
    let mut numbers = store::end_taken(tx, &taken).await?;
    let mut attempts = Vec::with_capacity(results.len());
    for attempted in results {
        let Some(place) = places.get_mut(&attempted.lease.endpoint_key) else { continue };
        let jitter = Jitter::of(&attempted.lease);
        let next = after(attempted.lease.tries, place.health.failing_since, &attempted.outcome, tx.now, jitter);
        // A delivery that was swept has no number, and its attempt is not kept.
        let nth = match attempted.outcome.is_success().then(|| numbers.remove(&attempted.lease.key)).flatten() {
            Some(nth) => Some(nth),
            None => end(tx, attempted, next).await?,
        };
        if let Some(nth) = nth {
            let (answer, error) = words(&attempted.outcome);
            attempts.push(NewAttempt { attempted, nth, answer, error });
        }
        place.health.count(attempted, next, tx.now, jitter);
    }
    store::insert_attempts(tx, &attempts).await
}

/// Ends an attempt that failed or whose lease was over; returns its number.
async fn end(tx: &mut Tx, attempted: &Attempted, next: Next) -> Result<Option<i64>> {
    let ended = match next {
        // It was not under its lease, or it would have been ended with the others.
        Next::Delivered => None,
        Next::Again(at) => Some(Ended { state: State::Waiting, next_at: Some(at) }),
        Next::GaveUp | Next::Disable(_) => Some(Ended { state: State::Failed, next_at: None }),
    };
    if let Some(ended) = ended
        && let Some(nth) = store::end(tx, &attempted.lease, ended).await?
    {
        return Ok(Some(nth));
    }
    store::end_late(tx, &attempted.lease, attempted.outcome.is_success()).await
}

/// Disables an endpoint, writes it into the audit log and tells the owners of its team.
pub(super) async fn disable(tx: &mut Tx, key: i64, reason: DisabledReason) -> Result<()> {
    let Some(endpoint) = endpoints::find_by_key(tx, key).await? else { return Ok(()) };
    endpoints::disable(tx, key, reason).await?;
    event::emit(tx, &[&endpoint.team_id], endpoint.id.as_str(), &events::Disabled { origin: &endpoint.origin(), reason });
    tell_owners(tx, &endpoint, reason).await
}

/// Returns the beginning of the answer, or the reason why there was none, as they are stored.
fn words(outcome: &Outcome) -> (Option<String>, Option<String>) {
    match outcome {
        Outcome::Answered { answer, .. } => (Some(beginning(answer)), None),
        Outcome::Failed(reason) => (None, Some(reason.chars().filter(|c| *c != '\0').take(ERROR_MAX).collect())),
    }
}

/// Returns the first bytes of an answer, whole characters, without NUL, which PostgreSQL's text can't hold.
fn beginning(answer: &str) -> String {
    let mut kept = String::new();
    for c in answer.chars().filter(|c| *c != '\0') {
        if kept.len() + c.len_utf8() > ANSWER_MAX {
            break;
        }
        kept.push(c);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_cut_at_a_character() {
        assert_eq!(beginning("a\0b"), "ab");
        let long = "é".repeat(ANSWER_MAX);
        assert_eq!(beginning(&format!("x{long}")).len(), ANSWER_MAX - 1);
    }
}
