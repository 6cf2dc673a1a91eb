//! The timeline of a job: past events, the current status, the expected next steps.

use crate::job::budget;
use crate::review::words::verdict;
use crate::ui::status::label;
use crate::ui::timeline::{Ahead, Happened, Stands, Timeline};
use crate::ui::when::in_utc;
use leptos::prelude::*;
use market::Money;
use market::job::{HistoryEntry, HistoryEvent, HistoryFacts, Move, Mover, Outcome, Role, Status, View};
use market::party::Party;
use market::review::Verdict;
use std::sync::Arc;

/// The timeline of a job.
#[component]
pub fn History(view: Arc<View>, history: Vec<HistoryEntry>) -> impl IntoView {
    let names = Names { poster: view.poster.clone(), worker: view.worker.clone() };
    let happened = lines(history, &names);
    let stands = (!view.job.status.is_closed()).then(|| {
        view! { <Stands status=view.job.status text=stand(&view) note=mover(&view) /> }
    });
    let ahead = ahead(&view).into_iter().enumerate().map(|(i, text)| {
        let by = view.job.due_at.filter(|_| i == 0 && view.next_move.otherwise == Some(Outcome::Release));
        view! { <Ahead text=text note=by.map(|at| format!("at the latest {}", in_utc(at))) /> }
    });
    let ahead = ahead.collect_view();
    view! {
        <section aria-labelledby="timeline">
            <div class="section-head"><h2 id="timeline">"Timeline"</h2></div>
            <Timeline>{happened} {stands} {ahead}</Timeline>
        </section>
    }
}

/// The names of the two sides.
struct Names {
    poster: String,
    worker: Option<String>,
}

/// The past events of a job, for a reader who sees nothing else of it.
#[component]
pub fn Past(history: Vec<HistoryEntry>, poster: String, worker: String) -> impl IntoView {
    let happened = lines(history, &Names { poster, worker: Some(worker) });
    view! {
        <section class="section" aria-labelledby="timeline">
            <div class="section-head"><h2 id="timeline">"Timeline"</h2></div>
            <Timeline>{happened}</Timeline>
        </section>
    }
}

fn lines(history: Vec<HistoryEntry>, names: &Names) -> impl IntoView + use<> {
    let happened = history.into_iter().map(|one| {
        view! { <Happened status=status(&one) at=one.at text=text(&one, names) note=note(&one, names) /> }
    });
    happened.collect_view()
}

/// Returns the status that a line is marked with.
fn status(one: &HistoryEntry) -> Status {
    match one.event {
        HistoryEvent::Posted | HistoryEvent::BudgetHeld | HistoryEvent::Featured | HistoryEvent::Lapsed | HistoryEvent::Changed => {
            Status::Open
        }
        HistoryEvent::HandedBack => one.facts.status.unwrap_or(Status::Open),
        HistoryEvent::Accepted => Status::PendingEscrow,
        HistoryEvent::Funded => Status::InProgress,
        HistoryEvent::Delivered => Status::Delivered,
        HistoryEvent::Seated | HistoryEvent::Unseated | HistoryEvent::Tied | HistoryEvent::SeatsFreed => Status::PendingProof,
        HistoryEvent::ReviewStarted | HistoryEvent::Submitted => Status::InReview,
        // Events call a rejection a dispute.
        HistoryEvent::Decided if one.facts.status == Some(Status::Disputed) => Status::Rejected,
        HistoryEvent::Decided => one.facts.status.unwrap_or(Status::InReview),
        HistoryEvent::Unproofed => Status::Delivered,
        HistoryEvent::RevisionRequested => Status::RevisionRequested,
        HistoryEvent::Approved => Status::Approved,
        HistoryEvent::Completed => Status::Completed,
        HistoryEvent::Cancelled | HistoryEvent::Refunded => Status::Cancelled,
        HistoryEvent::Expired => Status::Expired,
        HistoryEvent::Rejected | HistoryEvent::CalledOff => Status::Rejected,
        HistoryEvent::DisputeOpened
        | HistoryEvent::DisputeAnswered
        | HistoryEvent::DisputeWithdrawn
        | HistoryEvent::DisputeConceded
        | HistoryEvent::DisputeLapsed
        | HistoryEvent::DisputeResolved => Status::Disputed,
    }
}

/// Says what happened.
fn text(one: &HistoryEntry, names: &Names) -> String {
    let facts = &one.facts;
    let agent = || facts.agent.clone().unwrap_or_else(|| worker(names));
    let said = match one.event {
        HistoryEvent::Posted => {
            let most = sum(facts.budget_max);
            return format!("Posted with a budget of {}", budget(facts.budget_min.unwrap_or(most), most));
        }
        HistoryEvent::Accepted => return format!("Accepted {} for {}", agent(), sum(facts.price)),
        HistoryEvent::Funded | HistoryEvent::BudgetHeld => return format!("{} to escrow", sum(facts.held)),
        HistoryEvent::Delivered => return format!("Delivered version {}", number(facts.version)),
        HistoryEvent::Seated => return format!("Seated {} to proof it", agent()),
        HistoryEvent::Unseated => return format!("Took back the seat of {}", agent()),
        HistoryEvent::ReviewStarted => return format!("Round {} of proofing began", number(facts.round)),
        HistoryEvent::Submitted => return format!("{}: {}", agent(), found(facts.verdict)),
        HistoryEvent::Decided if facts.tied => "The proofers tied: changes are asked for",
        HistoryEvent::Decided => return format!("Consensus: {}", found(facts.consensus)),
        HistoryEvent::Completed => return format!("{} paid to {}", sum(facts.price), worker(names)),
        HistoryEvent::DisputeResolved => return ruled(facts, names),
        HistoryEvent::Featured => "Put above other open jobs",
        HistoryEvent::Lapsed => "The choice was undone: it was not funded",
        HistoryEvent::HandedBack => "The worker gave the job back",
        HistoryEvent::Changed => "The poster changed the job",
        HistoryEvent::Tied => "The proofers tied",
        HistoryEvent::SeatsFreed => "Seats freed: no verdict in time",
        HistoryEvent::Unproofed => "Not proofed: too few proofers in time",
        HistoryEvent::RevisionRequested => "Revision requested",
        HistoryEvent::Rejected => "Rejected",
        HistoryEvent::CalledOff => "Called off",
        HistoryEvent::Approved => "Approved",
        HistoryEvent::Cancelled => "Cancelled",
        HistoryEvent::Expired => "Expired: nobody moved in time",
        HistoryEvent::Refunded => "Refunded to the poster",
        HistoryEvent::DisputeOpened => "Dispute opened",
        HistoryEvent::DisputeAnswered => "Dispute answered",
        HistoryEvent::DisputeWithdrawn => "Dispute withdrawn",
        HistoryEvent::DisputeConceded => "Dispute settled by approval",
        HistoryEvent::DisputeLapsed => "Not ruled in time: the job goes on",
    };
    said.to_owned()
}

/// Says more about it, if there is more to say.
fn note(one: &HistoryEntry, names: &Names) -> Option<String> {
    let facts = &one.facts;
    match one.event {
        HistoryEvent::Posted => Some(names.poster.clone()),
        HistoryEvent::Featured => Some(format!("{} paid", sum(facts.price))),
        HistoryEvent::Accepted => Some(format!("{} service fee on top", sum(facts.fee))),
        HistoryEvent::Funded => Some(format!("{} work, {} service fee", sum(facts.price), sum(facts.fee))),
        HistoryEvent::Delivered => Some(worker(names)),
        HistoryEvent::Seated | HistoryEvent::Unseated => {
            Some(format!("{} of {} seats", number(facts.slots_filled), number(facts.slots_total)))
        }
        HistoryEvent::ReviewStarted => Some("Blind from here".to_owned()),
        HistoryEvent::Tied => Some("One more decides".to_owned()),
        HistoryEvent::Decided => Some(format!("Average score {}", number(facts.score))),
        HistoryEvent::RevisionRequested | HistoryEvent::Rejected | HistoryEvent::HandedBack => facts.message.clone(),
        HistoryEvent::Approved if facts.by.as_deref() == Some("timer") => Some("by the timer: nobody objected".to_owned()),
        HistoryEvent::Approved => Some("by the poster".to_owned()),
        HistoryEvent::Unproofed => Some("The poster judges the work".to_owned()),
        HistoryEvent::Cancelled | HistoryEvent::CalledOff | HistoryEvent::DisputeLapsed | HistoryEvent::DisputeResolved => {
            facts.reason.clone()
        }
        HistoryEvent::DisputeOpened | HistoryEvent::DisputeAnswered | HistoryEvent::DisputeWithdrawn => side(facts, names),
        _ => None,
    }
}

fn sum(amount: Option<Money>) -> Money {
    amount.unwrap_or_default()
}

fn number(number: Option<i64>) -> i64 {
    number.unwrap_or_default()
}

fn worker(names: &Names) -> String {
    names.worker.clone().unwrap_or_else(|| "the worker".to_owned())
}

/// Says what was ruled.
fn ruled(facts: &HistoryFacts, names: &Names) -> String {
    match facts.ruling.as_deref() {
        Some("release") => format!("Ruled: paid to {}", worker(names)),
        Some("refund") => "Ruled: back to the poster".to_owned(),
        _ => "Ruled: split".to_owned(),
    }
}

/// Returns the name of the side that caused an event.
fn side(facts: &HistoryFacts, names: &Names) -> Option<String> {
    match facts.side()? {
        Party::Poster => Some(names.poster.clone()),
        Party::Worker => names.worker.clone(),
    }
}

/// Returns the label of the verdict in an event.
fn found(given: Option<Verdict>) -> String {
    given.map(|given| verdict(given).to_lowercase()).unwrap_or_default()
}

fn stand(view: &View) -> &'static str {
    match view.job.status {
        Status::Disputed if view.next_move.what == Move::Answer => "Waiting for an answer to the dispute",
        Status::Disputed => "Waiting for a ruling",
        Status::Open => "Open for applications",
        Status::PendingEscrow => "Waiting for funds",
        Status::InProgress => "In progress",
        Status::Delivered => "Waiting for the poster’s word",
        Status::RevisionRequested => "Waiting for a new version",
        Status::PendingProof => "Waiting for proofers",
        Status::Approved => "Approved by the proofers, awaiting release",
        Status::Releasing => "Approved, cooling down",
        Status::Rejected => "Rejected, not settled yet",
        other => label(other),
    }
}

fn mover(view: &View) -> String {
    let who = match view.next_move.who {
        Mover::Anyone => "anyone who applies",
        Mover::Poster => view.poster.as_str(),
        Mover::Worker => view.worker.as_deref().unwrap_or("the worker"),
        Mover::Proofers => "the proofers",
        Mover::Admin => "the admin who rules",
        Mover::Timer => "the timer",
        Mover::Nobody => "nobody",
    };
    format!("Whose move: {who}")
}

fn ahead(view: &View) -> Vec<String> {
    let job = &view.job;
    let told = |text: &str| text.to_owned();
    let proofed = job.review.is_some().then(|| match view.role {
        Role::Proofer => told("Proofed"),
        _ => format!("Proofed by {}", job.proofer_count()),
    });
    let way: Vec<_> =
        [Some(told("Accepted and funded")), Some(told("Delivered")), proofed, Some(told("Approved")), Some(told("Worker paid"))]
            .into_iter()
            .flatten()
            .collect();
    let last = |n: usize| way.get(way.len().saturating_sub(n)..).unwrap_or_default().to_vec();
    let after_delivery = if job.review.is_some() { 3 } else { 2 };
    match job.status {
        Status::Open => way,
        Status::PendingEscrow => std::iter::once(told("Funded")).chain(way.into_iter().skip(1)).collect(),
        Status::InProgress | Status::RevisionRequested => last(after_delivery + 1),
        Status::PendingProof => last(after_delivery),
        Status::Delivered | Status::InReview => last(2),
        Status::Approved | Status::Releasing => last(1),
        Status::Disputed => vec![told("Ruling")],
        Status::Rejected => vec![told("Refunded to the poster")],
        Status::Completed | Status::Cancelled | Status::Expired => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::job::show::words::tests::view;
    use market::Time;

    fn said(event: HistoryEvent, facts: HistoryFacts) -> String {
        let names = Names { poster: "Larkfield".into(), worker: Some("ferrous-2".into()) };
        text(&HistoryEntry { event, facts, at: Time::from_ms(0) }, &names)
    }

    #[test]
    fn what_was_done_is_not_ahead() {
        assert_eq!(ahead(&view(Status::Open, Role::Poster))[0], "Accepted and funded");
        let accepted = ahead(&view(Status::PendingEscrow, Role::Poster));
        assert_eq!((accepted[0].as_str(), accepted[1].as_str()), ("Funded", "Delivered"));
    }

    #[test]
    fn a_budget_is_told_as_it_was_posted() {
        let posted = |least, most| HistoryFacts { budget_min: least, budget_max: Some(Money(most)), ..HistoryFacts::default() };
        assert_eq!(said(HistoryEvent::Posted, posted(Some(Money(30_000)), 50_000)), "Posted with a budget of 300.00–500.00");
        assert_eq!(said(HistoryEvent::Posted, posted(None, 50_000)), "Posted with a budget of 500.00");
    }

    #[test]
    fn a_tie_and_a_rejection_are_called_so() {
        let decided = |tied| HistoryFacts { tied, consensus: Some(Verdict::NeedsRevision), ..HistoryFacts::default() };
        assert_eq!(said(HistoryEvent::Decided, decided(true)), "The proofers tied: changes are asked for");
        assert_eq!(said(HistoryEvent::Decided, decided(false)), "Consensus: needs revision");
        let rejected = HistoryFacts { status: Some(Status::Disputed), ..HistoryFacts::default() };
        let entry = HistoryEntry { event: HistoryEvent::Decided, facts: rejected, at: Time::from_ms(0) };
        assert_eq!(status(&entry), Status::Rejected, "events call it a dispute");
    }
}
