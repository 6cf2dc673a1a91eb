//! The HTML document around every page. It loads nothing from other hosts, and scripts need the page's nonce.

use crate::App;
use crate::ui::theme::{DARK, LIGHT, Theme};
use leptos::config::LeptosOptions;
use leptos::html::meta;
use leptos::prelude::*;
use leptos_meta::MetaTags;

/// The HTML document.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let theme = use_context::<Theme>().unwrap_or_default();
    let pkg = options.site_pkg_dir;
    // Islands get their arguments as attributes: nothing else is written into the page for them.
    if let Some(shared) = Owner::current_shared_context() {
        shared.set_is_hydrating(false);
    }
    view! {
        <!DOCTYPE html>
        <html lang="en" data-theme=theme.word()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                {colours(theme)}
                <link rel="preload" href="/fonts/inter-latin.woff2" r#as="font" r#type="font/woff2" crossorigin="" />
                <link rel="stylesheet" href=format!("/{pkg}/{}.css", options.output_name) />
                // It loads the WASM if the page has an island.
                <script defer=true src=format!("/{pkg}/page.js")></script>
                <link rel="icon" href="/favicon.svg" r#type="image/svg+xml" />
                <link rel="manifest" href="/guildhall.webmanifest" />
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// The colours of the browser's own frame: the chosen theme's, or each of both for its scheme.
fn colours(theme: Theme) -> impl IntoView {
    let of = |(colour, scheme): (&'static str, &'static str)| {
        let media = format!("(prefers-color-scheme: {scheme})");
        meta().name("theme-color").content(theme.colour().unwrap_or(colour)).attr("media", media).attr("data-colour", colour)
    };
    [(LIGHT, "light"), (DARK, "dark")].map(of).collect_view()
}
