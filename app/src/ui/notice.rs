//! Notices and empty lists: what happened, and what to do next.

use super::icon::{Glyph, Icon};
use leptos::prelude::*;

/// The tone of a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Information.
    Plain,
    /// Success.
    Ok,
    /// A warning.
    Wait,
    /// An error.
    Bad,
}

/// A band with one message; `title` is its first, strong line.
#[component]
pub fn Notice(tone: Tone, #[prop(optional, into)] title: Option<String>, children: Children) -> impl IntoView {
    let (class, glyph, role) = match tone {
        Tone::Plain => ("notice", Glyph::Info, None),
        Tone::Ok => ("notice ok", Glyph::Tick, Some("status")),
        Tone::Wait => ("notice wait", Glyph::Warning, None),
        Tone::Bad => ("notice bad", Glyph::Warning, Some("alert")),
    };
    view! {
        <div class=class role=role>
            <Icon glyph=glyph />
            <div>{title.map(|title| view! { <p><b>{title}</b></p> })} {children()}</div>
        </div>
    }
}

/// The text in place of an empty list, with a way to fill it.
#[component]
pub fn Empty(#[prop(into)] title: String, children: Children) -> impl IntoView {
    view! { <div class="empty"><strong>{title}</strong>{children()}</div> }
}
