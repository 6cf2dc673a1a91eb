//! Keys for rows that are typed in: Enter goes to the next row, Alt with an arrow changes how much a thing matters.

use leptos::ev::{self, KeyboardEvent};
use leptos::prelude::*;
use market::proof::Priority;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};

/// Watches the rows of the page. One per page.
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
        // In a field of one line Enter would send the form; what is written is kept by itself.
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

/// To the next row's first field, once there is something in this one.
fn next(row: &Element) {
    let Ok(Some(words)) = row.query_selector("textarea:placeholder-shown") else {
        let following = row.next_element_sibling().or_else(|| another(row));
        focus(following.and_then(|row| row.query_selector("input").ok().flatten()));
        return;
    };
    focus(Some(words));
}

/// One more row like the last, empty, with the next number.
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

/// A copy of a field has what was typed into it.
fn empty(field: &Element) {
    if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
        input.set_value("");
    } else if let Some(area) = field.dyn_ref::<HtmlTextAreaElement>() {
        area.set_value("");
    } else if let Some(select) = field.dyn_ref::<HtmlSelectElement>() {
        select.set_value(Priority::Medium.as_str());
    }
}

/// More or less important; the form hears of it as if it had been chosen.
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
