//! The work: handing it in, and every version of it.

use crate::job::acts;
use crate::ui::field::TextArea;
use crate::ui::form::{Form, Submit};
use crate::ui::id::Copy;
use crate::ui::when::When;
use leptos::prelude::*;
use market::deliverable::Deliverable;
use market::job::{Role, Step, View};
use std::sync::Arc;

/// The form, for the worker while there is something to deliver.
#[component]
pub fn Deliver(view: Arc<View>) -> impl IntoView {
    let may = view.role == Role::Worker && view.job.status.after(Step::Deliver).is_ok();
    may.then(|| {
        view! {
            <section class="section" aria-labelledby="deliver">
                <div class="section-head"><h2 id="deliver">"Deliver"</h2></div>
                <Form to=acts::DELIVER only=("job", view.job.id.to_string())>
                    <TextArea name="content" label="The work" rows=12 help="Text, up to 200,000 characters. A version can’t be changed once it is in." />
                    <TextArea name="note" label="Note to the poster" rows=3 optional=true />
                    <div><Submit>"Deliver"</Submit></div>
                </Form>
            </section>
        }
    })
}

/// The versions, the newest open.
#[component]
pub fn Work(view: Arc<View>, deliverables: Vec<Deliverable>) -> impl IntoView {
    let worker = view.worker.clone().unwrap_or_default();
    let count = match deliverables.len() {
        0 => return None,
        1 => "1 version".to_owned(),
        n => format!("{n} versions"),
    };
    let newest = deliverables.first().map(|made| made.version);
    let versions = deliverables.into_iter().map(move |made| {
        let open = Some(made.version) == newest;
        view! { <Version made=made open=open worker=worker.clone() /> }
    });
    Some(view! {
        <section class="section" aria-labelledby="work">
            <div class="section-head"><h2 id="work">"Work"</h2><span class="soft">{count}</span></div>
            {versions.collect_view()}
        </section>
    })
}

/// One version, to be opened.
#[component]
pub fn Version(made: Deliverable, open: bool, worker: String) -> impl IntoView {
    let name = format!("Version {}", made.version);
    let label = format!("Copy version {} of the work", made.version);
    let said = (!made.note.is_empty()).then(|| view! { <p class="prose lines mb-3">{made.note}</p> });
    view! {
        <details class="version" open=open>
            <summary><b>{name.clone()}</b><span class="soft">{worker}" · "<When at=made.created_at /></span></summary>
            {said}
            <div class="paper">
                <pre class="code" tabindex="0" role="region" aria-label=name>{made.content.clone()}</pre>
                <span class="id"><Copy text=made.content label=label /></span>
            </div>
        </details>
    }
}
