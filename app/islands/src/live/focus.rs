//! The focused element, so that the focus can be restored after the element was replaced.

use super::morph::{all, id, name};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// The focused element and how to find its replacement.
pub(super) struct Focused {
    element: Element,
    kind: String,
    key: String,
    /// Its position among elements with the same key.
    nth: usize,
}

impl Focused {
    /// Returns the focused element within a part of the page.
    pub(super) fn within(part: &Element) -> Option<Self> {
        let element = document().active_element().filter(|element| part.contains(Some(element)))?;
        let (kind, key) = (element.local_name(), key(&element));
        let nth = alike(part, &kind, &key).position(|other| other == element)?;
        Some(Self { element, kind, key, nth })
    }

    /// Moves the focus to the replacement of the element, if there is one; a button of another row never gets it.
    pub(super) fn give_back(self, part: &Element) {
        if self.element.is_connected() {
            return;
        }
        if let Some(again) = alike(part, &self.kind, &self.key).nth(self.nth).and_then(|again| again.dyn_into::<HtmlElement>().ok()) {
            let _ = again.focus();
        }
    }
}

pub(super) fn alike(part: &Element, kind: &str, key: &str) -> impl Iterator<Item = Element> {
    all(part, kind).filter(move |element| self::key(element) == key)
}

/// Returns the key of an element among its kind: its id, or its link; else its text with its row and its form.
pub(super) fn key(element: &Element) -> String {
    if let Some(id) = id(element) {
        return id;
    }
    if let Some(href) = element.get_attribute("href") {
        return href;
    }
    let own = ["name", "aria-label"].iter().find_map(|attribute| element.get_attribute(attribute));
    let own = own.unwrap_or_else(|| element.text_content().unwrap_or_default().trim().to_owned());
    let around = ["form", "tr, li, article, details"].map(|around| {
        let around = element.closest(around).ok().flatten();
        around.and_then(|around| name(&around)).unwrap_or_default()
    });
    format!("{own}\n{}", around.join("\n"))
}
