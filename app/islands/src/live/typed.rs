//! The typed text of fields, so that it is restored after a field was replaced or moved.

use super::focus::{alike, key};
use super::morph::{all, is_changed, shows_refusal};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};

/// A field that the user has changed, and how to find its replacement.
struct TypedField {
    element: Element,
    kind: String,
    key: String,
    /// Its position among fields with the same key.
    nth: usize,
    value: Value,
}

enum Value {
    Text(String),
    Ticked(bool),
}

/// The fields of a part of the page that the user has changed.
pub(super) struct Typed(Vec<TypedField>);

impl Typed {
    /// Notes the changed fields within a part of the page; all fields if it shows a refused form, which came with what was typed.
    pub(super) fn within(part: &Element) -> Self {
        let is_refused = shows_refusal(part);
        let fields = all(part, "input:not([type=hidden]):not([type=file]), textarea, select");
        let fields = fields.filter(|field| is_refused || is_changed(field));
        Self(fields.filter_map(|element| TypedField::of(part, element)).collect())
    }

    /// Fills the replacements of fields that are gone. A field without a replacement had a form that is not possible any more.
    pub(super) fn give_back(self, part: &Element) {
        for field in self.0 {
            if field.element.is_connected() {
                put(&field.element, &field.value);
            } else if let Some(again) = alike(part, &field.kind, &field.key).nth(field.nth) {
                put(&again, &field.value);
                reveal(&again);
            }
        }
    }
}

impl TypedField {
    fn of(part: &Element, element: Element) -> Option<Self> {
        let (kind, key) = (element.local_name(), key(&element));
        let nth = alike(part, &kind, &key).position(|other| other == element)?;
        let value = value(&element)?;
        Some(Self { element, kind, key, nth, value })
    }
}

fn value(element: &Element) -> Option<Value> {
    if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        let is_ticked = matches!(input.type_().as_str(), "checkbox" | "radio");
        return Some(if is_ticked { Value::Ticked(input.checked()) } else { Value::Text(input.value()) });
    }
    let area = element.dyn_ref::<HtmlTextAreaElement>().map(HtmlTextAreaElement::value);
    area.or_else(|| element.dyn_ref::<HtmlSelectElement>().map(HtmlSelectElement::value)).map(Value::Text)
}

fn put(element: &Element, value: &Value) {
    match value {
        Value::Ticked(ticked) => {
            if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
                input.set_checked(*ticked);
            }
        }
        Value::Text(text) => {
            if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
                input.set_value(text);
            } else if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
                area.set_value(text);
            } else if let Some(select) = element.dyn_ref::<HtmlSelectElement>() {
                select.set_value(text);
            }
        }
    }
}

/// Opens what hides an unused form: it must not hide text.
fn reveal(element: &Element) {
    let mut around = element.closest("details").ok().flatten();
    while let Some(details) = around {
        let _ = details.set_attribute("open", "");
        around = details.parent_element().and_then(|parent| parent.closest("details").ok().flatten());
    }
}
