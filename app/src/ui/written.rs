//! Text that somebody wrote, inside a page's own sentences.

use crate::review::written;
use leptos::prelude::*;

/// A name inside a line, isolated: in whichever direction it is read, it turns nothing around it.
#[component]
pub fn Name(#[prop(into)] text: String) -> impl IntoView {
    view! { <bdi>{text}</bdi> }
}

/// Text of several lines: Markdown that can do nothing, in the direction of its own first letter.
#[component]
pub fn Prose(#[prop(into)] text: String, #[prop(default = "prose work-prose")] class: &'static str) -> impl IntoView {
    view! { <div class=class dir="auto" inner_html=written(&text)></div> }
}
