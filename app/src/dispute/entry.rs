//! A job's page tells of its dispute, or of the way to one.

use super::{address, words};
use leptos::prelude::*;
use market::job::{Role, View};
use std::sync::Arc;

/// The section, for the two sides while money is held.
#[component]
pub fn DisputeEntry(view: Arc<View>) -> impl IntoView {
    let side = matches!(view.role, Role::Poster | Role::Worker);
    let (waits, may) = (view.job.disputed_at.is_some(), words::closed_to(&view.job).is_none());
    let to = address(&view.job.id);
    let inside = if waits {
        view! { <p class="soft">"Both sides say what happened; then somebody rules."</p><p class="mt-2"><a href=to>"See the dispute"</a></p> }.into_any()
    } else {
        view! { <p class="soft">"If you can’t agree, an admin of this server rules."</p><p class="mt-2"><a href=to>"Open a dispute"</a></p> }.into_any()
    };
    (side && (waits || may)).then(|| {
        view! { <section class="section" aria-labelledby="dispute"><div class="section-head"><h2 id="dispute">"Dispute"</h2></div>{inside}</section> }
    })
}
