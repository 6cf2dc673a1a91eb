//! Form fields: label, control, help and error, linked for screen readers.

use super::form::sent;
use super::icon::{Glyph, Icon};
use islands::length::Length;
use islands::preview::Preview;
use leptos::prelude::*;

/// A field for one line of text.
#[component]
pub fn Field(
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(default = "text")] kind: &'static str,
    /// The value before the form was sent.
    #[prop(optional, into)]
    value: String,
    #[prop(optional, into)] help: Option<String>,
    #[prop(optional)] optional: bool,
    #[prop(optional)] autocomplete: Option<&'static str>,
    #[prop(optional)] placeholder: Option<&'static str>,
    /// The most characters that the server takes. Nothing is cut: the field says how many are left, or too many.
    #[prop(optional)]
    max: Option<usize>,
) -> impl IntoView {
    let part = ControlAttributes::of(name, help.is_some());
    let is_password = kind == "password";
    // A password is never sent back to the browser.
    let value = if is_password { String::new() } else { sent().typed(name).unwrap_or(value) };
    let reveal = is_password.then(|| view! { <Reveal field=part.id.clone() label=label.clone() /> });
    // Words take the direction of their first letter; addresses and numbers stay as they are.
    let direction = (kind == "text").then_some("auto");
    view! {
        <Around part=part.clone() label=label help=help optional=optional>
            <span class=if is_password { "with-reveal" } else { "contents" }>
                <input class="input" id=part.id.clone() type=kind name=name value=value dir=direction required=!optional autocomplete=autocomplete
                    placeholder=placeholder aria-invalid=part.invalid aria-describedby=part.described.clone() />
                {reveal}
            </span>
            {length(&part, max)}
        </Around>
    }
}

/// The button that shows a typed password, hidden without a script.
#[component]
fn Reveal(field: String, label: String) -> impl IntoView {
    let controls = field.clone();
    view! {
        <button class="btn quiet reveal needs-script" type="button" aria-controls=controls data-reveal=field>
            <span>"Show"</span><span class="sr">{format!(" {}", label.to_lowercase())}</span>
        </button>
    }
}

/// A field for an amount of money in the wallet currency.
#[component]
pub fn MoneyField(
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(optional, into)] value: String,
    #[prop(optional, into)] help: Option<String>,
    #[prop(optional)] optional: bool,
) -> impl IntoView {
    let part = ControlAttributes::of(name, help.is_some());
    let value = sent().typed(name).unwrap_or(value);
    view! {
        <Around part=part.clone() label=label help=help optional=optional>
            <span class="with-unit">
                <span aria-hidden="true">{market::money::CURRENCY}</span>
                <input class="input money" id=part.id name=name value=value inputmode="decimal" required=!optional
                    autocomplete="off" aria-invalid=part.invalid aria-describedby=part.described />
            </span>
        </Around>
    }
}

/// A field for text of several lines.
#[component]
pub fn TextArea(
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(optional, into)] value: String,
    #[prop(optional, into)] help: Option<String>,
    #[prop(optional)] optional: bool,
    #[prop(default = 4)] rows: u32,
    /// The rendering that a script can show below: `prose`, or `work` for a deliverable.
    #[prop(optional)]
    preview: Option<&'static str>,
    /// The most characters that the server takes. Nothing is cut: the field says how many are left, or too many.
    #[prop(optional)]
    max: Option<usize>,
) -> impl IntoView {
    let part = ControlAttributes::of(name, help.is_some());
    let value = sent().typed(name).unwrap_or(value);
    let preview = preview.map(|kind| view! { <Preview field=part.id.clone() label=label.clone() kind=kind.to_owned() /> });
    view! {
        <Around part=part.clone() label=label help=help optional=optional>
            <textarea class="input" id=part.id.clone() name=name dir="auto" rows=rows required=!optional
                aria-invalid=part.invalid aria-describedby=part.described.clone()>{first_line(&value)}</textarea>
            {length(&part, max)}
            {preview}
        </Around>
    }
}

/// The island that says how many characters are left.
fn length(part: &ControlAttributes, max: Option<usize>) -> Option<impl IntoView + use<>> {
    let (field, max) = (part.id.clone(), i64::try_from(max?).ok()?);
    Some(view! { <Length field=field max=max /> })
}

/// Adds a line break before the value: browsers drop the first one after the tag, which could be the text's own.
fn first_line(value: &str) -> String {
    format!("\n{value}")
}

/// A field to choose one of several options.
#[component]
pub fn Select(
    name: &'static str,
    #[prop(into)] label: String,
    /// The options: the value that is sent, and its label.
    options: Vec<(String, String)>,
    #[prop(optional, into)] value: String,
    #[prop(optional, into)] help: Option<String>,
) -> impl IntoView {
    let part = ControlAttributes::of(name, help.is_some());
    let value = sent().typed(name).unwrap_or(value);
    view! {
        <Around part=part.clone() label=label help=help optional=false>
            <span class="select">
                <select class="input" id=part.id name=name aria-invalid=part.invalid aria-describedby=part.described>
                    {choices(options, &value)}
                </select>
                <Icon glyph=Glyph::Chevron />
            </span>
        </Around>
    }
}

/// A select without a visible label, for the row of filters above a list.
#[component]
pub fn Filter(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    options: Vec<(String, String)>,
    value: String,
    /// The id of its form, if the form is elsewhere on the page.
    #[prop(optional)]
    form: Option<&'static str>,
) -> impl IntoView {
    view! {
        <span class="select">
            <select class="input" name=name form=form aria-label=label>{choices(options, &value)}</select>
            <Icon glyph=Glyph::Chevron />
        </span>
    }
}

fn choices(options: Vec<(String, String)>, chosen: &str) -> impl IntoView + use<> {
    let options: Vec<_> = options.into_iter().map(|(word, text)| (word == chosen, word, text)).collect();
    options.into_iter().map(|(chosen, word, text)| view! { <option value=word selected=chosen>{text}</option> }).collect_view()
}

/// A single checkbox.
#[component]
pub fn Tick(
    name: &'static str,
    #[prop(into)] label: String,
    /// The value that is sent when it is ticked.
    #[prop(default = "true".into(), into)]
    value: String,
    #[prop(optional)] ticked: bool,
) -> impl IntoView {
    let ticked = sent().typed(name).map_or(ticked, |typed| typed == value);
    view! { <label class="check"><input type="checkbox" name=name value=value checked=ticked />{label}</label> }
}

/// The ids and the error by which a control is linked to its label and description.
#[derive(Clone)]
struct ControlAttributes {
    id: String,
    wrong: Option<String>,
    invalid: Option<&'static str>,
    described: Option<String>,
}

impl ControlAttributes {
    fn of(name: &str, has_help: bool) -> Self {
        let sent = sent();
        let (id, wrong) = (sent.id(name), sent.wrong(name));
        let by = [has_help.then(|| format!("{id}-help")), wrong.is_some().then(|| format!("{id}-error"))];
        let by: Vec<_> = by.into_iter().flatten().collect();
        Self { invalid: wrong.is_some().then_some("true"), described: (!by.is_empty()).then(|| by.join(" ")), id, wrong }
    }
}

#[component]
fn Around(part: ControlAttributes, label: String, help: Option<String>, optional: bool, children: Children) -> impl IntoView {
    let ControlAttributes { id, wrong, .. } = part;
    let (help_id, error_id) = (format!("{id}-help"), format!("{id}-error"));
    view! {
        <div class="field">
            <label for=id>{label} {optional.then(|| view! { <span class="faint">" optional"</span> })}</label>
            {children()}
            {help.map(|help| view! { <span class="help" id=help_id>{help}</span> })}
            {wrong.map(|wrong| view! { <span class="error" id=error_id><Icon glyph=Glyph::Warning />{wrong}</span> })}
        </div>
    }
}

/// A group of checkboxes; their values are sent as `name[]`.
#[component]
pub fn Checks(
    name: &'static str,
    #[prop(into)] label: String,
    /// The options: the value that is sent, and its label.
    options: Vec<(String, String)>,
    /// The values that are ticked before the form was sent.
    chosen: Vec<String>,
    #[prop(optional, into)] help: Option<String>,
) -> impl IntoView {
    let part = ControlAttributes::of(name, help.is_some());
    let (help_id, error_id) = (format!("{}-help", part.id), format!("{}-error", part.id));
    let field = format!("{name}[]");
    let chosen = sent().all(&field).unwrap_or(chosen);
    let boxes = options.into_iter().map(|(word, text)| {
        let ticked = chosen.contains(&word);
        view! { <label class="check"><input type="checkbox" name=field.clone() value=word checked=ticked />{text}</label> }
    });
    let boxes = boxes.collect_view();
    view! {
        <fieldset class="field" id=part.id tabindex="-1" aria-invalid=part.invalid aria-describedby=part.described>
            <legend class="label">{label}</legend>
            <div class="checks">{boxes}</div>
            {help.map(|help| view! { <span class="help" id=help_id>{help}</span> })}
            {part.wrong.map(|wrong| view! { <span class="error" id=error_id><Icon glyph=Glyph::Warning />{wrong}</span> })}
        </fieldset>
    }
}
