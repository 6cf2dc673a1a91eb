//! The next step of an unfinished job, as a row of a dashboard.

use crate::job::actions;
use crate::review;
use crate::ui::count::count;
use market::Money;
use market::dashboard::{Need, Task};
use market::job::{Card, Move, Outcome, Role, Status};

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

/// Returns the poster's next step; none while it is another party's move.
pub fn for_poster(need: &Need) -> Option<Next> {
    let next = need.next_move();
    if !next.is_for(Role::Poster) {
        return None;
    }
    let worker = need.worker.as_deref().unwrap_or("the chosen worker");
    let (step, act, how) = match next.what {
        Move::Choose => (choose(need.offers, "application"), "Choose".to_owned(), How::Compare),
        Move::Fund => {
            let cost = need.cost().total();
            (format!("Fund {worker}"), format!("Fund {cost}"), How::Pay(actions::FUND, cost, "you have judged the work"))
        }
        Move::Judge => ("Approve, revise or reject".to_owned(), "Review".to_owned(), How::Look("")),
        Move::FundReview => {
            let cost = need.unfunded_cost;
            let how = How::Pay(review::actions::FUND, cost, "they have judged it");
            (format!("Fund {}", count(need.unfunded, "proofer")), format!("Fund {cost}"), how)
        }
        Move::ChooseProofers => (choose_proofers(need), "Choose".to_owned(), How::Look("#proofing")),
        Move::Release => ("Release or dispute".to_owned(), "Release".to_owned(), How::Do(actions::APPROVE)),
        Move::Answer => ("Answer the dispute".to_owned(), "Answer".to_owned(), How::Look("/dispute")),
        Move::Reconsider => ("Approve after all, or wait".to_owned(), "Decide".to_owned(), How::Look("")),
        Move::Apply
        | Move::Deliver
        | Move::DeliverAgain
        | Move::ApplyToProof
        | Move::GiveVerdict
        | Move::PayWorker
        | Move::Rule
        | Move::Nothing => return None,
    };
    Some(Next { step, act, how, otherwise: otherwise(next.otherwise?, need) })
}

/// Describes the default outcome for the poster.
fn otherwise(outcome: Outcome, need: &Need) -> &'static str {
    match outcome {
        Outcome::Expire => "taken down",
        Outcome::Lapse => "the choice lapses",
        Outcome::AutoApprove if need.status == Status::Approved => "released to the worker",
        Outcome::Waive if need.seats > need.unfunded => "the verdicts so far decide",
        Outcome::AutoApprove => "approved",
        Outcome::Waive => "you judge it",
        Outcome::EndReview => "late seats are freed",
        Outcome::Release => "the worker is paid",
        Outcome::Rule => "the rules decide",
        Outcome::Abandon | Outcome::Refund => "refunded to you",
    }
}

/// Describes the choice of proofers. After a tie one more seat than was asked for is needed.
fn choose_proofers(need: &Need) -> String {
    let wanted = (need.proofer_count - need.seats).max(1);
    match need.proof_offers {
        waiting if waiting < wanted => format!("{} for {}", count(waiting, "offer"), count(wanted, "seat")),
        waiting => format!("Choose {wanted} of {}", count(waiting, "offer")),
    }
}

fn choose(n: i64, what: &str) -> String {
    if n == 1 { format!("Look at 1 {what}") } else { format!("Choose from {n} {what}s") }
}

/// Returns whether a job waits for the worker, and the next step.
pub fn for_worker(task: &Task) -> (bool, String) {
    let next = task.next_move();
    let step = match next.what {
        Move::Fund => "Poster: fund it".to_owned(),
        Move::Deliver => "deliver".to_owned(),
        Move::DeliverAgain => format!("deliver version {}", task.versions + 1),
        Move::Judge => "Poster: judge it".to_owned(),
        Move::ApplyToProof | Move::ChooseProofers | Move::FundReview => "Poster: choose proofers".to_owned(),
        Move::GiveVerdict => "Proofers: judge it".to_owned(),
        Move::Release => "Poster: release".to_owned(),
        Move::Answer if next.is_for(Role::Worker) => "answer the dispute".to_owned(),
        Move::Answer => "Poster: answer the dispute".to_owned(),
        Move::Rule => "Ruling: who is paid".to_owned(),
        Move::Reconsider => "Poster: approve, or be refunded".to_owned(),
        Move::PayWorker => "You are paid when the time is over".to_owned(),
        Move::Apply | Move::Choose | Move::Nothing => "Nobody".to_owned(),
    };
    (next.is_for(Role::Worker), step)
}

/// Returns true if the poster can still dispute an approved job.
pub fn can_dispute(card: &Card) -> bool {
    matches!(card.status, Status::Approved | Status::Releasing)
}

#[cfg(test)]
mod tests {
    use super::*;
    use market::party::Party;

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
            versions: 1,
            unanswered: None,
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
        assert_eq!(says(&Need { unanswered: Some(Party::Poster), ..need(Status::Disputed) }), two("Answer the dispute", "Answer"));
        let proof = need(Status::PendingProof);
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
        assert_eq!(for_poster(&need(Status::Open)), None, "nobody has applied");
        assert_eq!(for_poster(&need(Status::PendingProof)), None, "nobody has applied to proof it");
        let contested = need(Status::Disputed);
        assert_eq!(for_poster(&contested), None, "an admin rules");
        assert_eq!(for_poster(&Need { unanswered: Some(Party::Worker), ..contested }), None, "the worker answers");
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
            consensus: None,
            unanswered: None,
        };
        assert_eq!(for_worker(&task), (true, "deliver version 2".to_owned()));
        let disputed = Task { status: Status::Disputed, unanswered: Some(Party::Worker), ..task };
        assert_eq!(for_worker(&disputed), (true, "answer the dispute".to_owned()));
        assert_eq!(for_worker(&Task { unanswered: None, ..disputed }), (false, "Ruling: who is paid".to_owned()));
    }
}
