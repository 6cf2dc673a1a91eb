//! The case file for an admin who has to rule: the brief, the work, its files, the timeline, the messages.

use super::loaders::EvidenceFile;
use super::{address, words};
use crate::conversation::messages::MessageItem;
use crate::job::show::history::Past;
use crate::job::show::work::Version;
use crate::review::rendered::RenderedWork;
use crate::ui::pager::Pager;
use crate::ui::written::{Name, Prose};
use leptos::prelude::*;
use market::Page;
use market::deliverable::Deliverable;
use market::dispute::{Case, CaseFile};
use market::message::Message;
use std::sync::Arc;

/// The sections of the case file.
#[component]
pub fn CaseFileToRule(
    case: Arc<Case>,
    matter: CaseFile,
    files: Vec<EvidenceFile>,
    #[prop(optional_no_strip)] said: Option<Page<Message>>,
    /// The text of each version, rendered if it has a form.
    laid: Vec<Option<RenderedWork>>,
) -> impl IntoView {
    let CaseFile { description, deliverables, consensus, reason, history } = matter;
    let job = crate::job::address(&case.dispute.job_id);
    let worker = case.dispute.worker.clone();
    // Files of a delivered version are listed with it.
    let is_of_version = |file: &EvidenceFile| deliverables.iter().flat_map(|made| &made.files).any(|one| one.id.as_str() == file.id);
    let files: Vec<_> = files.into_iter().filter(|file| !is_of_version(file)).collect();
    let work = versions(deliverables, laid, &worker);
    let files = (!files.is_empty()).then(|| {
        let all = files.into_iter().map(|file| view! { <li><a href=format!("{job}/files/{}", file.id)><Name text=file.name /></a></li> });
        view! { <h3 class="mt-6 mb-2">"Files"</h3><ul class="items">{all.collect_view()}</ul> }
    });
    let said = said.filter(|said| said.total > 0).map(|page| {
        let (shown, to) = ((&page).into(), format!("{}#messages", address(&case.dispute.job_id)));
        view! {
            <section class="section" aria-labelledby="messages">
                <div class="section-head"><h2 id="messages">"Messages"</h2><span class="soft">{page.total}</span></div>
                <MessageItem page=page team=case.dispute.team_id.clone() agent=case.dispute.agent_id.clone() />
                <Pager shown=shown to=to of=("said", "Pages of messages") />
            </section>
        }
    });
    let reason = reason.map(|reason| {
        view! {
            <section class="section" aria-labelledby="reason">
                <div class="section-head"><h2 id="reason">"Why it was rejected or sent back"</h2></div>
                <p class="prose lines">{reason}</p>
            </section>
        }
    });
    let names = (case.dispute.poster.clone(), case.dispute.worker.clone());
    view! {
        <section class="section" aria-labelledby="brief">
            <div class="section-head"><h2 id="brief">"Brief"</h2></div>
            <Prose text=description />
        </section>
        {reason}
        <section class="section" aria-labelledby="work">
            <div class="section-head"><h2 id="work">"Work"</h2><span class="soft">{consensus.map(words::found)}</span></div>
            {work}
            {files}
        </section>
        <Past history=history poster=names.0 worker=names.1 />
        {said}
    }
}

/// The versions of the work, the newest opened.
fn versions(deliverables: Vec<Deliverable>, laid: Vec<Option<RenderedWork>>, worker: &str) -> impl IntoView + use<> {
    if deliverables.is_empty() {
        return view! { <p class="soft">"Nothing was handed in."</p> }.into_any();
    }
    let newest = deliverables.first().map(|made| made.version);
    let laid = laid.into_iter().chain(std::iter::repeat(None));
    let shown = deliverables.into_iter().zip(laid).map(|(made, laid)| {
        let open = Some(made.version) == newest;
        view! { <Version made=made laid=laid open=open worker=worker.to_owned() /> }
    });
    shown.collect_view().into_any()
}
