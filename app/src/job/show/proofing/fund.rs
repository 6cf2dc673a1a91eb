//! The cost of a review, and the button that funds it.

use crate::job::address;
use crate::review::actions::FUND;
use crate::ui::confirm::Confirm;
use crate::ui::figures::{Sum, Sums};
use crate::url;
use leptos::prelude::*;
use market::Money;
use market::job::View;
use std::sync::Arc;

/// The button that funds the accepted proofers, or the missing amount with a link to deposit it.
#[component]
pub fn FundReview(
    view: Arc<View>,
    cost: Money,
    available: Money,
    /// The id of the question, unique on the page.
    #[prop(default = "fund-round")]
    id: &'static str,
    /// The act in words, before its sum.
    #[prop(default = "Fund")]
    verb: &'static str,
) -> impl IntoView {
    let missing = Money(cost.0 - available.0);
    if missing > Money::ZERO {
        let to = url::with_query("/wallet", &[("amount", &missing.major()), ("back", &address(&view.job.id))]);
        return view! { <a class="btn primary" href=format!("{to}#deposit")>{format!("Deposit {missing} to fund it")}</a> }.into_any();
    }
    let act = format!("Fund {cost}");
    let told = format!("{cost} leaves your wallet now, for one round. {} stays available.", Money(-missing.0));
    view! {
        <Confirm id=id to=FUND on=("job", view.job.id.to_string()) ask=format!("{verb} {cost}") class="btn primary" danger=false
            question="Fund the proofers?" act=act keep="Not yet">
            <p class="soft">{told}</p>
        </Confirm>
    }
    .into_any()
}

/// The cost of a round, above the table of its seats.
#[component]
pub fn Bill(seats: i64, fee: Money, cost: Money, available: Money) -> impl IntoView {
    let after = Money(available.0 - cost.0);
    let (label, money) = if after < Money::ZERO { ("Available now", available) } else { ("Available after", after) };
    view! {
        <div class="max-w-[24rem]">
            <Sums>
                <Sum label=format!("Proof, {seats} × {fee}") money=cost />
                <Sum label="From your wallet, USD" money=cost total=true />
                <Sum label=label money=money aside=true />
            </Sums>
        </div>
        <p class="help mt-2">"If they ask for changes, another round with the same proofers costs the same again. Fees of those who give no verdict in time come back to you."</p>
    }
}
