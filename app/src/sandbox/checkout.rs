//! The sandbox's checkout page, which takes test money only.

use crate::fault::Fault;
use crate::load::load;
use crate::ui::figures::{Sum, Sums};
use crate::ui::flash_notice::FlashNotice;
use crate::ui::form::Act;
use crate::ui::layout::{Layout, NavItem};
use crate::ui::notice::{Notice, Tone};
use crate::url::ours;
use crate::visitor::{go, guest};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use market::deposit::{Deposit, Status};
use market::id::DepositId;
use market::{Money, deposit};

/// Loads a checkout, for anyone who has its id.
#[server(prefix = "/_fn", endpoint = "sandbox/checkout")]
pub async fn show(id: String) -> Result<Deposit, Fault> {
    let market = guest()?.market;
    if !market.rules.sandbox {
        return Err(market::Error::not_found("page").into());
    }
    let mut conn = market.read().await?;
    Ok(deposit::show(&mut conn, &DepositId::from(id)).await?)
}

/// Pays a deposit with test money.
#[server(prefix = "/_fn", endpoint = "sandbox/pay")]
pub async fn pay(deposit: String, back: Option<String>) -> Result<(), Fault> {
    let id = DepositId::from(deposit);
    let paid = market::act!(guest()?.market, |tx| deposit::pay(tx, &id).await)?;
    go(&onward(back), format!("{} was deposited.", paid.amount))
}

/// Cancels a deposit.
#[server(prefix = "/_fn", endpoint = "sandbox/cancel")]
pub async fn cancel(deposit: String, back: Option<String>) -> Result<(), Fault> {
    let id = DepositId::from(deposit);
    market::act!(guest()?.market, |tx| deposit::cancel(tx, &id).await)?;
    go(&onward(back), "The deposit was cancelled. Nothing was paid.")
}

fn onward(back: Option<String>) -> String {
    back.filter(|back| !back.is_empty()).map_or_else(|| "/wallet".to_owned(), |back| ours(&back).to_owned())
}

/// The page of a checkout.
#[component]
pub fn Checkout() -> impl IntoView {
    let id = use_params_map().with_untracked(|params| params.get("id")).unwrap_or_default();
    let back = use_query_map().with_untracked(|query| query.get("back")).unwrap_or_default();
    load(show(id), move |deposit| view! { <Whole deposit=deposit back=back /> })
}

#[component]
fn Whole(deposit: Deposit, back: String) -> impl IntoView {
    let pays = Money(deposit.amount.0 + deposit.fee.0);
    let on = ("deposit", deposit.id.to_string());
    let acts = if deposit.status == Status::Open {
        let also = ("back", back);
        view! {
            <div class="grid gap-2">
                <Act to="sandbox/pay" on=on.clone() also=also.clone() class="btn primary full">{format!("Pay {pays}")}</Act>
                <Act to="sandbox/cancel" on=on also=also class="btn full">"Cancel the deposit"</Act>
            </div>
        }
        .into_any()
    } else {
        view! { <p>{format!("This checkout is {}.", deposit.status)}" "<a href="/wallet">"Back to the wallet"</a></p> }.into_any()
    };
    view! {
        <Layout title="Checkout" place=NavItem::Wallet>
            <div class="gate">
                <h1>"Sandbox checkout"</h1>
                <FlashNotice />
                <Notice tone=Tone::Wait title="Test money"><p>"This stands in for a payment provider. No card is asked for, none is charged."</p></Notice>
                <Sums>
                    <Sum label="Deposit to your wallet" money=deposit.amount />
                    <Sum label="Provider fee" money=deposit.fee />
                    <Sum label="You pay, USD" money=pays total=true />
                </Sums>
                {acts}
            </div>
        </Layout>
    }
}
