//! Automatic saving of a verdict's draft, one second after typing stops.

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, FormData, Headers, HtmlFormElement, RequestInit, Response, UrlSearchParams};

/// The pause in typing after which the draft is saved.
const QUIET: Duration = Duration::from_secs(1);

/// Shows when the draft was saved, and saves it when its form changes.
#[island]
pub fn Saved(at: String) -> impl IntoView {
    let told = RwSignal::new(if at.is_empty() { String::new() } else { kept(&at) });
    let place = NodeRef::<leptos::html::Span>::new();
    Effect::new(move |_| {
        let Some(form) = place.get().and_then(|span| span.closest("form").ok().flatten()) else { return };
        let Ok(form) = form.dyn_into::<HtmlFormElement>() else { return };
        let waits = StoredValue::new(None::<TimeoutHandle>);
        let own = form.clone();
        let later = move |event: Event| {
            let inside = event.target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
            if !own.contains(inside.as_ref()) {
                return;
            }
            if let Some(earlier) = waits.get_value() {
                earlier.clear();
            }
            let form = own.clone();
            let send = move || spawn_local(async move { told.set(keep(&form).await) });
            waits.set_value(set_timeout_with_handle(send, QUIET).ok());
        };
        window_event_listener(ev::input, later.clone());
        window_event_listener(ev::change, later);
    });
    view! { <span class="soft xs" role="status" node_ref=place>{move || told.get()}</span> }
}

/// Saves the draft as the form would, and returns the result in words.
async fn keep(form: &HtmlFormElement) -> String {
    match send(form).await {
        Ok((true, Ok(at))) => kept(&at),
        Ok((_, Ok(message))) if !message.is_empty() => format!("Not saved: {message}"),
        _ => "Not saved: the server can’t be reached.".to_owned(),
    }
}

/// Sends the form; returns whether it succeeded, and the time or the error message.
async fn send(form: &HtmlFormElement) -> Result<(bool, Result<String, JsValue>), JsValue> {
    let data = FormData::new_with_form(form)?;
    let body = UrlSearchParams::new_with_str_sequence_sequence(&data)?;
    let headers = Headers::new()?;
    headers.set("Accept", "application/json")?;
    let how = RequestInit::new();
    how.set_method("POST");
    how.set_headers(&headers);
    how.set_body(&body);
    let answer = JsFuture::from(window().fetch_with_str_and_init(&form.action(), &how)).await?;
    let answer: Response = answer.dyn_into()?;
    let value = JsFuture::from(answer.json()?).await?;
    if answer.ok() {
        return Ok((true, value.as_string().ok_or(value)));
    }
    let message = js_sys::Reflect::get(&value, &"message".into())?;
    Ok((false, Ok(message.as_string().unwrap_or_default())))
}

/// Formats the time of saving: `Draft saved 14:02`, in UTC like all times here.
fn kept(at: &str) -> String {
    format!("Draft saved {}", at.get(11..16).unwrap_or(at))
}
