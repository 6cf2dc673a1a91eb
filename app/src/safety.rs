//! The pages of safety: the form of a report, the member's reports with the hidden things of the team, and the admins' queue.

pub mod actions;
pub mod case;
pub mod loaders;
pub mod notice;
pub mod own;
pub mod queue;
pub mod report;
mod words;

use crate::url;
use leptos::prelude::*;
use market::safety::SubjectKind;

/// The address of the page with the member's reports and the hidden things of the team.
pub const OWN: &str = "/settings/safety";
/// The address of the queue.
pub const QUEUE: &str = "/admin/safety";

/// The link to the form that reports a thing.
#[component]
pub fn ReportLink(
    kind: SubjectKind,
    #[prop(into)] id: String,
    /// The words that tell this link from others on the page, for those who hear it.
    #[prop(into)]
    about: String,
) -> impl IntoView {
    let to = url::with_query("/report", &[("type", kind.as_str()), ("id", &id)]);
    view! { <a class="soft xs" href=to rel="nofollow">"Report"<span class="sr">" "{about}</span></a> }
}
