//! Groups of controls under one label: the rows of an editable table, the options of a question.

use super::form::sent;
use super::icon::{Glyph, Icon};
use leptos::prelude::*;

/// A group of controls with its label and the errors of all its fields.
#[component]
pub fn Group(
    /// The group's field name: errors of `rubric` and of `rubric.name` are shown here.
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(optional, into)] help: Option<String>,
    #[prop(optional)] optional: bool,
    /// A second field name whose errors are shown here.
    #[prop(optional)]
    also: Option<&'static str>,
    children: Children,
) -> impl IntoView {
    let (id, mut wrong) = (sent().id(name), sent().wrong_in(name));
    let aside = also.map(|also| {
        wrong.extend(sent().wrong_in(also));
        view! { <span id=sent().id(also) tabindex="-1"></span> }
    });
    let (help_id, error_id) = (format!("{id}-help"), format!("{id}-error"));
    let by = [help.is_some().then(|| help_id.clone()), (!wrong.is_empty()).then(|| error_id.clone())];
    let by: Vec<_> = by.into_iter().flatten().collect();
    let described = (!by.is_empty()).then(|| by.join(" "));
    let errors = (!wrong.is_empty()).then(|| {
        let lines = wrong.into_iter().map(|wrong| view! { <span class="error"><Icon glyph=Glyph::Warning />{wrong}</span> });
        view! { <div id=error_id>{lines.collect_view()}</div> }
    });
    view! {
        <fieldset class="field" id=id tabindex="-1" aria-describedby=described>
            <legend class="label">{label} {optional.then(|| view! { <span class="faint">" optional"</span> })}</legend>
            {aside}
            {children()}
            {help.map(|help| view! { <span class="help" id=help_id>{help}</span> })}
            {errors}
        </fieldset>
    }
}
