//! The cost of a round of review, computed while its poster types.

use kernel::Money;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// The cost of a round, by the current values of the fields, with a warning if it is more than half of the budget.
#[island]
pub fn RoundCost(count: i64, cents: i64) -> impl IntoView {
    let plan = RwSignal::new((count, cents, 0));
    Effect::new(move |_| {
        let read = move || {
            plan.set((typed("proofer_count").and_then(|text| text.parse().ok()).unwrap_or(0), amount("proof_fee"), amount("budget_max")))
        };
        read();
        window_event_listener(ev::input, move |_| read());
    });
    let text = move || {
        let (seats, cents, budget) = plan.get();
        let cost = seats.checked_mul(cents).map(Money)?;
        let dear = if budget > 0 && cost.0 > budget / 2 { "That is more than half of the budget. " } else { "" };
        (seats > 0 && cents > 0).then(|| format!("{seats} × {} = {cost} a round. {dear}", Money(cents)))
    };
    view! { <p class="help"><b>{text}</b>"The service fee is not taken on it."</p> }
}

fn amount(field: &'static str) -> i64 {
    typed(field).and_then(|text| Money::typed(field, &text).ok()).map_or(0, |amount| amount.0)
}

fn typed(name: &str) -> Option<String> {
    let field = document().query_selector(&format!("[name={name}]")).ok().flatten()?;
    Some(field.dyn_into::<web_sys::HtmlInputElement>().ok()?.value())
}
