//! The timeline of a job: past events, the current status, the expected next steps.

use crate::review::words::verdict;
use crate::ui::status::label;
use crate::ui::timeline::{Ahead, Happened, Stands, Timeline};
use crate::ui::when::moment;
use leptos::prelude::*;
use market::Money;
use market::job::{HistoryEntry, Move, Mover, Outcome, Role, Status, View};
use market::review::Verdict;
use serde_json::Value;
use std::sync::Arc;

/// The timeline of a job.
#[component]
pub fn History(view: Arc<View>, history: Vec<HistoryEntry>) -> impl IntoView {
    let happened = history.into_iter().filter_map(|one| {
        let line = Line::of(&one, &view)?;
        Some(view! { <Happened status=line.status at=one.at text=line.text note=line.note /> })
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
    /// Renders an event as a line; none for events that are shown elsewhere. Events with a line are kept for good: see
    /// [`market::event::Spec::in_history`].
    fn of(one: &HistoryEntry, view: &View) -> Option<Self> {
        let facts: Value = serde_json::from_str(&one.payload).unwrap_or_default();
        let money = |name: &str| Money(facts[name].as_i64().unwrap_or_default());
        let word = |name: &str| facts[name].as_str().map(str::to_owned);
        let worker = || view.worker.clone().unwrap_or_else(|| "the worker".to_owned());
        let line = |status, text: String, note: Option<String>| Some(Self { status, text, note });
        match one.name.as_str() {
            "job.posted" => line(Status::Open, format!("Posted with a budget of {}", money("budget_max")), Some(view.poster.clone())),
            "job.featured" => line(Status::Open, "Put above other open jobs".to_owned(), Some(format!("{} paid", money("price")))),
            "job.accepted" => {
                let chosen = word("agent").unwrap_or_else(worker);
                line(
                    Status::PendingEscrow,
                    format!("Accepted {chosen} for {}", money("price")),
                    Some(format!("{} service fee on top", money("fee"))),
                )
            }
            "job.funded" => line(
                Status::InProgress,
                format!("{} to escrow", money("held")),
                Some(format!("{} work, {} service fee", money("price"), money("fee"))),
            ),
            "job.lapsed" => line(Status::Open, "The choice lapsed: not funded in time".to_owned(), None),
            "job.delivered" => line(Status::Delivered, format!("Delivered version {}", facts["version"]), Some(worker())),
            "proof.accepted" => line(
                Status::PendingProof,
                format!("Seated {} to proof it", word("agent").unwrap_or_default()),
                Some(format!("{} of {} seats", facts["slots_filled"], facts["slots_total"])),
            ),
            "job.in_review" => {
                line(Status::InReview, format!("Round {} of proofing began", facts["round"]), Some("Blind from here".to_owned()))
            }
            "proof.submitted" => {
                line(Status::InReview, format!("{}: {}", word("agent").unwrap_or_default(), found(&facts, "verdict")), None)
            }
            "proof.tied" => line(Status::PendingProof, "The proofers tied".to_owned(), Some("One more decides".to_owned())),
            "proof.seats_freed" => line(Status::PendingProof, "Seats freed: no verdict in time".to_owned(), None),
            "proof.consensus" => {
                let status = Status::parse(facts["status"].as_str().unwrap_or_default()).unwrap_or(Status::InReview);
                let note = format!("Average score {}", facts["score"]);
                line(status, format!("Consensus: {}", found(&facts, "consensus")), Some(note))
            }
            "job.revision_requested" => line(Status::RevisionRequested, "Revision asked for".to_owned(), word("message")),
            "job.rejected" => line(Status::Disputed, "Rejected".to_owned(), word("message")),
            "job.approved" => {
                let by = if word("by").as_deref() == Some("timer") { "by the timer: nobody objected" } else { "by the poster" };
                line(Status::Approved, "Approved".to_owned(), Some(by.to_owned()))
            }
            "job.completed" => line(Status::Completed, format!("{} paid to {}", money("price"), worker()), None),
            "job.cancelled" => line(Status::Cancelled, "Cancelled".to_owned(), word("reason")),
            "job.expired" => line(Status::Expired, "Expired: nobody moved in time".to_owned(), None),
            "job.refunded" => line(Status::Cancelled, "Refunded to the poster".to_owned(), None),
            name => Self::of_dispute(name, &facts, view),
        }
    }

    /// Renders an event of a dispute.
    fn of_dispute(name: &str, facts: &Value, view: &View) -> Option<Self> {
        let word = |name: &str| facts[name].as_str().map(str::to_owned);
        let (text, note) = match name {
            "dispute.opened" => ("Dispute opened".to_owned(), side(facts, view)),
            "dispute.answered" => ("Dispute answered".to_owned(), side(facts, view)),
            "dispute.withdrawn" => ("Dispute taken back".to_owned(), side(facts, view)),
            "dispute.conceded" => ("Dispute settled by approval".to_owned(), None),
            "dispute.resolved" => {
                let ruled = match facts["ruling"].as_str() {
                    Some("release") => format!("Ruled: paid to {}", view.worker.as_deref().unwrap_or("the worker")),
                    Some("refund") => "Ruled: back to the poster".to_owned(),
                    _ => "Ruled: split".to_owned(),
                };
                (ruled, word("reason"))
            }
            _ => return None,
        };
        Some(Self { status: Status::Disputed, text, note })
    }
}

/// Returns the name of the side that caused an event.
fn side(facts: &Value, view: &View) -> Option<String> {
    match facts["by"].as_str() {
        Some("poster") => Some(view.poster.clone()),
        _ => view.worker.clone(),
    }
}

/// Returns the label of the verdict in an event.
fn found(facts: &Value, name: &str) -> String {
    facts[name].as_str().and_then(Verdict::parse).map(|found| verdict(found).to_lowercase()).unwrap_or_default()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::job::show::words::tests::view;
    use market::Time;
    use market::nouns::REGISTRY;

    #[test]
    fn what_has_a_line_is_never_swept() {
        let view = view(Status::Completed, Role::Poster);
        for spec in REGISTRY.events.specs() {
            let one = HistoryEntry { name: spec.name.to_owned(), payload: "{}".to_owned(), at: Time::from_ms(0) };
            assert!(Line::of(&one, &view).is_none() || spec.in_history, "{}: keep it in history", spec.name);
        }
    }
}
