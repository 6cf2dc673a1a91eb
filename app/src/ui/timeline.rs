//! What happened to a job, where it stands, and what comes next if nobody gets in the way.

use super::status::Shape;
use super::when::When;
use leptos::prelude::*;
use market::Time;
use market::job::Status;

/// The list around its steps.
#[component]
pub fn Timeline(children: Children) -> impl IntoView {
    view! { <ol class="timeline">{children()}</ol> }
}

/// Something that happened.
#[component]
pub fn Happened(
    /// The state it led to.
    status: Status,
    at: Time,
    #[prop(into)] text: String,
    #[prop(optional_no_strip, into)] note: Option<String>,
) -> impl IntoView {
    view! { <li><Shape status=status /><span>{text}<Sub note=note /></span><When at=at /></li> }
}

/// Where the job stands.
#[component]
pub fn Stands(status: Status, #[prop(into)] text: String, #[prop(optional_no_strip, into)] note: Option<String>) -> impl IntoView {
    view! { <li aria-current="step"><Shape status=status /><span>{text}<Sub note=note /></span><span class="now">"now"</span></li> }
}

/// What comes next.
#[component]
pub fn Ahead(#[prop(into)] text: String, #[prop(optional_no_strip, into)] note: Option<String>) -> impl IntoView {
    view! { <li class="next"><Shape status=Status::Open /><span>{text}<Sub note=note /></span></li> }
}

#[component]
fn Sub(note: Option<String>) -> impl IntoView {
    note.map(|note| view! { <span class="sub">{note}</span> })
}
