//! Noting outcomes: the attempt, the delivery's next state, and the health of its endpoint, for many attempts in one transaction.

use super::schedule::{Jitter, Next, after};
use super::store::{self, Ended};
use super::{ANSWER_MAX, Attempted, Outcome, State};
use crate::endpoint::store as endpoints;
use crate::endpoint::{DisabledReason, events, tell_owners};
use kernel::Result;
use platform::db::Tx;
use platform::event;
use std::collections::BTreeMap;

/// The most characters of the reason why there was no answer.
const ERROR_MAX: usize = 500;

/// Notes the outcomes of attempts: what was taken is delivered, what failed is due again or given up, and an endpoint that is gone or
/// has failed for days is disabled and its owners are told.
pub async fn note(tx: &mut Tx, results: &[Attempted]) -> Result<()> {
    // In the order of their keys, as everybody locks endpoints.
    let mut by_endpoint: BTreeMap<i64, Vec<&Attempted>> = BTreeMap::new();
    for attempted in results {
        by_endpoint.entry(attempted.lease.endpoint_key).or_default().push(attempted);
    }
    for (key, results) in by_endpoint {
        note_of(tx, key, &results).await?;
    }
    Ok(())
}

/// Notes the outcomes of attempts at one endpoint.
async fn note_of(tx: &mut Tx, key: i64, results: &[&Attempted]) -> Result<()> {
    endpoints::lock_by_key(tx, key).await?;
    // A deleted endpoint has no health; its deliveries are swept.
    let Some(before) = endpoints::health(tx, key).await? else { return Ok(()) };
    let mut health = before.clone();
    for attempted in results {
        let jitter = Jitter::of(&attempted.lease);
        let next = after(attempted.lease.tries, health.failing_since, &attempted.outcome, tx.now, jitter);
        let ended = match next {
            Next::Delivered => Ended { state: State::Delivered, next_at: None },
            Next::Again(at) => Ended { state: State::Waiting, next_at: Some(at) },
            Next::GaveUp | Next::Disable(_) => Ended { state: State::Failed, next_at: None },
        };
        let is_known = match store::end(tx, &attempted.lease, ended).await? {
            true => true,
            false => store::end_late(tx, &attempted.lease, attempted.outcome.is_success()).await?,
        };
        if is_known {
            let (answer, error) = words(&attempted.outcome);
            store::insert_attempt(tx, attempted, answer.as_deref(), error.as_deref()).await?;
        }
        health.count(attempted, next, tx.now, jitter);
    }
    endpoints::set_health(tx, key, &health).await?;
    match health.disabled(&before) {
        Some(reason) => disable(tx, key, reason).await,
        None => Ok(()),
    }
}

/// Disables an endpoint, writes it into the audit log and tells the owners of its team.
async fn disable(tx: &mut Tx, key: i64, reason: DisabledReason) -> Result<()> {
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
