//! Automatic saving of a verdict's draft: one second after typing stops, and when the page is left.

use crate::post::post;
use leptos::ev::{self, MouseEvent};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;
use wasm_bindgen::prelude::*;
use web_sys::{Element, Event, FormData, HtmlFormElement, Node, UrlSearchParams, VisibilityState};

/// The pause in typing after which the draft is saved.
const QUIET: Duration = Duration::from_secs(1);
/// The largest body that browsers send on behalf of a page that is gone: 64 KiB, less what others may use.
const KEEPALIVE_MAX: usize = 60_000;

/// Shows when the draft was saved, and saves it when its form changes.
#[island]
pub fn Saved(at: String) -> impl IntoView {
    let told = RwSignal::new(if at.is_empty() { String::new() } else { kept(&at) });
    let place = NodeRef::<leptos::html::Span>::new();
    Effect::new(move |_| {
        let Some(form) = place.get().and_then(|span| span.closest("form").ok().flatten()) else { return };
        let Ok(form) = form.dyn_into::<HtmlFormElement>() else { return };
        watch(&Draft { form, waits: StoredValue::new(None), told });
    });
    view! { <span class="soft xs" role="status" node_ref=place>{move || told.get()}</span> }
}

/// A form whose values are saved, and the pause that has to pass before they are.
#[derive(Clone)]
struct Draft {
    form: HtmlFormElement,
    waits: StoredValue<Option<TimeoutHandle>>,
    told: RwSignal<String>,
}

fn watch(draft: &Draft) {
    let own = draft.clone();
    let later = move |event: Event| own.changed(&event);
    window_event_listener(ev::input, later.clone());
    window_event_listener(ev::change, later);
    let own = draft.clone();
    window_event_listener(ev::click, move |event| own.leave_by(&event));
    let own = draft.clone();
    // The form itself is sent, with all that was typed.
    window_event_listener(ev::submit, move |_| {
        own.stop_waiting();
    });
    let own = draft.clone();
    window_event_listener(ev::pagehide, move |_| own.flush());
    let own = draft.clone();
    let hidden = Closure::<dyn Fn()>::new(move || {
        if document().visibility_state() == VisibilityState::Hidden {
            own.flush();
        }
    });
    let _ = document().add_event_listener_with_callback("visibilitychange", hidden.as_ref().unchecked_ref());
    // The closure lives as long as the page.
    hidden.forget();
}

impl Draft {
    /// Begins the pause anew after a change of the form.
    fn changed(&self, event: &Event) {
        let inside = event.target().and_then(|target| target.dyn_into::<Node>().ok());
        if !self.form.contains(inside.as_ref()) {
            return;
        }
        self.stop_waiting();
        let own = self.clone();
        let send = move || {
            own.waits.set_value(None);
            spawn_local(async move {
                own.save(false).await;
            });
        };
        self.waits.set_value(set_timeout_with_handle(send, QUIET).ok());
    }

    /// Ends the pause; true if there was something to save.
    fn stop_waiting(&self) -> bool {
        let waiting = self.waits.try_update_value(Option::take).flatten();
        waiting.inspect(TimeoutHandle::clear).is_some()
    }

    /// Saves at once, without a pause, because the page may be gone in a moment.
    fn flush(&self) {
        if self.stop_waiting() {
            let own = self.clone();
            spawn_local(async move {
                own.save(true).await;
            });
        }
    }

    /// Saves before a link is followed, so that its page shows what was typed. If that fails, the page stays and says why; a second
    /// click leaves it.
    fn leave_by(&self, event: &MouseEvent) {
        let Some(to) = followed(event).filter(|_| self.stop_waiting()) else { return };
        event.prevent_default();
        let own = self.clone();
        spawn_local(async move {
            if own.save(false).await {
                let _ = window().location().set_href(&to);
            }
        });
    }

    /// Saves the draft as the form would, shows the result, and returns true if it is saved.
    async fn save(&self, leaving: bool) -> bool {
        let (saved, words) = match send(&self.form, leaving).await {
            Ok((true, Ok(at))) => (true, kept(&at)),
            Ok((_, Ok(message))) if !message.is_empty() => (false, format!("Not saved: {message}")),
            _ => (false, "Not saved: the server can’t be reached.".to_owned()),
        };
        self.told.set(words);
        saved
    }
}

/// Returns the address of a link that a click follows in this tab.
fn followed(event: &MouseEvent) -> Option<String> {
    if event.default_prevented() || event.button() != 0 || event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key() {
        return None;
    }
    let target: Element = event.target()?.dyn_into().ok()?;
    let link = target.closest("a[href]:not([target]):not([download])").ok().flatten()?;
    let href = link.get_attribute("href")?;
    (!href.starts_with('#')).then_some(href)
}

/// Sends the form; returns whether it succeeded, and the time or the error message.
async fn send(form: &HtmlFormElement, leaving: bool) -> Result<(bool, Result<String, JsValue>), JsValue> {
    let data = FormData::new_with_form(form)?;
    let body = UrlSearchParams::new_with_str_sequence_sequence(&data)?;
    let length = usize::try_from(body.to_string().length()).unwrap_or(usize::MAX);
    post(&form.action(), &body, leaving && length <= KEEPALIVE_MAX).await
}

/// Formats the time of saving: `Draft saved 14:02`, in UTC like all times here.
fn kept(at: &str) -> String {
    format!("Draft saved {}", at.get(11..16).unwrap_or(at))
}
