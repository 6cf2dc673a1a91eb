//! The preview of a text area: the server's own rendering of its text, below it. The text stays where it is; without a script there is
//! no control.

use crate::post::post;
use crate::typing::text_of;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsValue;
use web_sys::UrlSearchParams;

/// The address of the function that renders a text.
const RENDER: &str = "/_fn/text/preview";

/// The button that renders the text of the field with the id `field`, and the place where it is shown. `kind` is `prose`, or `work` for
/// a deliverable.
#[island]
pub fn Preview(field: String, label: String, kind: String) -> impl IntoView {
    let (awake, open) = (RwSignal::new(false), RwSignal::new(false));
    let (html, told) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    Effect::new(move |_| awake.set(true));
    let panel = format!("{field}-preview");
    let controls = panel.clone();
    let render = move |_| {
        let (text, kind) = (text_of(&field), kind.clone());
        if text.trim().is_empty() {
            open.set(false);
            told.set("There is nothing to preview yet.".to_owned());
            return;
        }
        told.set("Loading …".to_owned());
        spawn_local(async move {
            match rendered(&text, &kind).await {
                Ok((true, Ok(shown))) => {
                    html.set(shown);
                    open.set(true);
                    told.set("Shown below, as readers will see it.".to_owned());
                }
                Ok((_, Ok(message))) if !message.is_empty() => told.set(message),
                _ => told.set("There is no preview: the server can’t be reached.".to_owned()),
            }
        });
    };
    let hide = move |_| {
        open.set(false);
        told.set(String::new());
    };
    let about = format!(" of {label}");
    let title = format!("{panel}-title");
    // The headings of a text begin at the third level.
    let heading = title.clone();
    view! {
        <div class="preview" hidden=move || !awake.get()>
            <div class="row">
                <button class="btn quiet" type="button" aria-expanded=move || open.get().to_string() aria-controls=controls on:click=render>
                    "Preview"<span class="sr">{about}</span>
                </button>
                <button class="btn quiet" type="button" hidden=move || !open.get() on:click=hide>"Hide the preview"</button>
                <span class="help" role="status">{move || told.get()}</span>
            </div>
            <div class="previewed" id=panel role="region" aria-labelledby=title tabindex="0" hidden=move || !open.get()>
                <h2 class="sr" id=heading>"As readers will see it"</h2>
                <div class="prose work-prose" dir="auto" inner_html=move || html.get()></div>
            </div>
        </div>
    }
}

async fn rendered(text: &str, kind: &str) -> Result<(bool, Result<String, JsValue>), JsValue> {
    let fields = UrlSearchParams::new()?;
    fields.append("text", text);
    fields.append("kind", kind);
    post(RENDER, &fields, false).await
}
