//! Ids with a button that copies them.

pub use super::copy::Copy;
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
