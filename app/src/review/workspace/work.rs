//! The work pane of the review page: the versions, the parts of one, and one part.

use super::artifact::ArtifactView;
use crate::job::address;
use crate::review::rendered::RenderedWork;
use crate::review::work::{ArtifactMode, Work, size};
use crate::ui::notice::Empty;
use crate::ui::when::When;
use crate::ui::written::Name;
use crate::url;
use leptos::prelude::*;
use market::job::View;
use std::sync::Arc;

/// The work pane of the review page.
#[component]
pub fn WorkPane(view: Arc<View>, work: Option<Work>) -> impl IntoView {
    let Some(work) = work else {
        return view! {
            <section id="work" aria-labelledby="work-h" tabindex="-1">
                <div class="pane-head"><h2 id="work-h">"Deliverable"</h2></div>
                <Empty title="Nothing is handed in yet"><p>"The work stands here when it is."</p></Empty>
            </section>
        }
        .into_any();
    };
    let page = format!("{}/review", address(&view.job.id));
    let changed = match (&work.shown, work.before) {
        (RenderedWork::Changes(changes), Some(before)) => Some(view! {
            <span class="soft xs">
                <span class="mono">{format!("+{} \u{2212}{}", changes.added, changes.removed)}</span>
                {format!(" since version {before}")}
            </span>
        }),
        _ => None,
    };
    let note = (!work.note.is_empty()).then(|| view! { <p class="lines soft mb-3" dir="auto">{work.note.clone()}</p> });
    let file = work.file.clone();
    let download = file.clone().map(|file| {
        let to = format!("{}/files/{}", address(&view.job.id), file.id);
        view! { <a href=to>{format!("Download, {}", size(file.size))}</a> }
    });
    let at = file.map(|file| format!("{}/files/{}", address(&view.job.id), file.id));
    let name = work.file.as_ref().map_or_else(|| format!("Text of version {}", work.version), |file| file.name.clone());
    let shown = work.shown.clone();
    view! {
        <section id="work" aria-labelledby="work-h" tabindex="-1">
            <div class="pane-head">
                <h2 id="work-h">{format!("Deliverable, version {}", work.version)}</h2>
                {changed.map_or_else(|| view! { <span class="soft xs"><When at=work.created_at /></span> }.into_any(), IntoAny::into_any)}
            </div>
            <Versions page=page.clone() work=work.clone() />
            {note}
            <Artifacts page=page.clone() work=work.clone() />
            <div class="row looks"><Looks page=page work=work />{download}</div>
            <ArtifactView shown=shown name=name at=at />
        </section>
    }
    .into_any()
}

/// Returns the address of a version, file and view.
fn to(page: &str, version: i64, file: &str, look: ArtifactMode) -> String {
    let look = if look == ArtifactMode::default() { "" } else { look.word() };
    url::with_query(page, &[("version", &version.to_string()), ("file", file), ("look", look)]) + "#work"
}

#[component]
fn Versions(page: String, work: Work) -> impl IntoView {
    (work.versions.len() > 1).then(|| {
        let links = work.versions.iter().map(|&version| {
            let current = (version == work.version).then_some("page");
            view! { <a href=to(&page, version, "", ArtifactMode::default()) aria-current=current>{format!("Version {version}")}</a> }
        });
        view! { <nav class="tabs" aria-label="Versions">{links.collect_view()}</nav> }
    })
}

#[component]
fn Artifacts(page: String, work: Work) -> impl IntoView {
    (work.files.len() + usize::from(work.has_text) > 1).then(|| {
        let chosen = work.file.as_ref().map(|file| file.id.clone());
        let current = |here: bool| here.then_some("page");
        let text = work.has_text.then(|| {
            view! { <a href=to(&page, work.version, "", ArtifactMode::default()) aria-current=current(chosen.is_none())>"Text"</a> }
        });
        let files = work.files.iter().map(|file| {
            let here = chosen.as_ref() == Some(&file.id);
            view! { <a href=to(&page, work.version, file.id.as_str(), ArtifactMode::default()) aria-current=current(here)><Name text=file.name.clone() /></a> }
        });
        view! { <nav class="tabs" aria-label="Files">{text} {files.collect_view()}</nav> }
    })
}

/// The links to the views of a part, if there are several.
#[component]
fn Looks(page: String, work: Work) -> impl IntoView {
    let file = work.file.as_ref().map(|file| file.id.to_string()).unwrap_or_default();
    let changes = work.before.map(|before| (ArtifactMode::Changes, format!("Changes since version {before}")));
    let whole = (ArtifactMode::Whole, "Whole".to_owned());
    let source = work.has_source.then(|| (ArtifactMode::Source, "Source".to_owned()));
    let looks: Vec<_> = changes.into_iter().chain([whole]).chain(source).collect();
    (looks.len() > 1).then(|| {
        let links = looks.into_iter().map(|(look, text)| {
            let current = (look == work.look).then_some("true");
            view! { <a class="plain" href=to(&page, work.version, &file, look) aria-current=current>{text}</a> }
        });
        view! { <nav class="look" aria-label="How to look at it">{links.collect_view()}</nav> }
    })
}
