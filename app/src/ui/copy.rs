//! The button that copies a text. It is hidden without a script, because it would do nothing.

use super::icon::{Glyph, Icon};
use leptos::prelude::*;

/// The copy button.
#[component]
pub fn Copy(text: String, label: String) -> impl IntoView {
    view! { <button class="needs-script" type="button" data-copy=text aria-label=label><Icon glyph=Glyph::Copy /></button> }
}
