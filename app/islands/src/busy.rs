//! Busy buttons: a sent form marks its button, and a second press sends nothing.

use leptos::ev::{self, SubmitEvent};
use leptos::prelude::*;
use std::time::Duration;
use wasm_bindgen::JsCast;

/// The time after which a form that led nowhere can be sent again: its request was stopped or lost.
const GIVE_UP_AFTER: Duration = Duration::from_secs(20);

/// Marks the button of every form of the page that is sent. One per page.
#[island]
pub fn Busy() -> impl IntoView {
    Effect::new(move |_| {
        window_event_listener(ev::submit, mark);
        // A page restored from the browser's cache is no longer sending.
        window_event_listener(ev::pageshow, |_| unmark());
    });
}

fn mark(event: SubmitEvent) {
    let Some(button) = event.submitter() else { return };
    if button.get_attribute("aria-busy").is_some() {
        event.prevent_default();
        return;
    }
    // Set the attribute only: a disabled button would be missing from the form's data.
    let _ = button.set_attribute("aria-busy", "true");
    // A form that a script sends, such as an upload, says itself when it is done.
    if !event.default_prevented() {
        set_timeout(unmark, GIVE_UP_AFTER);
    }
}

fn unmark() {
    let Ok(busy) = document().query_selector_all("[aria-busy]") else { return };
    for i in 0..busy.length() {
        if let Some(element) = busy.get(i).and_then(|node| node.dyn_into::<web_sys::Element>().ok()) {
            let _ = element.remove_attribute("aria-busy");
        }
    }
}
