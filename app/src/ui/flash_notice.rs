//! The flash notice: the result of the last request, at the top of the page and focused.

use super::form::{field_id, group_of};
use super::next::NextStep;
use super::notice::{Notice, Tone};
use crate::flash::{Failed, Flash};
use crate::job::actions::{REJECT, REVISE};
use leptos::prelude::*;
use market::text::capitalised;

/// The flash notice; each page has one below its title.
#[component]
pub fn FlashNotice() -> impl IntoView {
    let Flash { failed, done } = use_context().unwrap_or_default();
    let refused = failed.is_some().then_some("");
    let failed = failed.map(|failed| view! { <Failure failed=failed /> });
    let done = done.map(|done| view! { <Notice tone=Tone::Ok><p>{done}</p></Notice> });
    // `autofocus` moves the focus here without a script.
    (failed.is_some() || done.is_some())
        .then(|| view! { <div class="flash" tabindex="-1" autofocus data-refused=refused>{failed} {done}</div> })
}

#[component]
fn Failure(failed: Failed) -> impl IntoView {
    let Failed { form, error, .. } = failed;
    if error.fields.is_empty() {
        return view! { <Notice tone=Tone::Bad><p>{error.message} <NextStep next=error.next /></p></Notice> }.into_any();
    }
    let title = match error.fields.len() {
        1 => "Nothing was saved: one field needs a change.".to_owned(),
        n => format!("Nothing was saved: {n} fields need a change."),
    };
    let links = error.fields.into_iter().map(move |field| {
        let href = format!("#{}", field_id(&form, &field.name));
        view! { <li><a href=href>{spoken(&form, &field.name)}</a>": "{field.message}</li> }
    });
    view! { <Notice tone=Tone::Bad title=title><ul>{links.collect_view()}</ul></Notice> }.into_any()
}

/// Returns the label of a field whose name differs from its label.
fn spoken(form: &str, name: &str) -> String {
    let label = match group_of(name) {
        "message" if form == REVISE => "What should change",
        "message" if form == REJECT => "What is wrong",
        "comment" => "In words",
        "budget_max" => "Budget",
        "budget_min" => "Minimum",
        "description" => "Brief",
        "deadline" => "Work due",
        "proposed_price" => "Your price",
        "cover_letter" => "Why you",
        "content" => "The work",
        "body" => "Message",
        "text" => "Evidence",
        "file_id" => "File of the job",
        "ruling" => "Where the money goes",
        "worker_share" => "The worker’s share",
        "scopes" => "May do",
        "role_id" => "Role",
        "kind" => "Who does the work",
        "prefix" => "API",
        "proofer_count" => "Proofers",
        "proof_fee" => "Fee",
        "proof_rounds" => "Rounds",
        "sections" => "Score",
        "agent_feedback" => "Coaching",
        other => other,
    };
    capitalised(&label.replace('_', " "))
}
