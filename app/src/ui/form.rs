//! Forms that work without a script. A refused form comes back with its values and errors.
//!
//! A form posts to its server function, with hidden fields that say where, for whom and for which one press it was drawn. When
//! that fails, `site::answer` stores the typed values and the error in the session and redirects the browser back; the fields here
//! read both from the session. Only the form for files has a handler of its own.

use super::permission::{Refused, refusal, scopes};
use crate::flash::{Failed, Flash};
use crate::once::{self, ONCE};
use leptos::context::Provider;
use leptos::prelude::*;

/// The path below which forms are posted: `/_fn/{form}`.
pub const FORM_PATH: &str = "/_fn/";

/// The hidden field that names the form's page, so that a failure returns there.
pub const PAGE: &str = "_page";

/// The hidden field with the team that the form was drawn for: it is refused once the browser acts for another.
pub const TEAM: &str = "_team";

/// The hidden field that says whose page the form was on: it is refused once the browser belongs to another member.
pub const MARK: &str = "_mark";

/// The forms that are about the person and not about a team.
const OF_THE_PERSON: [&str; 37] = [
    "sign-in",
    "sign-in/code",
    "sign-up",
    "sign-out",
    "reset-password",
    "verify",
    "verify/resend",
    "settings/rename",
    "settings/password",
    "settings/address",
    "settings/second-factor",
    "settings/second-factor/confirm",
    "settings/second-factor/stop",
    "settings/second-factor/off",
    "settings/second-factor/codes",
    "settings/sessions/end",
    "settings/sessions/others",
    "confirm-address",
    "not-me",
    "admin/suspend",
    "admin/reinstate",
    "admin/verify",
    "admin/plan",
    "admin/timers/again",
    "admin/safety",
    "safety/report",
    "teams",
    "teams/switch",
    "invitations/accept",
    "notifications/read",
    "notifications/read-all",
    "notifications/open",
    "settings/notifications",
    "settings/privacy/export",
    "settings/privacy/delete",
    "account/restore",
    "unsubscribe",
];

/// The values and errors of one form, for its fields.
#[derive(Clone)]
pub(super) struct FormState {
    form: &'static str,
    failed: Option<Failed>,
    kept: bool,
}

impl FormState {
    /// Returns the field's id on the page, which contains the form's name because forms may share field names.
    pub(super) fn id(&self, name: &str) -> String {
        field_id(self.form, name)
    }
    /// Returns the typed value of a field, if this form was refused.
    pub(super) fn typed(&self, name: &str) -> Option<String> {
        let values = &self.failed.as_ref().filter(|_| !self.kept)?.values;
        Some(values.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()).unwrap_or_default())
    }
    /// Returns all typed values of a field that may have several.
    pub(super) fn all(&self, name: &str) -> Option<Vec<String>> {
        let values = &self.failed.as_ref()?.values;
        Some(values.iter().filter(|(key, _)| key == name).map(|(_, value)| value.clone()).collect())
    }
    /// Returns the error of a field.
    pub(super) fn wrong(&self, name: &str) -> Option<String> {
        let fields = &self.failed.as_ref()?.error.fields;
        fields.iter().find(|field| field.name == name).map(|field| field.message.clone().into_owned())
    }
    /// Returns the errors of a group of fields: `rubric.name` belongs to `rubric`.
    pub(super) fn wrong_in(&self, group: &str) -> Vec<String> {
        let fields = self.failed.iter().flat_map(|failed| &failed.error.fields);
        fields.filter(|field| group_of(&field.name) == group).map(|field| field.message.clone().into_owned()).collect()
    }
}

/// Returns the id of a field, for links to it. Fields in a row share the id of their group.
pub fn field_id(form: &str, name: &str) -> String {
    format!("{}-{}", form.replace('/', "-"), group_of(name))
}

/// Returns the group of a field: `rubric` of `rubric.name`.
pub(super) fn group_of(name: &str) -> &str {
    name.split('.').next().unwrap_or(name)
}

/// Returns true if this form was refused; what contains it is then open.
pub fn came_back(form: &str, only: &(&'static str, String)) -> bool {
    use_context::<Flash>().and_then(|flash| flash.failed).is_some_and(|failed| failed.is_of(form, Some(only)))
}

/// Returns this form if it was refused before its values were kept anywhere.
pub fn unsent(form: &str, only: &(&'static str, String)) -> Option<Failed> {
    use_context::<Flash>().and_then(|flash| flash.failed).filter(|failed| failed.is_of(form, Some(only)) && failed.is_unsent())
}

/// Returns the typed value of a field of the surrounding form, if that form was refused.
pub fn typed(name: &str) -> Option<String> {
    sent().typed(name)
}

/// Returns all typed values of a field of the surrounding form that may have several, if that form was refused.
pub fn typed_all(name: &str) -> Option<Vec<String>> {
    sent().all(name)
}

/// Returns the typed value of a control outside its form, which names the form by its id, if that form was refused.
pub fn typed_in(form: &'static str, name: &str) -> Option<String> {
    let failed = use_context::<Flash>().and_then(|flash| flash.failed).filter(|failed| failed.is_of(form, None));
    FormState { form, failed, kept: false }.typed(name).filter(|typed| !typed.is_empty())
}

pub(super) fn sent() -> FormState {
    use_context().unwrap_or(FormState { form: "form", failed: None, kept: false })
}

/// A form that posts to the server function `to`, such as `jobs/post`. A member whose role does not allow the act reads who may do it
/// instead.
#[component]
pub fn Form(
    to: &'static str,
    #[prop(default = "form")] class: &'static str,
    /// Tells forms of the same kind on one page apart: a hidden field and its value.
    #[prop(optional, into)]
    only: Option<(&'static str, String)>,
    /// The form's id, for controls outside of it.
    #[prop(optional)]
    id: Option<&'static str>,
    /// True if the page has the typed values from elsewhere; then only the errors come back.
    #[prop(optional)]
    kept: bool,
    children: Children,
) -> impl IntoView {
    // A form with only a button is left out; a sentence in its place would stand in every row of a table.
    if let Some(error) = refusal(scopes(to)) {
        return (class != "contents").then(|| view! { <Refused error=error /> }).into_any();
    }
    let failed = use_context::<Flash>().and_then(|flash| flash.failed).filter(|failed| failed.is_of(to, only.as_ref()));
    let who = crate::visitor::current_user();
    let team = who.as_ref().filter(|_| !OF_THE_PERSON.contains(&to)).map(|who| who.team.to_string());
    // A stranger's page may be kept and shown to others, so it has neither.
    let mark = who.map(|who| {
        view! {
            <input type="hidden" name=MARK value=who.mark />
            <input type="hidden" name=ONCE value=once::value() />
        }
    });
    view! {
        <form method="post" action=format!("{FORM_PATH}{to}") class=class id=id novalidate>
            <input type="hidden" name=PAGE value=crate::visitor::page() />
            {mark}
            {team.map(|team| view! { <input type="hidden" name=TEAM value=team /> })}
            {only.map(|(name, value)| view! { <input type="hidden" name=name value=value /> })}
            <Provider value=FormState { form: to, failed, kept }>{children()}</Provider>
        </form>
    }
    .into_any()
}

/// The submit button of a form.
#[component]
pub fn Submit(
    #[prop(default = "btn primary")] class: &'static str,
    /// True while the act is not possible; the reason is shown beside the button.
    #[prop(optional)]
    disabled: bool,
    children: Children,
) -> impl IntoView {
    view! { <button class=class type="submit" disabled=disabled>{children()}</button> }
}

/// A form with only a button: an act on one thing.
#[component]
pub fn Act(
    to: &'static str,
    /// The hidden field with the id of the thing: its name and value.
    on: (&'static str, String),
    /// One more hidden field that the act needs.
    #[prop(default = None, into)]
    also: Option<(&'static str, String)>,
    #[prop(default = "btn")] class: &'static str,
    #[prop(optional)] disabled: bool,
    /// The accessible name of the button, where its text alone would be ambiguous.
    #[prop(optional, into)]
    label: Option<String>,
    children: Children,
) -> impl IntoView {
    view! {
        <Form to=to class="contents" only=on>
            {also.map(|(name, value)| view! { <input type="hidden" name=name value=value /> })}
            <button class=class type="submit" disabled=disabled aria-label=label>{children()}</button>
        </Form>
    }
}
