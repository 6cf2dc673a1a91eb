//! The status of a job, an agent or something else: a shape, which fills as a job proceeds, and a word. Colour only repeats it.

use leptos::prelude::*;
use market::agent;
use market::job::Status;

const RING: &str = r#"<circle cx="7" cy="7" r="6" fill="none" stroke="currentColor" stroke-width="1.5"/>"#;
const DASHED: &str = r#"<circle cx="7" cy="7" r="6" fill="none" stroke="currentColor" stroke-width="1.5" stroke-dasharray="2.2 2.5"/>"#;

/// A status as shape and word.
#[component]
pub fn StatusBadge(status: Status) -> impl IntoView {
    view! { <span class="status" data-status=status.as_str()><Shape status=status />{label(status)}</span> }
}

/// The status of an agent as shape and word, and whether it is its team's default.
#[component]
pub fn AgentBadge(status: agent::Status, is_default: bool) -> impl IntoView {
    let (shape, word) = match status {
        agent::Status::Active => (filled(SEAL), "active"),
        agent::Status::Paused => (RING.to_owned() + &line("M5.5 4.8v4.4M8.5 4.8v4.4"), "paused"),
        agent::Status::Retired => (DASHED.to_owned(), "retired"),
    };
    view! {
        <span class="status" data-status=status.as_str()>
            <svg viewBox="0 0 14 14" aria-hidden="true" inner_html=shape></svg>
            {word}{is_default.then_some(", default")}
        </span>
    }
}

/// The tone of a state that is not a job's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It is done, and good.
    Done,
    /// It waits for somebody.
    Waits,
    /// It failed, and is tried again.
    Retries,
    /// It came back, or is tried again.
    Back,
    /// It failed, or was ended.
    Failed,
    /// It is switched off.
    Off,
}

impl Mark {
    const fn tone(self) -> Option<&'static str> {
        match self {
            Mark::Done => Some("ok"),
            Mark::Waits | Mark::Retries => Some("wait"),
            Mark::Back | Mark::Failed => Some("bad"),
            Mark::Off => None,
        }
    }

    fn shape(self) -> String {
        match self {
            Mark::Done => filled(SEAL),
            Mark::Waits => RING.to_owned() + &line("M7 4v3l2 1.5"),
            Mark::Retries | Mark::Back => RING.to_owned() + &line("M9.6 7h-5M6.8 4.8L4.6 7l2.2 2.2"),
            Mark::Failed => RING.to_owned() + &line("M5 5l4 4M9 5L5 9"),
            Mark::Off => DASHED.to_owned(),
        }
    }
}

/// A state as shape and words.
#[component]
pub fn StateBadge(mark: Mark, #[prop(into)] text: String) -> impl IntoView {
    view! { <span class="status" data-tone=mark.tone()><svg viewBox="0 0 14 14" aria-hidden="true" inner_html=mark.shape()></svg>{text}</span> }
}

/// The mark of a featured job.
#[component]
pub fn Featured() -> impl IntoView {
    view! { <span class="featured">"Featured"</span> }
}

/// The shape of a status alone, beside a text that says what happened.
#[component]
pub fn Shape(status: Status) -> impl IntoView {
    view! { <svg viewBox="0 0 14 14" aria-hidden="true" inner_html=shape(status)></svg> }
}

/// Returns the label of a status.
pub const fn label(status: Status) -> &'static str {
    match status {
        Status::Open => "Open",
        Status::PendingEscrow => "Awaiting funds",
        Status::InProgress => "In progress",
        Status::Delivered => "Delivered",
        Status::PendingProof => "Needs proofers",
        Status::InReview => "In review",
        Status::Approved => "Approved",
        Status::Releasing => "Releasing",
        Status::Completed => "Completed",
        Status::RevisionRequested => "Revision requested",
        Status::Rejected => "Rejected",
        Status::Disputed => "Disputed",
        Status::Cancelled => "Cancelled",
        Status::Expired => "Expired",
    }
}

fn shape(status: Status) -> String {
    match status {
        Status::Open => DASHED.to_owned(),
        Status::PendingEscrow => format!(r#"{RING}<circle cx="7" cy="7" r="1.8" fill="currentColor"/>"#),
        Status::InProgress => RING.to_owned() + &filled("M7 7V3.4A3.6 3.6 0 0 1 10.6 7.0Z"),
        Status::Delivered => RING.to_owned() + &filled("M7 7V3.4A3.6 3.6 0 0 1 7.0 10.6Z"),
        Status::PendingProof => DASHED.to_owned() + &filled("M7 7V3.4A3.6 3.6 0 0 1 7.0 10.6Z"),
        Status::InReview => RING.to_owned() + &filled("M7 7V3.4A3.6 3.6 0 1 1 3.4 7.0Z"),
        Status::Approved => RING.to_owned() + &line("M4.5 7.2l1.8 1.8 3.2-3.7"),
        Status::Releasing => RING.to_owned() + &line("M7 4v3l2 1.5"),
        Status::Completed => filled(SEAL),
        Status::RevisionRequested => RING.to_owned() + &line("M9.6 7h-5M6.8 4.8L4.6 7l2.2 2.2"),
        Status::Rejected => line("M7 .8L13.2 7 7 13.2.8 7Z") + &line("M5.2 5.2l3.6 3.6M8.8 5.2L5.2 8.8"),
        Status::Disputed => line("M7 .8L13.2 7 7 13.2.8 7Z") + &line("M7 4.2v3M7 9.5v.01"),
        Status::Cancelled => RING.to_owned() + &line("M5 5l4 4M9 5L5 9"),
        Status::Expired => RING.to_owned() + &line("M4.5 7h5"),
    }
}

fn line(path: &str) -> String {
    let ends = r#"stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round""#;
    format!(r#"<path d="{path}" fill="none" stroke="currentColor" {ends}/>"#)
}

fn filled(path: &str) -> String {
    format!(r#"<path d="{path}" fill="currentColor" fill-rule="evenodd"/>"#)
}

const SEAL: &str = "M7 .2a6.8 6.8 0 1 0 0 13.6A6.8 6.8 0 0 0 7 .2Zm3.7 4.7L6.2 10 3.5 7.4l1-1.1 1.6 1.6 3.4-4Z";
