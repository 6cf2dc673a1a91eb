//! Notices, empty lists: what happened, what to do next.

use super::icon::{Glyph, Icon};
use leptos::prelude::*;

/// How a notice is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Good to know.
    Plain,
    /// It worked.
    Ok,
    /// Mind this.
    Wait,
    /// It did not work.
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

/// A list with nothing in it, and how to fill it.
#[component]
pub fn Empty(#[prop(into)] title: String, children: Children) -> impl IntoView {
    view! { <div class="empty"><strong>{title}</strong>{children()}</div> }
}
