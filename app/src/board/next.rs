//! The next step of an unfinished job, as a row of a dashboard.

use crate::job::acts;
use crate::proof;
use market::Money;
use market::board::{Need, Task};
use market::job::{Card, Status};

/// The next step of a job, with its button and the default outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next {
    /// The step: `Approve, revise or reject`.
    pub step: String,
    /// The button's text: `Review`.
    pub act: String,
    /// The button's effect.
    pub how: How,
    /// The default outcome: `approved`.
    pub otherwise: &'static str,
}

/// The effect of a button.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// Leads to the applications, side by side.
    Compare,
    /// Leads to a part of the job's page, or to a page below it.
    Look(&'static str),
    /// Asks for confirmation, then pays an amount from the wallet, which is held until the named event.
    Pay(&'static str, Money, &'static str),
    /// Asks for confirmation, then acts.
    Do(&'static str),
}

impl Next {
    fn new(step: impl Into<String>, act: impl Into<String>, how: How, otherwise: &'static str) -> Option<Self> {
        Some(Self { step: step.into(), act: act.into(), how, otherwise })
    }
}

/// Returns the poster's next step; none while it is another party's move.
pub fn for_poster(need: &Need) -> Option<Next> {
    let worker = need.worker.as_deref().unwrap_or("the chosen worker");
    match need.status {
        Status::Open => Next::new(choose(need.offers, "application"), "Choose", How::Compare, "taken down"),
        Status::PendingEscrow => {
            let cost = cost(need);
            Next::new(
                format!("Fund {worker}"),
                format!("Fund {cost}"),
                How::Pay(acts::FUND, cost, "you have judged the work"),
                "the choice lapses",
            )
        }
        Status::Delivered => Next::new("Approve, revise or reject", "Review", How::Look(""), "approved"),
        Status::PendingProof => proofers(need),
        Status::Approved => Next::new("Release or dispute", "Release", How::Do(acts::APPROVE), "released to the worker"),
        Status::Disputed if need.unanswered > 0 => Next::new("Answer the dispute", "Answer", How::Look("/dispute"), "ruled without you"),
        Status::Disputed if need.disputed_at.is_some() => {
            Next::new("Wait for the ruling", "Look", How::Look("/dispute"), "ruled by default")
        }
        Status::Disputed => Next::new("Approve after all, or wait", "Decide", How::Look(""), "refunded to you"),
        _ => None,
    }
}

/// Returns the step to fill or fund the seats of a review. After a tie one more seat than was asked for is needed.
fn proofers(need: &Need) -> Option<Next> {
    let otherwise = if need.seats > need.unfunded { "the verdicts so far decide" } else { "approved" };
    let free = need.proofer_count - need.seats;
    if free <= 0 && need.unfunded > 0 {
        let (cost, step) = (need.unfunded_cost, format!("Fund {}", count(need.unfunded, "proofer")));
        return Next::new(step, format!("Fund {cost}"), How::Pay(proof::acts::FUND, cost, "they have judged it"), otherwise);
    }
    let wanted = free.max(1);
    let (step, act) = match need.proof_offers {
        0 => (format!("Wait for {}", count(wanted, "proofer")), "Look"),
        waiting if waiting < wanted => (format!("{} for {}", count(waiting, "offer"), count(wanted, "seat")), "Choose"),
        waiting => (format!("Choose {wanted} of {}", count(waiting, "offer")), "Choose"),
    };
    Next::new(step, act, How::Look("#proofing"), otherwise)
}

fn choose(n: i64, what: &str) -> String {
    if n == 1 { format!("Look at 1 {what}") } else { format!("Choose from {n} {what}s") }
}

fn count(n: i64, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

fn cost(need: &Need) -> Money {
    let price = need.price.unwrap_or_default();
    Money(price.0 + price.share(need.fee_bps).0)
}

/// Returns whether a job waits for the worker, and the next step.
pub fn for_worker(task: &Task) -> (bool, String) {
    let next = task.versions + 1;
    match task.status {
        Status::PendingEscrow => (false, "Poster: fund it".to_owned()),
        Status::InProgress => (true, "deliver".to_owned()),
        Status::RevisionRequested => (true, format!("deliver version {next}")),
        Status::Delivered => (false, "Poster: judge it".to_owned()),
        Status::PendingProof => (false, "Poster: choose proofers".to_owned()),
        Status::InReview => (false, "Proofers: judge it".to_owned()),
        Status::Approved => (false, "Poster: release".to_owned()),
        Status::Disputed if task.unanswered > 0 => (true, "answer the dispute".to_owned()),
        Status::Disputed if task.disputed_at.is_some() => (false, "Ruling: who is paid".to_owned()),
        Status::Disputed => (false, "Poster: approve, or be refunded".to_owned()),
        Status::Releasing => (false, "Timer: pays you".to_owned()),
        _ => (false, "Nobody".to_owned()),
    }
}

/// Returns true if the poster can still dispute an approved job.
pub fn can_dispute(card: &Card) -> bool {
    matches!(card.status, Status::Approved | Status::Releasing)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn need(status: Status) -> Need {
        Need {
            id: "j".into(),
            title: "A job".into(),
            status,
            due_at: None,
            worker: Some("ferrous".into()),
            price: Some(Money(40_000)),
            fee_bps: 500,
            offers: 0,
            proofer_count: 3,
            seats: 0,
            unfunded: 0,
            unfunded_cost: Money::ZERO,
            proof_offers: 0,
            consensus: None,
            disputed_at: None,
            unanswered: 0,
        }
    }

    fn says(need: &Need) -> (String, String) {
        let next = for_poster(need).expect("the poster has to move");
        (next.step, next.act)
    }

    #[test]
    fn each_need_says_what_to_do() {
        let two = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(says(&Need { offers: 1, ..need(Status::Open) }), two("Look at 1 application", "Choose"));
        assert_eq!(says(&Need { offers: 4, ..need(Status::Open) }), two("Choose from 4 applications", "Choose"));
        assert_eq!(says(&need(Status::PendingEscrow)), two("Fund ferrous", "Fund 420.00"));
        assert_eq!(says(&need(Status::Approved)), two("Release or dispute", "Release"));
        assert_eq!(says(&Need { unanswered: 1, ..need(Status::Disputed) }), two("Answer the dispute", "Answer"));
        let proof = need(Status::PendingProof);
        assert_eq!(says(&proof), two("Wait for 3 proofers", "Look"));
        assert_eq!(says(&Need { proof_offers: 1, ..proof.clone() }), two("1 offer for 3 seats", "Choose"));
        assert_eq!(says(&Need { proof_offers: 5, seats: 1, ..proof.clone() }), two("Choose 2 of 5 offers", "Choose"));
        assert_eq!(
            says(&Need { seats: 3, unfunded: 3, unfunded_cost: Money(3_600), ..proof.clone() }),
            two("Fund 3 proofers", "Fund 36.00")
        );
        assert_eq!(says(&Need { seats: 3, proof_offers: 2, ..proof.clone() }), two("Choose 1 of 2 offers", "Choose"), "they tied");
        assert_eq!(says(&Need { seats: 4, unfunded: 1, unfunded_cost: Money(1_200), ..proof }), two("Fund 1 proofer", "Fund 12.00"));
    }

    #[test]
    fn what_is_not_the_posters_move_is_not_asked_of_them() {
        for status in [Status::InProgress, Status::InReview, Status::RevisionRequested, Status::Releasing, Status::Completed] {
            assert_eq!(for_poster(&need(status)), None, "{status}");
        }
    }

    #[test]
    fn a_worker_reads_which_version_is_due() {
        let task = Task {
            id: "j".into(),
            title: "A job".into(),
            status: Status::RevisionRequested,
            due_at: None,
            price: Money(1),
            versions: 1,
            disputed_at: None,
            unanswered: 0,
        };
        assert_eq!(for_worker(&task), (true, "deliver version 2".to_owned()));
        let disputed = Task { status: Status::Disputed, disputed_at: Some(market::Time::from_ms(0)), unanswered: 1, ..task };
        assert_eq!(for_worker(&disputed), (true, "answer the dispute".to_owned()));
        assert_eq!(for_worker(&Task { unanswered: 0, ..disputed }), (false, "Ruling: who is paid".to_owned()));
    }
}
