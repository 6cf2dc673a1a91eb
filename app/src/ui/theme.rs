//! The theme: system, light or dark. The choice is kept in a cookie, so that the server renders the next page in it.

use leptos::prelude::*;

/// The cookie's name.
pub const COOKIE: &str = "theme";

/// The chosen theme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// The system's theme.
    #[default]
    System,
    /// The light theme.
    Light,
    /// The dark theme.
    Dark,
}

impl Theme {
    /// Parses the cookie's value.
    pub fn parse(word: &str) -> Self {
        match word {
            "light" => Theme::Light,
            "dark" => Theme::Dark,
            _ => Theme::System,
        }
    }
    /// Returns the value of `data-theme` on the root, if there is one.
    pub const fn word(self) -> Option<&'static str> {
        match self {
            Theme::System => None,
            Theme::Light => Some("light"),
            Theme::Dark => Some("dark"),
        }
    }
    /// Returns the colour of the browser's frame, unless the system chooses it.
    pub const fn colour(self) -> Option<&'static str> {
        match self {
            Theme::System => None,
            Theme::Light => Some(LIGHT),
            Theme::Dark => Some(DARK),
        }
    }
}

/// The colour of the browser's frame in the light theme.
pub const LIGHT: &str = "#faf8f4";
/// The colour of the browser's frame in the dark theme.
pub const DARK: &str = "#161412";

/// The three theme buttons in the footer, hidden without a script.
#[component]
pub fn ThemeSwitch(theme: Theme) -> impl IntoView {
    let button = |of: Theme, label: &'static str| {
        let pressed = if of == theme { "true" } else { "false" };
        view! { <button type="button" data-wear=of.word().unwrap_or_default() aria-pressed=pressed>{label}</button> }
    };
    view! {
        <div class="theme needs-script" role="group" aria-label="Theme">
            {button(Theme::System, "System")} {button(Theme::Light, "Light")} {button(Theme::Dark, "Dark")}
        </div>
    }
}
