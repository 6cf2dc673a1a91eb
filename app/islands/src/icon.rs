//! The line icons, 16 pixels, in the text's colour. Each is beside a word, or its button has a label.

use leptos::prelude::*;

/// The icons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyph {
    /// Opens something below.
    Chevron,
    /// The narrow menu.
    Menu,
    /// Copies to the clipboard.
    Copy,
    /// An act succeeded.
    Tick,
    /// A warning.
    Warning,
    /// A piece of information.
    Info,
    /// Visible to its viewer.
    Eye,
    /// Hidden while the review is blind.
    Blind,
    /// Notifications.
    Bell,
}

impl Glyph {
    const fn shapes(self) -> &'static str {
        match self {
            Glyph::Chevron => r#"<path d="M4.5 6.5L8 10l3.5-3.5"/>"#,
            Glyph::Menu => r#"<path d="M2.5 5h11M2.5 11h11"/>"#,
            Glyph::Copy => {
                r#"<rect x="5.5" y="5.5" width="8" height="8" rx="1.5"/><path d="M10.5 5.5v-2A1 1 0 0 0 9.5 2.5h-6a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1h2"/>"#
            }
            Glyph::Tick => r#"<path d="M3 8.5l3.2 3.2L13 5"/>"#,
            Glyph::Warning => r#"<path d="M8 2.5L14 13.5H2Z"/><path d="M8 6.5v3M8 11.5v.01"/>"#,
            Glyph::Eye => r#"<path d="M2 8s2.2-4 6-4 6 4 6 4-2.2 4-6 4-6-4-6-4Z"/><circle cx="8" cy="8" r="1.6"/>"#,
            Glyph::Blind => r#"<path d="M2 8s2.2-4 6-4 6 4 6 4-2.2 4-6 4-6-4-6-4Z"/><path d="M3 13L13 3"/>"#,
            Glyph::Bell => r#"<path d="M4 11.5V7a4 4 0 0 1 8 0v4.5l1 1H3Z"/><path d="M6.8 14.2h2.4"/>"#,
            Glyph::Info => r#"<circle cx="8" cy="8" r="5.8"/><path d="M8 7.5v3.2M8 5.2v.01"/>"#,
        }
    }
}

/// One icon.
#[component]
pub fn Icon(glyph: Glyph) -> impl IntoView {
    view! { <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" inner_html=glyph.shapes()></svg> }
}
