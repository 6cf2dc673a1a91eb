//! The summary, and the brief for viewers who may read it.

use crate::file::actions::SEND;
use crate::file::list::FileList;
use crate::file::send::Send;
use crate::job::{actions, address};
use crate::ui::form::{Act, came_back};
use crate::ui::written::Prose;
use crate::{url, visitor};
use leptos::prelude::*;
use market::file::File;
use market::job::{Role, Status, View};
use market::nda::Nda;
use std::sync::Arc;

/// The brief with its attachments, or the NDA that opens it.
#[component]
pub fn Brief(view: Arc<View>, nda: Option<Nda>, attached: Vec<File>) -> impl IntoView {
    let summary = view.job.summary.clone();
    let inside = if view.may_read {
        view! {
            <Prose text=view.job.description.clone() />
            <Attachments view=view attached=attached />
        }
        .into_any()
    } else {
        view! { <Locked view=view nda=nda /> }.into_any()
    };
    view! {
        {(!summary.is_empty()).then(|| {
            view! {
                <section class="section" aria-labelledby="summary">
                    <div class="section-head"><h2 id="summary">"Summary"</h2></div>
                    <Prose text=summary />
                </section>
            }
        })}
        <section class="section" aria-labelledby="brief"><div class="section-head"><h2 id="brief">"Brief"</h2></div>{inside}</section>
    }
}

/// The attachments, and the form for more until the work is handed in.
#[component]
fn Attachments(view: Arc<View>, attached: Vec<File>) -> impl IntoView {
    let (id, status) = (view.job.id.clone(), view.job.status);
    let is_poster = view.role == Role::Poster;
    let may_add = is_poster && status.takes_attachments();
    let readers = if !view.job.confidential {
        "Everybody with an account here can read it, as long as they can see the job."
    } else if status == Status::Open {
        "Everybody who agrees to the NDA can read it: whoever thinks of applying, the worker, and later the proofers."
    } else {
        "The worker you chose and the proofers can read it. Others who applied can’t."
    };
    let title = (!attached.is_empty()).then(|| view! { <h3 class="mt-6 mb-1">"Attachments"</h3> });
    let add = may_add.then(|| {
        let open = came_back(SEND, &("job", id.to_string()));
        view! {
            <details class="more mt-4" open=open>
                <summary class="btn">"Attach a file"</summary>
                <p class="help mt-4">{readers}</p>
                <div class="mt-2"><Send job=id label="File for the brief" /></div>
            </details>
        }
    });
    view! {
        {title}
        <FileList files=attached label="Attachments of the brief" take_back=is_poster && status == Status::Open />
        {add}
    }
}

#[component]
fn Locked(view: Arc<View>, nda: Option<Nda>) -> impl IntoView {
    let to = url::with_query("/sign-in", &[("next", &address(&view.job.id))]);
    let verified = visitor::current_user().is_some_and(|who| who.verified);
    let Some(nda) = nda.filter(|_| visitor::current_user().is_some()) else {
        return view! {
            <p class="prose">"The brief is confidential. Sign in and agree to its NDA to read it and apply."</p>
            <p class="row mt-4"><a class="btn primary" href=to>"Sign in to read it"</a></p>
        }
        .into_any();
    };
    view! {
        <p class="prose">"The brief is confidential. Agree to its NDA, once, and you can read it and apply."</p>
        <details class="data">
            <summary>{format!("Read the NDA, version {}", nda.version)}</summary>
            <p class="prose mt-2">{nda.text}</p>
        </details>
        <div class="mt-4">
            <Act to=actions::NDA on=("job", view.job.id.to_string()) class="btn primary" disabled=!verified>"Agree and read the brief"</Act>
        </div>
        {(!verified).then(|| view! { <p class="help mt-2">"Verify your email address first; then you can agree to it."</p> })}
    }
    .into_any()
}
