//! System, light or dark. The choice is kept in a cookie, so that the server draws the next page in it at once.

use leptos::prelude::*;

/// The cookie's name.
pub const COOKIE: &str = "theme";

/// A member's choice; none means what the system says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system is set.
    #[default]
    System,
    /// Ink on paper.
    Light,
    /// Paper on ink.
    Dark,
}

impl Theme {
    /// Reads the cookie's word.
    pub fn parse(word: &str) -> Self {
        match word {
            "light" => Theme::Light,
            "dark" => Theme::Dark,
            _ => Theme::System,
        }
    }
    /// What `data-theme` on the root says, if anything.
    pub const fn word(self) -> Option<&'static str> {
        match self {
            Theme::System => None,
            Theme::Light => Some("light"),
            Theme::Dark => Some("dark"),
        }
    }
}

/// The three buttons in the footer, hidden until they work.
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
    // A year, or gone at once when the choice is the system's.
    let age = if word.is_empty() { 0 } else { 31_536_000 };
    let cookie = format!("{COOKIE}={word}; path=/; max-age={age}; samesite=lax");
    // Storing may be forbidden; the page still changes.
    let _ = js_sys::Reflect::set(&document(), &"cookie".into(), &cookie.into());
    let _ = if word.is_empty() { root.remove_attribute("data-theme") } else { root.set_attribute("data-theme", word) };
}
