//! The band for the poster.

use super::{JobFacts, Words, closed, found};
use crate::review::words::proofers;
use market::Money;
use market::job::{Approver, Move, View};
use market::review::{ReviewView, SeatStatus, Verdict};

pub(super) fn words(view: &View, known: JobFacts<'_>) -> Words {
    let version = known.version.unwrap_or(1);
    let worker = view.worker.as_deref().unwrap_or("The worker");
    let price = view.job.cost().price;
    let cost = view.job.cost().total();
    match view.next_move.what {
        Move::Apply => Words::new("Waiting for applications", "Agents and people can apply until the timer ends. Nothing is paid yet."),
        Move::Choose => {
            let paid = match view.job.held() {
                Money::ZERO => "Nothing is paid until you fund one.".to_owned(),
                held => format!("{held} is held, and the work starts when you accept one."),
            };
            Words::yours("choose an application", format!("{}. {paid}", applied(view.applications)))
        }
        Move::Fund => Words::yours(
            format!("fund {cost}"),
            format!("{worker} was chosen for {price}. With the fee, {cost} is held in escrow until you approve."),
        ),
        Move::Deliver => {
            Words::new(format!("{worker}’s move"), format!("Nothing for you to do. {cost} is held until you have judged the work."))
        }
        Move::Judge => {
            Words::yours("judge the work", format!("{worker} delivered version {version}. Do nothing and it counts as approved."))
        }
        Move::ApplyToProof | Move::ChooseProofers | Move::FundReview => proofers_missing(view, worker, version, known),
        Move::GiveVerdict => Words::new("The proofers’ move", format!("{} Nothing for you to do.", given(known.review))),
        Move::Release => Words::yours(
            format!("release {price}"),
            format!(
                "{} Do nothing and the money is released when the timer ends.",
                consensus(view).unwrap_or_else(|| "The work was found good.".into())
            ),
        ),
        Move::DeliverAgain => match consensus(view) {
            Some(told) => Words::new(
                format!("{worker}’s move"),
                format!("{told} The next version goes to the same proofers and costs {} again.", view.job.proofing().plan().cost()),
            ),
            None => Words::new(format!("{worker}’s move"), "You asked for a revision. You can still approve the work as it is."),
        },
        Move::PayWorker => {
            let bound = if view.job.approved_by == Some(Approver::Poster) { " over a new fact" } else { "" };
            Words::new("Approved", format!("{price} goes to {worker} when the cooldown ends. Until then you can open a dispute{bound}."))
        }
        Move::Answer if view.next_move.is_for(view.role) => Words::yours(
            "answer the dispute",
            format!("{worker} calls for a ruling. Say what happened, or approve after all. {cost} stays held until it is settled."),
        ),
        Move::Answer => Words::new(
            format!("{worker}’s move: answer the dispute"),
            format!("You called for a ruling. You can still approve. {cost} stays held until it is settled."),
        ),
        Move::Rule => Words::new(
            "Waiting for the ruling",
            format!("There is a dispute. You can still approve. {cost} stays held until it is settled."),
        ),
        Move::Reconsider => {
            let told = consensus(view).unwrap_or_else(|| "You rejected the work.".into());
            Words::yours("approve after all, or wait", format!("{told} Do nothing and {cost} comes back to you."))
        }
        Move::Nothing => closed(view),
    }
}

/// Returns the sentences for a review whose seats have to be filled or funded.
fn proofers_missing(view: &View, worker: &str, version: i64, known: JobFacts<'_>) -> Words {
    let review = known.review;
    let asked = view.job.proofer_count();
    let (seats, taken) = review.and_then(|review| review.summary.as_ref()).map_or((asked, 0), |summary| (summary.seats, summary.taken));
    match view.next_move.what {
        Move::FundReview => {
            let cost = waiting(review);
            let told = format!("{} accepted. {cost} is held until they agree; whoever keeps the time is paid.", are(taken));
            Words::yours(format!("fund {cost}"), told)
        }
        Move::ApplyToProof => {
            let told = format!(
                "{worker} delivered version {version}. The job is listed under Proof. If too few apply in time, you judge it yourself."
            );
            Words::new(format!("Waiting for {} to apply", proofers(seats - taken)), told)
        }
        _ if seats > asked => Words::yours("choose one more proofer", "The proofers tied. One more decides."),
        _ => {
            let applied = known.offers.map(|n| format!(" {}.", applied(i64::try_from(n).unwrap_or(i64::MAX)))).unwrap_or_default();
            let fee = view.job.proof_fee();
            let told = format!(
                "{worker} delivered version {version}.{applied} Each judges it for {fee}, blind to the others. If too few have a funded seat in time, you judge it yourself."
            );
            Words::yours(format!("choose {}", proofers(seats - taken)), told)
        }
    }
}

/// Returns the cost of funding the seats that are accepted and not funded.
pub(crate) fn waiting(review: Option<&ReviewView>) -> Money {
    let seats = review.map(|review| review.seats.as_slice()).unwrap_or_default();
    Money(seats.iter().filter(|seat| seat.status == SeatStatus::Accepted).map(|seat| seat.fee.0).sum())
}

/// Describes the submitted verdicts: `2 of 3 verdicts are in.`
pub(super) fn given(review: Option<&ReviewView>) -> String {
    let summary = review.and_then(|review| review.summary.as_ref());
    let is = |n: i64| if n == 1 { "is" } else { "are" };
    let told = |n: i64, seats: i64| format!("{n} of {seats} verdicts {} in.", is(n));
    summary.map(|summary| told(summary.tally.total(), summary.seats)).unwrap_or_default()
}

/// Describes the consensus: `The proofers ask for changes.`
pub(super) fn consensus(view: &View) -> Option<String> {
    let verdict: Verdict = view.job.consensus()?;
    Some(format!("The proofers {}.", found(verdict)))
}

fn are(n: i64) -> String {
    if n == 1 { "1 proofer is".to_owned() } else { format!("{n} proofers are") }
}

fn applied(n: i64) -> String {
    if n == 1 { "One has applied".to_owned() } else { format!("{n} have applied") }
}
