//! The deposit form.

use super::loaders::Ways;
use crate::ui::field::{MoneyField, Select};
use crate::ui::form::{Form, Submit};
use crate::ui::notice::{Notice, Tone};
use crate::visitor;
use leptos::prelude::*;
use market::deposit::Method;
use market::{Money, Rules};

/// The default amount of a deposit.
const USUAL: Money = Money(10_000);

/// The deposit form; `amount` may be what is missing for a job.
#[component]
pub fn DepositForm(amount: String, back: String, ways: Ways) -> impl IntoView {
    let rules = visitor::rules();
    let bounds = format!("Between {} and {}", rules.deposit_min, rules.deposit_max);
    let wanted = Money::typed("amount", &amount).unwrap_or(USUAL);
    let value = wanted.max(rules.deposit_min).min(rules.deposit_max).major();
    let inside = if ways == Ways::Off {
        view! { <p class="soft">"This server has no payment provider, so it takes no deposits. Ask its operator."</p> }.into_any()
    } else {
        let test = rules.sandbox.then(|| {
            view! { <Notice tone=Tone::Wait title="Test money"><p>"This server runs in sandbox mode. No card is charged."</p></Notice> }
        });
        let methods = Method::ALL.iter().map(|&method| (method.as_str().to_owned(), way(method, &rules))).collect();
        let methods = (ways == Ways::Provider).then(|| {
            view! { <Select name="method" label="Pay by" options=methods value=Method::Card.as_str() help="You see the sum before you pay." /> }
        });
        view! {
            <Form to="wallet/deposit" class="form gap-4">
                {test}
                <input type="hidden" name="back" value=back />
                <MoneyField name="amount" label="Amount" value=value help=bounds />
                {methods}
                <Submit class="btn primary full">"Continue to checkout"</Submit>
            </Form>
        }
        .into_any()
    };
    view! {
        <section aria-labelledby="deposit">
            <div class="section-head"><h2 id="deposit">"Deposit"</h2></div>
            {inside}
        </section>
    }
}

/// Returns a way of paying with its fee and its time.
fn way(method: Method, rules: &Rules) -> String {
    let percent = |bps: i64| format!("{}.{} %", bps / 100, bps % 100 / 10);
    match method {
        Method::Card => format!("Card: {} and {}, at once", percent(rules.card_fee_bps), rules.card_fee_fixed),
        Method::BankDebit => format!("Bank debit: {}, within days", percent(rules.bank_debit_fee_bps)),
    }
}
