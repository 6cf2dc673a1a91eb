//! The number of characters that a field has left, or has too many. It is counted as the server counts: in characters, not in the
//! UTF-16 units of the attribute `maxlength`, which would cut texts that the server takes.

use crate::typing::text_of;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Says how much the field with the id `field` has left of `max` characters, once a tenth or less is left.
#[island]
pub fn Length(field: String, max: i64) -> impl IntoView {
    let left = RwSignal::new(max);
    Effect::new(move |_| {
        let own = field.clone();
        let count = move || left.set(max - length(&own));
        count();
        let own = field.clone();
        window_event_listener(ev::input, move |event| {
            let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
            if target.is_some_and(|target| target.id() == own) {
                count();
            }
        });
    });
    let words = move || said(left.get(), max);
    view! { <span class="help length" role="status" class:over=move || left.get() < 0>{words}</span> }
}

/// Formats what is left; nothing while that is much.
fn said(left: i64, max: i64) -> Option<String> {
    let s = |n: i64| if n == 1 { "" } else { "s" };
    match left {
        over if over < 0 => Some(format!("{} character{} too many; {max} are allowed.", -over, s(-over))),
        left if left <= max / 10 => Some(format!("{left} character{} left.", s(left))),
        _ => None,
    }
}

/// Counts the characters of a field, as the server does: trimmed and composed.
fn length(id: &str) -> i64 {
    let text: String = js_sys::JsString::from(text_of(id).trim()).normalize("NFC").into();
    i64::try_from(text.chars().count()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::said;

    #[test]
    fn little_room_and_none_are_said() {
        assert_eq!(said(51, 500), None);
        assert_eq!(said(50, 500).as_deref(), Some("50 characters left."));
        assert_eq!(said(1, 500).as_deref(), Some("1 character left."));
        assert_eq!(said(-2, 500).as_deref(), Some("2 characters too many; 500 are allowed."));
    }
}
