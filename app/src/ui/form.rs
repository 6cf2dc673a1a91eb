//! Forms that work without a script, and that come back as they were sent when something was wrong.
//!
//! A form posts to its server function. When that fails, `site::answer` keeps what was typed and the error in the
//! session and sends the browser back; here the fields find both again. Nothing else in the program does this.

use crate::flash::{Failed, Flash};
use leptos::context::Provider;
use leptos::prelude::*;

/// Names the page a form was on, so that a failure returns there.
pub const PAGE: &str = "_page";

/// What the fields of one form find about themselves.
#[derive(Clone)]
pub(super) struct Sent {
    form: &'static str,
    failed: Option<Failed>,
    kept: bool,
}

impl Sent {
    /// The field's id on the page: forms may share field names.
    pub(super) fn id(&self, name: &str) -> String {
        field_id(self.form, name)
    }
    /// What was typed last time, if this form came back.
    pub(super) fn typed(&self, name: &str) -> Option<String> {
        let values = &self.failed.as_ref().filter(|_| !self.kept)?.values;
        Some(values.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()).unwrap_or_default())
    }
    /// Every value of a field that may have several.
    pub(super) fn all(&self, name: &str) -> Option<Vec<String>> {
        let values = &self.failed.as_ref()?.values;
        Some(values.iter().filter(|(key, _)| key == name).map(|(_, value)| value.clone()).collect())
    }
    /// What was wrong with the field.
    pub(super) fn wrong(&self, name: &str) -> Option<String> {
        let fields = &self.failed.as_ref()?.error.fields;
        fields.iter().find(|field| field.name == name).map(|field| field.message.clone().into_owned())
    }
    /// What was wrong with the fields of a group: `rubric.name` is one of `rubric`.
    pub(super) fn wrong_in(&self, group: &str) -> Vec<String> {
        let fields = self.failed.iter().flat_map(|failed| &failed.error.fields);
        fields.filter(|field| group_of(&field.name) == group).map(|field| field.message.clone().into_owned()).collect()
    }
}

/// The id of a field, for links to it. Parts of a row have none of their own: their group has.
pub fn field_id(form: &str, name: &str) -> String {
    format!("{}-{}", form.replace('/', "-"), group_of(name))
}

/// `rubric` of `rubric.name`.
pub(super) fn group_of(name: &str) -> &str {
    name.split('.').next().unwrap_or(name)
}

/// Whether this form came back with something wrong; what it is in stands open then.
pub fn came_back(form: &str, only: &(&'static str, String)) -> bool {
    use_context::<Flash>().and_then(|flash| flash.failed).is_some_and(|failed| failed.is_of(form, Some(only)))
}

/// What was typed into a field of the form around, if that form came back.
pub fn typed(name: &str) -> Option<String> {
    sent().typed(name)
}

pub(super) fn sent() -> Sent {
    use_context().unwrap_or(Sent { form: "form", failed: None, kept: false })
}

/// A form that posts to the server function `to`, such as `jobs/post`.
#[component]
pub fn Form(
    to: &'static str,
    #[prop(default = "form")] class: &'static str,
    /// Tells forms of the same kind on one page apart; the hidden field of that name must equal it.
    #[prop(optional, into)]
    only: Option<(&'static str, String)>,
    /// Whether the page has what was typed from elsewhere: only what was wrong comes back then.
    #[prop(optional)]
    kept: bool,
    children: Children,
) -> impl IntoView {
    let failed = use_context::<Flash>().and_then(|flash| flash.failed).filter(|failed| failed.is_of(to, only.as_ref()));
    view! {
        <form method="post" action=format!("/_fn/{to}") class=class novalidate>
            <input type="hidden" name=PAGE value=crate::visitor::page() />
            {only.map(|(name, value)| view! { <input type="hidden" name=name value=value /> })}
            <Provider value=Sent { form: to, failed, kept }>{children()}</Provider>
        </form>
    }
}

/// The button that sends a form.
#[component]
pub fn Submit(
    #[prop(default = "btn primary")] class: &'static str,
    /// For acts that are not possible yet; the reason stands beside the button.
    #[prop(optional)]
    disabled: bool,
    children: Children,
) -> impl IntoView {
    view! { <button class=class type="submit" disabled=disabled>{children()}</button> }
}

/// A form that is one button: an act on the thing with that id.
#[component]
pub fn Act(
    to: &'static str,
    /// The hidden field that names the thing, and its id.
    on: (&'static str, String),
    /// What else the act needs to know.
    #[prop(optional)]
    also: Option<(&'static str, String)>,
    #[prop(default = "btn")] class: &'static str,
    #[prop(optional)] disabled: bool,
    /// What the button is called where its text alone would be ambiguous.
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
