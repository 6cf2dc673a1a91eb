//! The verdicts in full, for viewers who may read them; else the reason why they are hidden.

use crate::review::verdicts::{Consensus, ItemList, Items};
use crate::review::words::verdict;
use crate::ui::written::Name;
use leptos::prelude::*;
use market::job::{Status, View};
use market::review::{ReviewView, SeatStatus, VerdictView, Viewer};
use std::sync::Arc;

/// The verdict pane of the review page.
#[component]
pub fn Found(view: Arc<View>, review: Arc<ReviewView>) -> impl IntoView {
    let decided = review.rounds.first().filter(|last| last.round == review.round).cloned();
    let summary = review.summary.as_ref().filter(|summary| !summary.decided);
    let so_far =
        summary.map(|summary| view! { <span class="soft xs">{format!("{} of {} are in", summary.tally.total(), summary.seats)}</span> });
    let mut rounds: Vec<i64> = review.verdicts.iter().map(|proof| proof.round).collect();
    rounds.dedup();
    let given = rounds.into_iter().map(|round| {
        let title = (round != review.round || review.round > 1).then(|| view! { <h3 class="mt-6">{format!("Round {round}")}</h3> });
        let of: Vec<_> = review.verdicts.iter().filter(|proof| proof.round == round).cloned().collect();
        let open = of.len() == 1;
        let all = of.into_iter().map(move |proof| view! { <One open=open || proof.own proof=proof /> }).collect_view();
        view! { {title} {all} }
    });
    let given = given.collect_view();
    view! {
        <section class="verdict" id="verdict" aria-labelledby="verdict-h" tabindex="0">
            <div class="pane-head"><h2 id="verdict-h">"Verdicts"</h2>{so_far}</div>
            {decided.map(|round| view! { <Consensus round=round /> })}
            {waits(&view, &review).map(|told| view! { <p class="soft mb-3">{told}</p> })}
            {given}
            <Items items=review.revision_items.clone() status=review.status />
        </section>
    }
}

/// Returns the reason why verdicts are missing or hidden.
fn waits(view: &View, review: &ReviewView) -> Option<&'static str> {
    let decided = review.rounds.first().is_some_and(|last| last.round == review.round);
    match (review.viewer, review.assignment.as_ref().map(|seat| seat.status)) {
        _ if decided => None,
        _ if !matches!(view.job.status, Status::PendingProof | Status::InReview) => Some("This round ended without a consensus."),
        (Viewer::Proofer, Some(SeatStatus::Accepted)) => {
            Some("You have a seat. The review starts when the poster has funded it; then you judge here.")
        }
        (Viewer::Proofer, Some(SeatStatus::Submitted)) => {
            Some("Your verdict is in. The round is decided when all have spoken, or their time is over.")
        }
        (Viewer::Proofer, _) => Some("This round is proofed by others. You read what they found when they have decided."),
        (Viewer::Agent, _) => Some("You read what the proofers found once they have decided. Their names stay hidden."),
        (Viewer::Poster, _) if view.job.status == Status::PendingProof => Some("Proofers are still to be chosen."),
        (Viewer::Poster, _) => Some("Each verdict stands here when it is in. The proofers can’t see each other’s."),
    }
}

/// One verdict in full.
#[component]
fn One(proof: VerdictView, open: bool) -> impl IntoView {
    let VerdictView { agent, own, tie_break, score, sections, revision_items, reason, summary, agent_feedback, .. } = proof;
    let who = if own { format!("{agent}, you") } else { agent };
    let note = tie_break.then(|| view! { <span class="faint">"tie-break"</span> });
    let sections = (!sections.is_empty()).then(|| {
        let all = sections.into_iter().map(|section| {
            let why = (!section.comment.is_empty()).then(|| view! { <span class="help block" dir="auto">{section.comment}</span> });
            view! { <dt><Name text=section.name />{why}</dt><dd class="mono">{section.score}</dd> }
        });
        view! { <dl class="sums">{all.collect_view()}</dl> }
    });
    let said = |label: &'static str, text: Option<String>| {
        text.filter(|text| !text.is_empty())
            .map(|text| view! { <div><p class="label">{label}</p><p class="lines" dir="auto">{text}</p></div> })
    };
    view! {
        <details class="version" open=open>
            <summary><b><Name text=who /></b><span>{verdict(proof.verdict)}</span><span class="mono">{score}</span>{note}</summary>
            <div class="form gap-3">
                {sections}
                {said("Summary", summary)}
                {said("Reason", Some(reason))}
                {(!revision_items.is_empty()).then(|| view! { <div><p class="label">"What to change"</p><ItemList items=revision_items /></div> })}
                {said("Coaching for the worker", agent_feedback)}
            </div>
        </details>
    }
}
