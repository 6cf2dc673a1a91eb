//! Ids with a button that copies them. The button appears once its island runs, because it does nothing without a script.

use super::icon::{Glyph, Icon};
use leptos::prelude::*;

/// An id with its copy button; the copied text may be longer than the shown one.
#[component]
pub fn Id(
    /// The text that is shown.
    #[prop(into)]
    text: String,
    /// The noun for the button's label: `job id`.
    #[prop(into)]
    noun: String,
    /// The text that is copied, if it differs from the shown one.
    #[prop(optional, into)]
    whole: Option<String>,
) -> impl IntoView {
    let whole = whole.unwrap_or_else(|| text.clone());
    let label = format!("Copy {noun} {whole}");
    view! { <span class="id">{text} <Copy text=whole label=label /></span> }
}

/// The copy button.
#[island]
pub fn Copy(text: String, label: String) -> impl IntoView {
    let awake = RwSignal::new(false);
    let done = RwSignal::new(false);
    Effect::new(move |_| awake.set(true));
    let copy = move |_| {
        // The promise is ignored: a browser that refuses tells its user.
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
