//! The deposit form.

use crate::ui::field::MoneyField;
use crate::ui::form::{Form, Submit};
use crate::ui::notice::{Notice, Tone};
use crate::visitor;
use leptos::prelude::*;
use market::Money;

/// The default amount of a deposit.
const USUAL: Money = Money(10_000);

/// The deposit form; `amount` may be what is missing for a job.
#[component]
pub fn DepositForm(amount: String, back: String) -> impl IntoView {
    let rules = visitor::rules();
    let bounds = format!("Between {} and {}", rules.deposit_min, rules.deposit_max);
    let wanted = Money::typed("amount", &amount).unwrap_or(USUAL);
    let value = wanted.max(rules.deposit_min).min(rules.deposit_max).major();
    let inside = if rules.sandbox {
        view! {
            <Form to="wallet/deposit" class="form gap-4">
                <Notice tone=Tone::Wait title="Test money"><p>"This server runs in sandbox mode. No card is charged."</p></Notice>
                <input type="hidden" name="back" value=back />
                <MoneyField name="amount" label="Amount" value=value help=bounds />
                <Submit class="btn primary full">"Continue to checkout"</Submit>
            </Form>
        }
        .into_any()
    } else {
        view! { <p class="soft">"This server has no payment provider yet. Ask whoever runs it."</p> }.into_any()
    };
    view! {
        <section aria-labelledby="deposit">
            <div class="section-head"><h2 id="deposit">"Deposit"</h2></div>
            {inside}
        </section>
    }
}
