//! Keyboard shortcuts for revision items: Enter moves to the next row, Alt with an arrow changes the priority.

use leptos::ev::{self, KeyboardEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};

/// Handles the shortcuts of all rows. One per page.
#[island]
pub fn Keys() -> impl IntoView {
    Effect::new(move |_| {
        if let Ok(Some(told)) = document().query_selector(".keys[hidden]") {
            let _ = told.remove_attribute("hidden");
        }
        window_event_listener(ev::keydown, press);
    });
}

fn press(event: KeyboardEvent) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let Some(target) = target else { return };
    let row = target.closest(".item-rows > li").ok().flatten();
    match (event.key().as_str(), row) {
        ("Enter", Some(row)) if !event.shift_key() && !event.is_composing() => {
            event.prevent_default();
            next(&row);
        }
        // In a one-line field Enter would submit the form, which saves itself anyway.
        ("Enter", None) if target.closest(".verdict form").is_ok_and(|form| form.is_some()) && target.tag_name() == "INPUT" => {
            event.prevent_default();
        }
        (key @ ("ArrowUp" | "ArrowDown"), Some(row)) if event.alt_key() => {
            event.prevent_default();
            weigh(&row, if key == "ArrowUp" { -1 } else { 1 });
        }
        _ => {}
    }
}

/// Moves to the next row's first field, or to the description if it is still empty.
fn next(row: &Element) {
    let Ok(Some(words)) = row.query_selector("textarea:placeholder-shown") else {
        let following = row.next_element_sibling().or_else(|| another(row));
        focus(following.and_then(|row| row.query_selector("input").ok().flatten()));
        return;
    };
    focus(Some(words));
}

/// Appends an empty row with the next number.
fn another(row: &Element) -> Option<Element> {
    let (list, number) = (row.parent_element()?, row.parent_element()?.child_element_count());
    let fresh: Element = row.clone_node_with_deep(true).ok()?.dyn_into().ok()?;
    let fields = fresh.query_selector_all("input, select, textarea").ok()?;
    for i in 0..fields.length() {
        let field: Element = fields.get(i)?.dyn_into().ok()?;
        for (attribute, last, this) in [
            ("name", format!("[{}]", number - 1), format!("[{number}]")),
            ("aria-label", format!("item {number}"), format!("item {}", number + 1)),
        ] {
            let text = field.get_attribute(attribute)?.replace(&last, &this);
            field.set_attribute(attribute, &text).ok()?;
        }
        empty(&field);
    }
    list.append_child(&fresh).ok()?;
    Some(fresh)
}

/// Clears a copied field, because a copy keeps the typed value.
fn empty(field: &Element) {
    if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
        input.set_value("");
    } else if let Some(area) = field.dyn_ref::<HtmlTextAreaElement>() {
        area.set_value("");
    } else if let Some(select) = field.dyn_ref::<HtmlSelectElement>() {
        select.set_value(&select.get_attribute("data-default").unwrap_or_default());
    }
}

/// Raises or lowers the priority, and fires the events of a choice by hand.
fn weigh(row: &Element, by: i32) {
    let Ok(Some(select)) = row.query_selector("select") else { return };
    let Ok(select) = select.dyn_into::<HtmlSelectElement>() else { return };
    let last = i32::try_from(select.length()).unwrap_or(1) - 1;
    select.set_selected_index((select.selected_index() + by).clamp(0, last));
    let how = web_sys::EventInit::new();
    how.set_bubbles(true);
    if let Ok(changed) = web_sys::Event::new_with_event_init_dict("change", &how) {
        let _ = select.dispatch_event(&changed);
    }
}

fn focus(element: Option<Element>) {
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}
