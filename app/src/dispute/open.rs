//! The form that opens a dispute: the rules, the statement, the confirmation.

use super::actions;
use super::fields::EvidenceFields;
use super::loaders::EvidenceFile;
use super::words;
use crate::job::address;
use crate::ui::confirm::ConfirmSubmit;
use crate::ui::countdown::whole;
use crate::ui::field::{Select, TextArea};
use crate::ui::form::Form;
use crate::ui::notice::Empty;
use crate::visitor;
use leptos::prelude::*;
use market::dispute::{NewFact, RULES};
use market::job::{Approver, Role, View};
use std::sync::Arc;

/// The form, or the reason why no dispute can be opened.
#[component]
pub fn Open(view: Arc<View>, files: Vec<EvidenceFile>) -> impl IntoView {
    if let Some(why) = words::closed_to(&view.job) {
        let to = address(&view.job.id);
        return view! { <Empty title="A dispute can’t be opened now"><p>{why}</p><a class="btn" href=to>"To the job"</a></Empty> }
            .into_any();
    }
    let other = match view.role {
        Role::Poster => view.worker.clone().unwrap_or_else(|| "The worker".to_owned()),
        _ => view.poster.clone(),
    };
    let bound = view.role == Role::Poster && view.job.approved_by == Some(Approver::Poster);
    let fact = bound.then(|| {
        let none = (String::new(), "Choose one".to_owned());
        let options = std::iter::once(none).chain(NewFact::ALL.iter().map(|&fact| (fact.as_str().to_owned(), words::new_fact(fact).to_owned())));
        view! {
            <Select name="new_fact" label="New fact" options=options.collect()
                help="You approved this work. Only a fact that you could not know then opens a dispute, and only an admin can take the payment back." />
        }
    });
    let held = view.held;
    let told = format!("{held} stays held until it is settled. {other} is asked to answer, and sees what you write and show.");
    view! {
        <section class="section" aria-labelledby="rules">
            <div class="section-head"><h2 id="rules">"How it is settled"</h2></div>
            <Rules />
        </section>
        <section class="section" aria-labelledby="open">
            <div class="section-head"><h2 id="open">"What happened"</h2></div>
            <Form to=actions::OPEN only=("job", view.job.id.to_string()) class="form narrow">
                <TextArea name="statement" label="Statement" rows=6 max=5_000 help="What was agreed, what came instead, what you want. Said once; it can’t be changed." />
                {fact}
                <EvidenceFields files=files optional=true />
                <ConfirmSubmit id="sure" ask="Open the dispute" question="Open this dispute?" told=told act="Open the dispute" />
            </Form>
        </section>
    }
    .into_any()
}

/// The rules of disputes, for both sides.
#[component]
pub fn Rules() -> impl IntoView {
    let window = whole(visitor::rules().ruling_window.as_ms());
    view! { <p class="form-page">{RULES}</p><p class="form-page soft mt-3">{format!("In time means within {window} of its opening.")}</p> }
}
