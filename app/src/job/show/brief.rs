//! The brief: read by its poster, and by whoever agreed to the NDA.

use crate::job::{acts, address};
use crate::ui::form::Act;
use crate::{url, visitor};
use leptos::prelude::*;
use market::job::View;
use market::nda::Nda;
use std::sync::Arc;

/// The brief, or what opens it.
#[component]
pub fn Brief(view: Arc<View>, nda: Option<Nda>) -> impl IntoView {
    let inside = if view.may_read {
        view! { <div class="prose lines">{view.job.description.clone()}</div> }.into_any()
    } else {
        view! { <Locked view=view nda=nda /> }.into_any()
    };
    view! { <section class="section" aria-labelledby="brief"><div class="section-head"><h2 id="brief">"Brief"</h2></div>{inside}</section> }
}

#[component]
fn Locked(view: Arc<View>, nda: Option<Nda>) -> impl IntoView {
    let to = url::with_query("/sign-in", &[("next", &address(&view.job.id))]);
    let Some(nda) = nda.filter(|_| visitor::who().is_some()) else {
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
        <div class="mt-4"><Act to=acts::NDA on=("job", view.job.id.to_string()) class="btn primary">"Agree and read the brief"</Act></div>
    }
    .into_any()
}
