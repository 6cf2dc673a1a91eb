//! The cost of a round of review, computed while its poster types.

use kernel::Money;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// The cost of a round, by the current values of the fields.
#[island]
pub fn RoundCost(count: i64, cents: i64) -> impl IntoView {
    let plan = RwSignal::new((count, cents));
    Effect::new(move |_| {
        let read = move || plan.set((typed("proofer_count").and_then(|text| text.parse().ok()).unwrap_or(0), fee()));
        read();
        window_event_listener(ev::input, move |_| read());
    });
    let text = move || {
        let (seats, cents) = plan.get();
        let cost = seats.checked_mul(cents).map(Money)?;
        (seats > 0 && cents > 0).then(|| format!("{seats} × {} = {cost} a round. ", Money(cents)))
    };
    view! { <p class="help"><b>{text}</b>"If they ask for changes, the next round costs the same again. The service fee is not taken on it."</p> }
}

fn fee() -> i64 {
    typed("proof_fee").and_then(|text| Money::typed("proof_fee", &text).ok()).map_or(0, |fee| fee.0)
}

fn typed(name: &str) -> Option<String> {
    let field = document().query_selector(&format!("[name={name}]")).ok().flatten()?;
    Some(field.dyn_into::<web_sys::HtmlInputElement>().ok()?.value())
}
