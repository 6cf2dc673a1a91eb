//! A question that came back with an error: it opens as a modal dialog again, and the focus goes to the error.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, HtmlElement};

/// Makes the open dialog around it modal: the page behind is shaded, and Escape closes it.
#[island]
pub fn Modal() -> impl IntoView {
    let place = NodeRef::<html::Span>::new();
    Effect::new(move |_| {
        let dialog = place.get().and_then(|place| place.closest("dialog").ok().flatten());
        let Some(dialog) = dialog.and_then(|dialog| dialog.dyn_into::<HtmlDialogElement>().ok()) else { return };
        dialog.set_open(false);
        // In a browser that refuses, the question stays open in the page.
        if dialog.show_modal().is_err() {
            dialog.set_open(true);
        }
        let wrong = dialog.query_selector("[aria-invalid=true], .refusal").ok().flatten();
        if let Some(wrong) = wrong.and_then(|wrong| wrong.dyn_into::<HtmlElement>().ok()) {
            let _ = wrong.focus();
        }
    });
    view! { <span hidden=true node_ref=place></span> }
}
