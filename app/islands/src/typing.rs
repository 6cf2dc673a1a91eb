//! The text of a field on the page.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};

/// Returns the text of the field with this id; empty if there is none.
pub(crate) fn text_of(id: &str) -> String {
    let Some(field) = document().get_element_by_id(id) else { return String::new() };
    match field.dyn_into::<HtmlTextAreaElement>() {
        Ok(field) => field.value(),
        Err(field) => field.dyn_into::<HtmlInputElement>().map(|field| field.value()).unwrap_or_default(),
    }
}
