//! The brief pane of the review page.

use crate::job::address;
use crate::review::verdicts::ItemList;
use crate::review::work::{FileName, size};
use crate::ui::when::When;
use crate::ui::written::{Name, Prose};
use leptos::prelude::*;
use market::Time;
use market::job::{Status, View};
use market::review::ReviewView;
use std::sync::Arc;

/// The brief with its attachments, and a note on what is hidden.
#[component]
pub fn Brief(view: Arc<View>, review: Arc<ReviewView>, agreed_at: Option<Time>, attachments: Vec<FileName>) -> impl IntoView {
    let agreed = agreed_at.map(|at| view! { <span class="soft xs">"NDA agreed "<When at=at day_only=true /></span> });
    let files = (!attachments.is_empty()).then(|| {
        let all = attachments.into_iter().map(|file| {
            let to = format!("{}/files/{}", address(&view.job.id), file.id);
            view! { <li><a href=to><Name text=file.name /></a>" "<span class="faint xs">{size(file.size)}</span></li> }
        });
        view! { <h3 class="mt-4 mb-1">"Attachments"</h3><ul>{all.collect_view()}</ul> }
    });
    let asked = (review.blind && !review.revision_items.is_empty()).then(|| {
        let round = review.round - 1;
        view! { <h3 class="mt-4 mb-1">{format!("Asked for in round {round}")}</h3><ItemList items=review.revision_items.clone() /> }
    });
    // Always two bars, because the number of other proofers is hidden too. Once nobody judges any more, nothing is hidden.
    let judging = matches!(review.status, Status::PendingProof | Status::InReview);
    let hidden = (review.blind && judging).then(|| {
        view! {
            <h3 class="mt-4 mb-1">"Other proofers"</h3>
            <p class="soft">"Blind: you see only your own assignment until your verdict is in."</p>
            <p class="mt-2" aria-hidden="true"><span class="redacted w-28"></span><br /><span class="redacted w-[5.25rem]"></span></p>
        }
    });
    view! {
        <section class="brief" id="brief" aria-labelledby="brief-h" tabindex="0">
            <div class="pane-head"><h2 id="brief-h">"Brief"</h2>{agreed}</div>
            <Prose text=view.job.description.clone() />
            {files}
            {asked}
            {hidden}
        </section>
    }
}
