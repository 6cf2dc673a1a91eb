//! The timeline of a job: past events, the current status, the expected next steps.

use crate::review::words::verdict;
use crate::ui::status::label;
use crate::ui::timeline::{Ahead, Happened, Stands, Timeline};
use crate::ui::when::moment;
use leptos::prelude::*;
use market::Money;
use market::job::{HistoryEntry, HistoryEvent, HistoryFacts, Move, Mover, Outcome, Role, Status, View};
use market::party::Party;
use market::review::Verdict;
use std::sync::Arc;

/// The timeline of a job.
#[component]
pub fn History(view: Arc<View>, history: Vec<HistoryEntry>) -> impl IntoView {
    let happened = history.into_iter().map(|one| {
        let line = Line::of(&one, &view);
        view! { <Happened status=line.status at=one.at text=line.text note=line.note /> }
    });
    let happened = happened.collect_view();
    let stands = (!view.job.status.is_closed()).then(|| {
        view! { <Stands status=view.job.status text=stand(&view) note=mover(&view) /> }
    });
    let ahead = ahead(&view).into_iter().enumerate().map(|(i, text)| {
        let by = view.job.due_at.filter(|_| i == 0 && view.next_move.otherwise == Some(Outcome::Release));
        view! { <Ahead text=text note=by.map(|at| format!("at the latest {}", moment(at))) /> }
    });
    let ahead = ahead.collect_view();
    view! {
        <section aria-labelledby="timeline">
            <div class="section-head"><h2 id="timeline">"Timeline"</h2></div>
            <Timeline>{happened} {stands} {ahead}</Timeline>
        </section>
    }
}

/// One line of the timeline.
struct Line {
    status: Status,
    text: String,
    note: Option<String>,
}

impl Line {
    /// Renders an event as a line.
    fn of(one: &HistoryEntry, view: &View) -> Self {
        let facts = &one.facts;
        let money = |amount: Option<Money>| amount.unwrap_or_default();
        let count = |number: Option<i64>| number.unwrap_or_default();
        let worker = || view.worker.clone().unwrap_or_else(|| "the worker".to_owned());
        let line = |status, text: String, note: Option<String>| Self { status, text, note };
        match one.event {
            HistoryEvent::Posted => {
                line(Status::Open, format!("Posted with a budget of {}", money(facts.budget_max)), Some(view.poster.clone()))
            }
            HistoryEvent::Featured => {
                line(Status::Open, "Put above other open jobs".to_owned(), Some(format!("{} paid", money(facts.price))))
            }
            HistoryEvent::Accepted => {
                let chosen = facts.agent.clone().unwrap_or_else(worker);
                line(
                    Status::PendingEscrow,
                    format!("Accepted {chosen} for {}", money(facts.price)),
                    Some(format!("{} service fee on top", money(facts.fee))),
                )
            }
            HistoryEvent::Funded => line(
                Status::InProgress,
                format!("{} to escrow", money(facts.held)),
                Some(format!("{} work, {} service fee", money(facts.price), money(facts.fee))),
            ),
            HistoryEvent::Lapsed => line(Status::Open, "The choice lapsed: not funded in time".to_owned(), None),
            HistoryEvent::Delivered => line(Status::Delivered, format!("Delivered version {}", count(facts.version)), Some(worker())),
            HistoryEvent::Seated => line(
                Status::PendingProof,
                format!("Seated {} to proof it", facts.agent.as_deref().unwrap_or_default()),
                Some(format!("{} of {} seats", count(facts.slots_filled), count(facts.slots_total))),
            ),
            HistoryEvent::ReviewStarted => {
                line(Status::InReview, format!("Round {} of proofing began", count(facts.round)), Some("Blind from here".to_owned()))
            }
            HistoryEvent::Submitted => {
                line(Status::InReview, format!("{}: {}", facts.agent.as_deref().unwrap_or_default(), found(facts.verdict)), None)
            }
            HistoryEvent::Tied => line(Status::PendingProof, "The proofers tied".to_owned(), Some("One more decides".to_owned())),
            HistoryEvent::SeatsFreed => line(Status::PendingProof, "Seats freed: no verdict in time".to_owned(), None),
            HistoryEvent::Decided => {
                let note = format!("Average score {}", count(facts.score));
                line(facts.status.unwrap_or(Status::InReview), format!("Consensus: {}", found(facts.consensus)), Some(note))
            }
            HistoryEvent::RevisionRequested => line(Status::RevisionRequested, "Revision asked for".to_owned(), facts.message.clone()),
            HistoryEvent::Rejected => line(Status::Disputed, "Rejected".to_owned(), facts.message.clone()),
            HistoryEvent::Approved => {
                let by = if facts.by.as_deref() == Some("timer") { "by the timer: nobody objected" } else { "by the poster" };
                line(Status::Approved, "Approved".to_owned(), Some(by.to_owned()))
            }
            HistoryEvent::Completed => line(Status::Completed, format!("{} paid to {}", money(facts.price), worker()), None),
            HistoryEvent::Cancelled => line(Status::Cancelled, "Cancelled".to_owned(), facts.reason.clone()),
            HistoryEvent::Expired => line(Status::Expired, "Expired: nobody moved in time".to_owned(), None),
            HistoryEvent::Refunded => line(Status::Cancelled, "Refunded to the poster".to_owned(), None),
            HistoryEvent::DisputeOpened => line(Status::Disputed, "Dispute opened".to_owned(), side(facts, view)),
            HistoryEvent::DisputeAnswered => line(Status::Disputed, "Dispute answered".to_owned(), side(facts, view)),
            HistoryEvent::DisputeWithdrawn => line(Status::Disputed, "Dispute taken back".to_owned(), side(facts, view)),
            HistoryEvent::DisputeConceded => line(Status::Disputed, "Dispute settled by approval".to_owned(), None),
            HistoryEvent::DisputeResolved => line(Status::Disputed, ruled(facts, view), facts.reason.clone()),
        }
    }
}

/// Says what was ruled.
fn ruled(facts: &HistoryFacts, view: &View) -> String {
    match facts.ruling.as_deref() {
        Some("release") => format!("Ruled: paid to {}", view.worker.as_deref().unwrap_or("the worker")),
        Some("refund") => "Ruled: back to the poster".to_owned(),
        _ => "Ruled: split".to_owned(),
    }
}

/// Returns the name of the side that caused an event.
fn side(facts: &HistoryFacts, view: &View) -> Option<String> {
    match facts.side()? {
        Party::Poster => Some(view.poster.clone()),
        Party::Worker => view.worker.clone(),
    }
}

/// Returns the label of the verdict in an event.
fn found(given: Option<Verdict>) -> String {
    given.map(|given| verdict(given).to_lowercase()).unwrap_or_default()
}

fn stand(view: &View) -> &'static str {
    match view.job.status {
        Status::Disputed if view.next_move.what == Move::Answer => "Waiting for an answer to the dispute",
        Status::Disputed if view.job.disputed_at.is_some() => "Waiting for a ruling",
        Status::Open => "Open for applications",
        Status::PendingEscrow => "Waiting for funds",
        Status::InProgress => "In progress",
        Status::Delivered => "Waiting for the poster’s word",
        Status::RevisionRequested => "Waiting for a new version",
        Status::PendingProof => "Waiting for proofers",
        Status::Approved => "Found good, waiting for the poster’s word",
        Status::Releasing => "Approved, cooling down",
        Status::Disputed => "Rejected, not settled yet",
        other => label(other),
    }
}

fn mover(view: &View) -> String {
    let who = match view.next_move.who {
        Mover::Anyone => "anyone who applies",
        Mover::Poster => view.poster.as_str(),
        Mover::Worker => view.worker.as_deref().unwrap_or("the worker"),
        Mover::Proofers => "the proofers",
        Mover::Admin => "whoever rules",
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
        Status::Open | Status::PendingEscrow => way,
        Status::InProgress | Status::RevisionRequested => last(after_delivery + 1),
        Status::PendingProof => last(after_delivery),
        Status::Delivered | Status::InReview => last(2),
        Status::Approved | Status::Releasing => last(1),
        Status::Disputed if job.disputed_at.is_some() => vec![told("Ruling")],
        Status::Disputed => vec![told("Refunded to the poster")],
        Status::Completed | Status::Cancelled | Status::Expired => Vec::new(),
    }
}
