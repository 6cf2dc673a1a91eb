//! Credits: the wallet in dollars, and deposits.

use api::amount::Dollars;
use api::body::Body;
use api::call::Call;
use api::paging::PartParams;
use api::query::Query;
use api::response::{ApiResult, created, ok};
use api::route::{Route, get, post};
use api::samples::{self, shown};
use api::wallet_views::{Balance, Checkout, History};
use api::{deposits, enum_schema};
use market::deposit::{self, Method};
use market::{payment, wallet};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/api/credits/balance", balance)
            .named("gigiac_balance")
            .says("Your credit balance", "Amounts are in dollars.")
            .gives(200, shown::<Balance<Dollars>>(samples::wallet::wallet())),
        post("/api/credits/deposit", start)
            .named("gigiac_deposit")
            .says(
                "Start a deposit",
                "The amount is in dollars, with at most two decimals. A person pays it, with the payment provider's fee, at `checkout_url`; until then no money moves.",
            )
            .takes(json!({ "amount": 100.00, "method": "card" }))
            .gives(201, shown::<Checkout<Dollars>>(samples::wallet::deposit()))
            .refuses(deposit::errors::too_many_deposits(deposit::OPEN_MAX))
            .refuses(payment::errors::no_payment_provider())
            .refuses(payment::errors::provider_unreachable())
            .refuses(payment::errors::provider_refused()),
        get("/api/credits/transactions", transactions)
            .named("gigiac_transactions")
            .says("Your credit history", "Lists movements newest first, in dollars; an amount that left the wallet is negative.")
            .gives(200, shown::<History<Dollars>>(samples::wallet::paid_in())),
    ]
}

/// A new deposit.
#[derive(Deserialize, ToSchema)]
#[schema(as = gigiac::NewDeposit)]
struct NewDeposit {
    /// The amount in US dollars, within the limits that the operator set
    amount: Dollars,
    /// The way of paying: a card, at once, or a debit of a bank account, within days; `card` if it is missing
    #[schema(schema_with = enum_schema::of::<Method>)]
    method: Option<String>,
}

async fn balance(call: Call) -> ApiResult<Balance<Dollars>> {
    let mut conn = call.read().await?;
    Ok(ok(wallet::show(&mut conn, &call.actor).await?))
}

async fn start(call: Call, Body(new): Body<NewDeposit>) -> ApiResult<Checkout<Dollars>> {
    let amount = new.amount.money("amount")?;
    let deposit = deposits::open(&call, amount.0, new.method.as_deref()).await?;
    call.commit(call.begin().await?, created(deposit)).await
}

async fn transactions(call: Call, Query(page): Query<PartParams>) -> ApiResult<History<Dollars>> {
    let part = page.part()?;
    let mut conn = call.read().await?;
    Ok(ok(wallet::transactions(&mut conn, &call.actor, part).await?))
}
