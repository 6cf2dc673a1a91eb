//! The notice on a thing that an admin hid, for those who still read it.

use super::OWN;
use crate::ui::notice::{Notice, Tone};
use leptos::prelude::*;

/// The notice; its owner learns where the reason is and how to appeal.
#[component]
pub fn HiddenNotice(
    /// The noun of the thing.
    noun: &'static str,
    /// The sentence about what the thing can't do meanwhile.
    #[prop(default = "")]
    meanwhile: &'static str,
    is_own: bool,
) -> impl IntoView {
    let told = if is_own {
        view! { <p>"Others don’t see it. "{meanwhile}" "<a href=OWN>"Read the reason, and appeal"</a>"."</p> }.into_any()
    } else {
        view! { <p>"Others don’t see it. What was agreed goes on by its rules."</p> }.into_any()
    };
    view! { <div class="mb-6"><Notice tone=Tone::Wait title=format!("An admin hid this {noun}")>{told}</Notice></div> }
}
