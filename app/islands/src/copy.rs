//! The button that copies a text. It appears once its island runs, because it does nothing without a script.

use crate::icon::{Glyph, Icon};
use leptos::prelude::*;

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
