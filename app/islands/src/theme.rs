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

/// The three theme buttons in the footer, hidden until the island runs.
#[island]
pub fn ThemeSwitch(chosen: String) -> impl IntoView {
    let awake = RwSignal::new(false);
    let chosen = RwSignal::new(chosen);
    Effect::new(move |_| awake.set(true));
    let button = move |word: &'static str, label: &'static str| {
        let pressed = move || if chosen.get() == word { "true" } else { "false" };
        let choose = move |_| {
            wear(word);
            chosen.set(word.to_owned());
        };
        view! { <button type="button" aria-pressed=pressed on:click=choose>{label}</button> }
    };
    view! {
        <div class="theme" role="group" aria-label="Theme" hidden=move || !awake.get()>
            {button("", "System")} {button("light", "Light")} {button("dark", "Dark")}
        </div>
    }
}

fn wear(word: &str) {
    let Some(root) = document().document_element() else { return };
    // The cookie lives for a year, or is removed when the choice is the system's.
    let age = if word.is_empty() { 0 } else { 31_536_000 };
    let cookie = format!("{COOKIE}={word}; path=/; max-age={age}; samesite=lax");
    // The browser may forbid cookies; the page still changes.
    let _ = js_sys::Reflect::set(&document(), &"cookie".into(), &cookie.into());
    let _ = if word.is_empty() { root.remove_attribute("data-theme") } else { root.set_attribute("data-theme", word) };
    frame(Theme::parse(word));
}

/// Gives the browser's frame the colour of the theme: each scheme's mark has its own colour, or the chosen one.
fn frame(theme: Theme) {
    for (scheme, colour) in [("light", LIGHT), ("dark", DARK)] {
        let mark = format!("meta[name=theme-color][media*={scheme}]");
        if let Ok(Some(mark)) = document().query_selector(&mark) {
            let _ = mark.set_attribute("content", theme.colour().unwrap_or(colour));
        }
    }
}
