//! The results of a review, as far as its viewer may see them: consensus, verdicts, revision items, feedback.

use super::words::{priority, verdict};
use crate::profile::AgentLink;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::table::{Cell, Head, Row, Table};
use crate::ui::when::When;
use crate::ui::written::Name;
use leptos::prelude::*;
use market::job::Status;
use market::review::{Item, ReviewView, Round, Seat, SeatStatus, VerdictView, Viewer};
use market::text::capitalised;
use std::sync::Arc;

/// The results of all rounds, the current one first.
#[component]
pub fn Verdicts(review: Arc<ReviewView>) -> impl IntoView {
    if review.blind {
        return ().into_any();
    }
    let decided = review.rounds.first().filter(|last| last.round == review.round).cloned();
    let earlier: Vec<_> = review.rounds.iter().filter(|round| round.round < review.round).cloned().collect();
    let items = review.revision_items.clone();
    let earlier = earlier.into_iter().map(|round| view! { <Earlier review=review.clone() round=round /> }).collect_view();
    view! {
        {decided.map(|round| view! { <Consensus round=round /> })}
        <Found review=review.clone() round=review.round />
        <Items items=items status=review.status />
        <Coaching review=review.clone() />
        {earlier}
    }
    .into_any()
}

/// The consensus of a round.
#[component]
pub fn Consensus(round: Round) -> impl IntoView {
    let told = consensus(&round);
    view! {
        <div class="row gap-4 mb-3">
            <span class="blind lifted"><Icon glyph=Glyph::Eye />"Blind until "<When at=round.decided_at /></span>
            <span><b>{told}</b>{format!(" Average score {}.", round.score)}</span>
        </div>
    }
}

/// Describes the consensus of a round, or its tie.
fn consensus(round: &Round) -> String {
    let tally = round.tally;
    if round.is_tied() {
        return format!("Tied {}–{}–{}: changes are asked for.", tally.approve, tally.needs_revision, tally.reject);
    }
    let count = match round.consensus {
        market::review::Verdict::Approve => tally.approve,
        market::review::Verdict::NeedsRevision => tally.needs_revision,
        market::review::Verdict::Reject => tally.reject,
    };
    format!("Consensus: {}, {count} of {}.", verdict(round.consensus).to_lowercase(), tally.total())
}

/// An earlier round, folded.
#[component]
fn Earlier(review: Arc<ReviewView>, round: Round) -> impl IntoView {
    let n = round.round;
    let told = match round.is_tied() {
        true => format!("Round {n}: tied, average score {}", round.score),
        false => format!("Round {n}: {}, average score {}", verdict(round.consensus).to_lowercase(), round.score),
    };
    view! { <details class="data mt-2"><summary>{told}</summary><Found review=review round=n /></details> }
}

/// One row of the table: a seat, or a verdict whose seat the viewer may not see.
struct Line {
    proofer: String,
    own: bool,
    tie_break: bool,
    proof: Option<VerdictView>,
    seat: Option<Seat>,
}

fn lines(review: &ReviewView, round: i64) -> Vec<Line> {
    let given = || review.verdicts.iter().filter(move |proof| proof.round == round);
    if round == review.round && review.viewer != Viewer::Agent {
        let of = |seat: &Seat| given().find(|proof| proof.agent_id.as_ref() == Some(&seat.agent_id)).cloned();
        // Freed seats are not part of the round.
        let sit = review.seats.iter().filter(|seat| seat.status != SeatStatus::Freed);
        return sit
            .map(|seat| {
                let proof = of(seat);
                let own = proof.as_ref().is_some_and(|proof| proof.own);
                Line { proofer: seat.agent.clone(), own, tie_break: seat.tie_break, proof, seat: Some(seat.clone()) }
            })
            .collect();
    }
    let line = |proof: &VerdictView| Line {
        proofer: proof.agent.clone(),
        own: proof.own,
        tie_break: proof.tie_break,
        proof: Some(proof.clone()),
        seat: None,
    };
    given().map(line).collect()
}

/// The table of verdicts of a round.
#[component]
pub fn Found(review: Arc<ReviewView>, round: i64) -> impl IntoView {
    let lines = lines(&review, round);
    let fees = lines.iter().any(|line| line.seat.is_some());
    let summaries = review.viewer != Viewer::Agent;
    // Seats that are not funded yet are listed with the applications.
    let begun = lines.iter().any(|line| line.seat.as_ref().is_none_or(|seat| seat.status != SeatStatus::Accepted));
    begun.then(|| {
        let mut heads = vec![Head::words("Proofer"), Head::words("Verdict"), Head::number("Score")];
        heads.extend(fees.then(|| Head::number("Fee, USD")));
        heads.extend(summaries.then(|| Head::words("Summary")));
        let rows = lines.into_iter().map(|line| view! { <FoundRow line=line fees=fees summaries=summaries /> });
        let rows = rows.collect_view();
        view! { <Table class="table fold pairs" label=format!("Verdicts of round {round}") heads=heads>{rows}</Table> }
    })
}

#[component]
fn FoundRow(line: Line, fees: bool, summaries: bool) -> impl IntoView {
    let Line { proofer, own, tie_break, proof, seat } = line;
    // None for the worker, who does not learn who judged.
    let who = proof.as_ref().and_then(|proof| proof.agent_id.clone()).or_else(|| seat.as_ref().map(|seat| seat.agent_id.clone()));
    let said = proof.as_ref().map_or_else(
        || seat.as_ref().map(|one| super::words::seat(one.status)).unwrap_or("–").to_owned(),
        |proof| verdict(proof.verdict).to_owned(),
    );
    let note = match (own, tie_break) {
        (true, _) => Some("you"),
        (false, true) => Some("tie-break"),
        (false, false) => None,
    };
    let apart = proof.as_ref().filter(|proof| !proof.sections.is_empty()).map(|proof| {
        let sections: Vec<_> = proof.sections.iter().map(|section| format!("{} {}", section.name, section.score)).collect();
        view! { <span class="sub" dir="auto">{sections.join(" · ")}</span> }
    });
    let summary = proof.as_ref().and_then(|proof| proof.summary.clone()).unwrap_or_default();
    let reason = proof.as_ref().map(|proof| proof.reason.clone()).unwrap_or_default();
    view! {
        <Row>
            <Cell class="main"><AgentLink text=proofer id=who />{note.map(|note| view! { <span class="faint">" "{note}</span> })}{apart}</Cell>
            <Cell class="end whitespace-nowrap">{said}</Cell>
            <Cell class="num" label="Score">{proof.as_ref().map_or_else(|| "–".to_owned(), |proof| proof.score.to_string())}</Cell>
            {fees.then(|| view! { <Cell class="num" label="Fee"><span class="money">{seat.map(|seat| seat.fee.to_string()).unwrap_or_default()}</span></Cell> })}
            {summaries.then(|| view! { <Cell class="soft words"><span dir="auto">{summary}</span>{(!reason.is_empty()).then(|| view! { <span class="sub" dir="auto">{reason}</span> })}</Cell> })}
        </Row>
    }
}

/// The revision items, by priority, with a title.
#[component]
pub fn Items(items: Vec<Item>, status: Status) -> impl IntoView {
    // Approved work changes no more.
    let stands = status != Status::Approved && !status.is_closed();
    (stands && !items.is_empty()).then(|| view! { <h3 class="mt-6">"What to change"</h3><ItemList items=items /> })
}

/// The revision items without a title.
#[component]
pub fn ItemList(items: Vec<Item>) -> impl IntoView {
    let rows = items.into_iter().map(|item| {
        view! { <li><b><Name text=capitalised(&item.category) /></b>" "<span class="faint">{priority(&item.priority)}</span><span class="said" dir="auto">{item.description}</span></li> }
    });
    view! { <ul class="items">{rows.collect_view()}</ul> }
}

/// The proofers' feedback to the worker, which only the worker sees.
#[component]
fn Coaching(review: Arc<ReviewView>) -> impl IntoView {
    let said =
        |proof: &&VerdictView| review.viewer == Viewer::Agent && proof.agent_feedback.as_deref().is_some_and(|text| !text.is_empty());
    let said: Vec<_> = review.verdicts.iter().filter(said).cloned().collect();
    (!said.is_empty()).then(|| {
        let rows = said.into_iter().map(|proof| {
            let text = proof.agent_feedback.unwrap_or_default();
            view! { <li><b><Name text=proof.agent /></b>" "<span class="faint">{format!("round {}", proof.round)}</span><span class="said" dir="auto">{text}</span></li> }
        });
        view! {
            <h3 class="mt-6">"Coaching"</h3>
            <p class="help">"For you alone. The poster doesn’t see it."</p>
            <ul class="items">{rows.collect_view()}</ul>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use market::Time;
    use market::review::{Tally, Verdict};

    #[test]
    fn a_tie_is_called_a_tie() {
        let says = |consensus, approve, needs_revision, reject| {
            let tally = Tally { approve, needs_revision, reject };
            super::consensus(&Round { round: 1, consensus, tally, score: 60, decided_at: Time::from_ms(0) })
        };
        assert_eq!(says(Verdict::NeedsRevision, 1, 1, 1), "Tied 1–1–1: changes are asked for.");
        assert_eq!(says(Verdict::NeedsRevision, 1, 0, 1), "Tied 1–0–1: changes are asked for.");
        assert_eq!(says(Verdict::NeedsRevision, 1, 2, 0), "Consensus: needs revision, 2 of 3.");
        assert_eq!(says(Verdict::Approve, 2, 1, 1), "Consensus: approve, 2 of 4.");
    }
}
