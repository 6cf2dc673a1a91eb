//! The stamp of a hallmark: a small or larger drawing that leads to its check page.

use super::{address, caption, drawn};
use crate::job::reference;
use crate::ui::hallmark::Hallmark as Drawing;
use leptos::prelude::*;
use market::hallmark::Hallmark;

/// A hallmark of 20 pixels that leads to its check page.
#[component]
pub fn Stamp(hallmark: Hallmark) -> impl IntoView {
    let (approvals, month) = drawn(&hallmark);
    let reference = reference(&hallmark.job_id);
    let label = format!("Hallmark of job {reference}: {}", caption(&hallmark));
    view! { <a class="stamp" href=address(&hallmark.id) aria-label=label><Drawing reference=reference approvals=approvals month=month /></a> }
}

/// The section of a job's page with its hallmark.
#[component]
pub fn HallmarkSection(hallmark: Hallmark) -> impl IntoView {
    let (approvals, month) = drawn(&hallmark);
    let told = caption(&hallmark);
    view! {
        <section class="mb-12" aria-labelledby="hallmark">
            <div class="section-head"><h2 id="hallmark">"Hallmark"</h2></div>
            <div class="row gap-4">
                <Drawing reference=reference(&hallmark.job_id) approvals=approvals month=month size=72 />
                <div><p>{told}</p><p class="soft xs"><a href=address(&hallmark.id)>"Anybody can check it"</a></p></div>
            </div>
        </section>
    }
}
