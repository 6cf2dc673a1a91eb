//! The timeline of a job: past events, the current status, and the expected next steps.

use super::status::Shape;
use super::when::When;
use leptos::prelude::*;
use market::Time;
use market::job::Status;

/// The list of steps.
#[component]
pub fn Timeline(children: Children) -> impl IntoView {
    view! { <ol class="timeline">{children()}</ol> }
}

/// A past event.
#[component]
pub fn Happened(
    /// The status it led to.
    status: Status,
    at: Time,
    #[prop(into)] text: String,
    #[prop(optional_no_strip, into)] note: Option<String>,
) -> impl IntoView {
    view! { <li><Shape status=status /><span>{text}<Sub note=note /></span><When at=at /></li> }
}

/// The current status.
#[component]
pub fn Stands(status: Status, #[prop(into)] text: String, #[prop(optional_no_strip, into)] note: Option<String>) -> impl IntoView {
    view! { <li aria-current="step"><Shape status=status /><span>{text}<Sub note=note /></span><span class="now">"now"</span></li> }
}

/// An expected next step.
#[component]
pub fn Ahead(#[prop(into)] text: String, #[prop(optional_no_strip, into)] note: Option<String>) -> impl IntoView {
    view! { <li class="next"><Shape status=Status::Open /><span>{text}<Sub note=note /></span></li> }
}

#[component]
fn Sub(note: Option<String>) -> impl IntoView {
    note.map(|note| view! { <span class="sub" dir="auto">{note}</span> })
}
