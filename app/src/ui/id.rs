//! Ids, each with a button that copies it. The button appears when the page is awake: without a script it could do nothing.

use super::icon::{Glyph, Icon};
use leptos::prelude::*;

/// An id as people see it; what is copied may be longer than what is shown.
#[component]
pub fn Id(
    /// What is shown.
    #[prop(into)]
    text: String,
    /// What it is, for the button's label: `job id`.
    #[prop(into)]
    noun: String,
    /// What is copied, when that is more than what is shown.
    #[prop(optional, into)]
    whole: Option<String>,
) -> impl IntoView {
    let whole = whole.unwrap_or_else(|| text.clone());
    let label = format!("Copy {noun} {whole}");
    view! { <span class="id">{text} <Copy text=whole label=label /></span> }
}

/// The copying button by itself.
#[island]
pub fn Copy(text: String, label: String) -> impl IntoView {
    let awake = RwSignal::new(false);
    let done = RwSignal::new(false);
    Effect::new(move |_| awake.set(true));
    let copy = move |_| {
        // Nothing depends on the promise: a browser that refuses has told its user.
        let _ = window().navigator().clipboard().write_text(&text);
        done.set(true);
        set_timeout(move || done.set(false), std::time::Duration::from_millis(1500));
    };
    view! {
        <button type="button" hidden=move || !awake.get() data-done=move || done.get().then_some("") aria-label=label on:click=copy>
            <Icon glyph=Glyph::Copy />
        </button>
    }
}
