//! The button that shows a typed password. It appears once its island runs, because it does nothing without a script.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// The button beside the password field with the id `field` and this label.
#[island]
pub fn Reveal(field: String, label: String) -> impl IntoView {
    let (awake, shown) = (RwSignal::new(false), RwSignal::new(false));
    Effect::new(move |_| awake.set(true));
    let controls = field.clone();
    let toggle = move |_| {
        let input = document().get_element_by_id(&field).and_then(|input| input.dyn_into::<HtmlInputElement>().ok());
        if let Some(input) = input {
            shown.update(|shown| *shown = !*shown);
            input.set_type(if shown.get_untracked() { "text" } else { "password" });
        }
    };
    view! {
        <button class="btn quiet reveal" type="button" hidden=move || !awake.get() aria-controls=controls on:click=toggle>
            {move || if shown.get() { "Hide" } else { "Show" }}<span class="sr">{format!(" {}", label.to_lowercase())}</span>
        </button>
    }
}
