//! The flash notice: the result of the last request, at the top of the page or beside the controls of its act, and focused.

use super::form::{field_id, group_of};
use super::next::NextStep;
use super::notice::{Notice, Tone};
use crate::flash::{Failed, Flash};
use crate::job::actions::{FEATURE, HAND_BACK, REJECT, REVISE};
use crate::question::actions::ASK;
use crate::review::actions::VERDICT;
use leptos::prelude::*;
use market::text::capitalised;

/// The place of the notices of proofers that are chosen.
pub const AT_PROOFERS: &str = "proofers-notice";
/// The place of the notices of questions.
pub const AT_QUESTIONS: &str = "questions-notice";
/// The place of the notices of invited agents.
pub const AT_INVITED: &str = "invited-notice";

/// Returns the place of the notice of a refused form, for those that have one beside their controls.
fn place_of(form: &str) -> Option<&'static str> {
    match form {
        "proof/accept" | "proof/accept-all" | "proof/unaccept" => Some(AT_PROOFERS),
        "questions/ask" | "questions/answer" | "questions/remove" => Some(AT_QUESTIONS),
        _ => None,
    }
}

/// Returns true if the flash belongs to this place.
fn is_at(flash: &Flash, place: &str) -> bool {
    match &flash.failed {
        Some(failed) => place_of(&failed.form) == Some(place),
        None => flash.place.as_deref() == Some(place),
    }
}

/// The flash notice; each page has one below its title.
#[component]
pub fn FlashNotice(
    /// The places of the page that show their own notices.
    #[prop(optional)]
    but: Vec<&'static str>,
) -> impl IntoView {
    let flash: Flash = use_context().unwrap_or_default();
    let elsewhere = but.into_iter().any(|place| is_at(&flash, place));
    (!elsewhere).then(|| shown(flash, None))
}

/// The flash notice at its place: beside the controls of its act, where the address of the page leads.
#[component]
pub fn FlashNoticeAt(place: &'static str) -> impl IntoView {
    let flash: Flash = use_context().unwrap_or_default();
    is_at(&flash, place).then(|| shown(flash, Some(place)))
}

fn shown(flash: Flash, id: Option<&'static str>) -> impl IntoView {
    let Flash { failed, done, .. } = flash;
    let refused = failed.is_some().then_some("");
    let failed = failed.map(|failed| view! { <Failure failed=failed /> });
    let done = done.map(|done| view! { <Notice tone=Tone::Ok><p>{done}</p></Notice> });
    // `autofocus` moves the focus here without a script.
    (failed.is_some() || done.is_some())
        .then(|| view! { <div class="flash" id=id tabindex="-1" autofocus data-refused=refused>{failed} {done}</div> })
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
        "message" if form == HAND_BACK => "Message to the poster",
        "body" if form == ASK => "Question",
        "days" if form == FEATURE => "For how long",
        "days" => "Expires",
        "name" if form == "team/rename" => "Name of the team",
        "name" if form == "teams" => "Name of the new team",
        "email" if form == "settings/address" => "New address",
        "summary" if form == VERDICT => "Summary for the poster",
        "bio" => "About",
        "note" => "Note to the poster",
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
        "url" => "Address",
        "secret" => "A secret of your own",
        "dialect" => "Names and bodies",
        "which" => "Deliveries",
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
