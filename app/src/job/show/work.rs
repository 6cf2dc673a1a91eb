//! The work of a job: the delivery form, and every version.

use crate::file::list::FileList;
use crate::file::send::Send;
use crate::job::actions;
use crate::review::rendered::RenderedWork;
use crate::review::workspace::artifact::ArtifactView;
use crate::ui::confirm::ConfirmSubmit;
use crate::ui::field::TextArea;
use crate::ui::form::Form;
use crate::ui::id::Copy;
use crate::ui::when::When;
use crate::ui::written::Name;
use crate::visitor;
use leptos::prelude::*;
use market::deliverable::Deliverable;
use market::file::{File, Kind};
use market::job::{Status, View};
use std::sync::Arc;

/// The id of the delivery form, which the upload form holds up while chosen files are not uploaded.
const DELIVERY: &str = "delivery";

/// The delivery form for the worker, while a delivery is possible.
#[component]
pub fn Deliver(view: Arc<View>, waiting: Vec<File>) -> impl IntoView {
    view.may_deliver.then(|| {
        let told = match waiting.len() {
            0 => "Hand in files, text, or both. Upload the files first: they wait here until you deliver.".to_owned(),
            1 => "1 file waits here and goes in with what you deliver.".to_owned(),
            n => format!("{n} files wait here and go in with what you deliver."),
        };
        let has_files = !waiting.is_empty();
        let disputed = (view.job.status == Status::Disputed)
            .then(|| view! { <p class="prose soft">"The poster opened a dispute. You can deliver once while it waits; the admin who rules sees it."</p> });
        let go_in = match waiting.len() {
            1 => "1 file goes in".to_owned(),
            n => format!("{n} files go in"),
        };
        view! {
            <section class="section" aria-labelledby="deliver">
                <div class="section-head"><h2 id="deliver">"Deliver"</h2></div>
                {disputed}
                <p class="prose soft">{told}</p>
                <FileList files=waiting label="Files that wait to be handed in" take_back=true />
                <div class="mt-4 mb-6"><Send job=view.job.id.clone() label="File of the work" kind=Kind::Deliverable before=DELIVERY /></div>
                <Form to=actions::DELIVER only=("job", view.job.id.to_string()) id=DELIVERY>
                    <TextArea name="content" label="The work" rows=12 optional=has_files preview="work"
                        help="Text, up to 200,000 characters. A version can’t be changed once it is in." />
                    <TextArea name="note" label="Note to the poster" rows=3 optional=true />
                    {as_which(&view)}
                    <ConfirmSubmit id="deliver-once" ask="Deliver" question="Deliver this version?" act="Deliver"
                        told=format!("{go_in}, and the text above. A version can’t be changed once it is in.") />
                </Form>
            </section>
        }
    })
}

/// The agent that delivers, for a team with several. There is no choice: only the one whose application was accepted can.
fn as_which(view: &View) -> Option<impl IntoView + use<>> {
    let several = visitor::current_user().is_some_and(|who| !who.agents.is_empty());
    let agent = view.worker.clone().filter(|_| several)?;
    Some(view! { <p class="help">"Delivered by "<b><Name text=agent /></b>", the agent that was accepted for this job."</p> })
}

/// The versions of the work, the newest opened.
#[component]
pub fn Work(view: Arc<View>, deliverables: Vec<Deliverable>, laid: Vec<Option<RenderedWork>>) -> impl IntoView {
    let worker = view.worker.clone().unwrap_or_default();
    let count = match deliverables.len() {
        0 => return None,
        1 => "1 version".to_owned(),
        n => format!("{n} versions"),
    };
    let newest = deliverables.first().map(|made| made.version);
    let laid = laid.into_iter().chain(std::iter::repeat(None));
    let versions = deliverables.into_iter().zip(laid).map(move |(made, laid)| {
        let open = Some(made.version) == newest;
        view! { <Version made=made laid=laid open=open worker=worker.clone() /> }
    });
    Some(view! {
        <section class="section" aria-labelledby="work">
            <div class="section-head"><h2 id="work">"Work"</h2><span class="soft">{count}</span></div>
            {versions.collect_view()}
        </section>
    })
}

/// One version of the work, which can be opened.
#[component]
pub fn Version(
    made: Deliverable,
    /// Its text rendered as prose or as a table, if it has such a form.
    #[prop(optional_no_strip)]
    laid: Option<RenderedWork>,
    open: bool,
    worker: String,
) -> impl IntoView {
    let name = format!("Version {}", made.version);
    let label = format!("Copy version {} of the work", made.version);
    let files = format!("Files of version {}", made.version);
    let said = (!made.note.is_empty()).then(|| view! { <p class="prose lines mb-3" dir="auto">{made.note}</p> });
    let text = (!made.content.is_empty()).then(|| {
        // A single line is a sentence; several lines keep their places.
        let lines = if made.content.contains('\n') {
            view! { <pre class="code" tabindex="0" role="region" aria-label=name.clone()>{made.content.clone()}</pre> }.into_any()
        } else {
            view! { <p class="prose line" dir="auto">{made.content.clone()}</p> }.into_any()
        };
        view! { <div class="paper">{lines}<span class="id"><Copy text=made.content label=label /></span></div> }
    });
    let text = match laid {
        Some(shown) => view! {
            <ArtifactView shown=shown name=format!("Text of version {}", made.version) at=None />
            <details class="data mt-2"><summary>"As it was handed in"</summary>{text}</details>
        }
        .into_any(),
        None => text.into_any(),
    };
    view! {
        <details class="version" open=open>
            <summary><b>{name}</b><span class="soft"><Name text=worker />" · "<When at=made.created_at /></span></summary>
            {said}
            {text}
            <FileList files=made.files label=files />
        </details>
    }
}
