//! The section on a job's page that links to its dispute, or to the form that opens one.

use super::{address, words};
use leptos::prelude::*;
use market::job::{HistoryEntry, HistoryEvent, Role, View};
use std::sync::Arc;

/// Returns true if there was a dispute, as one side's history tells; other viewers' histories contain none.
pub fn has_dispute(history: &[HistoryEntry]) -> bool {
    history.iter().any(|one| one.event == HistoryEvent::DisputeOpened)
}

/// The section for the two sides, while money is held and after a dispute.
#[component]
pub fn DisputeEntry(view: Arc<View>, ever: bool) -> impl IntoView {
    let side = matches!(view.role, Role::Poster | Role::Worker);
    let waits = view.job.disputed_at.is_some();
    let may_open = words::closed_to(&view.job).is_none();
    let (told, link) = match (waits, ever, may_open) {
        (true, ..) => ("Both sides say what happened; then somebody rules.", "See the dispute"),
        (_, true, true) => ("The last dispute is over. If you can’t agree, you can open another.", "The last dispute"),
        (_, true, false) => ("The dispute is over.", "The dispute and how it ended"),
        (_, false, true) => ("If you can’t agree, an admin of this server rules.", "Open a dispute"),
        (_, false, false) => return None,
    };
    side.then(|| {
        view! {
            <section class="section" aria-labelledby="dispute">
                <div class="section-head"><h2 id="dispute">"Dispute"</h2></div>
                <p class="soft">{told}</p>
                <p class="mt-2"><a href=address(&view.job.id)>{link}</a></p>
            </section>
        }
    })
}
