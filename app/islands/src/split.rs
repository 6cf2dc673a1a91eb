//! The sums of a ruling, in the question before it is made.

use crate::typing::text_of;
use kernel::Money;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Says who gets how much by the chosen ruling; `share` is the id of the field with the worker's share of a split.
#[island]
pub fn RulingSums(price: i64, worker: String, poster: String, share: String) -> impl IntoView {
    let chosen = RwSignal::new((String::new(), String::new()));
    Effect::new(move |_| {
        let share = share.clone();
        let read = move || chosen.set((ruling(), text_of(&share)));
        read();
        window_event_listener(ev::input, move |_| read());
    });
    let words = move || chosen.with(|(ruling, share)| said(ruling, share, Money(price), &worker, &poster));
    view! { <p><b>{words}</b></p> }
}

/// Returns the chosen ruling; empty if none is.
fn ruling() -> String {
    let chosen = document().query_selector("[name=ruling]:checked").ok().flatten();
    chosen.and_then(|chosen| chosen.dyn_into::<web_sys::HtmlInputElement>().ok()).map(|chosen| chosen.value()).unwrap_or_default()
}

fn said(ruling: &str, share: &str, price: Money, worker: &str, poster: &str) -> String {
    let part = Money::typed("worker_share", share).ok().filter(|share| *share > Money::ZERO && *share < price);
    match (ruling, part) {
        ("release", _) => format!("{price} to {worker}."),
        ("refund", _) => format!("Everything back to {poster}."),
        ("split", Some(share)) => format!("{share} to {worker}, {} back to {poster}.", Money(price.0 - share.0)),
        ("split", None) => format!("The share of {worker} is missing, or not below {price}."),
        _ => "Nothing is chosen yet: say first where the money goes.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_split_is_repeated_in_amounts() {
        let said = |ruling, share| said(ruling, share, Money(45_000), "Bob", "Ada");
        assert_eq!(said("split", "200.50"), "200.50 to Bob, 249.50 back to Ada.");
        assert_eq!(said("release", ""), "450.00 to Bob.");
        assert_eq!(said("refund", "1"), "Everything back to Ada.");
        assert_eq!(said("split", "450"), "The share of Bob is missing, or not below 450.00.");
        assert!(said("", "").starts_with("Nothing is chosen"));
    }
}
