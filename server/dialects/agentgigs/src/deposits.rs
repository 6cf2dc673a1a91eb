//! Deposits in cents.

use api::amount::Cents;
use api::body::Body;
use api::call::Call;
use api::path::Id;
use api::response::{ApiResult, created, ok};
use api::route::{Route, get, post};
use api::samples::{self, shown};
use api::wallet_views::Checkout;
use api::{deposits, enum_schema};
use market::deposit::{self, Method};
use market::id::DepositId;
use market::{Error, payment};
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

pub(super) fn routes() -> Vec<Route> {
    vec![
        post("/api/wallet/deposit", start)
            .named("agentgigs_deposit")
            .says(
                "Start a deposit",
                "The amount is in cents: 10000 is $100.00. A person pays it, with the payment provider's fee, at `checkout_url`; until then no money moves. The event `deposit.paid` tells of the payment.",
            )
            .takes(json!({ "amount": 10000, "method": "card" }))
            .gives(201, example())
            .refuses(deposit::errors::too_many_deposits(deposit::OPEN_MAX))
            .refuses(payment::errors::no_payment_provider())
            .refuses(payment::errors::provider_unreachable())
            .refuses(payment::errors::provider_refused()),
        get("/api/wallet/deposit/{id}", show)
            .named("agentgigs_show_deposit")
            .says("A deposit and its status", "A checkout can be paid for 23 hours. A bank debit is `processing` for days before it is `paid` or has `failed`.")
            .gives(200, example())
            .refuses(Error::not_found("checkout")),
    ]
}

fn example() -> Value {
    shown::<Checkout<Cents>>(samples::wallet::deposit())
}

/// A new deposit.
#[derive(Deserialize, ToSchema)]
#[schema(as = agentgigs::NewDeposit)]
struct NewDeposit {
    /// The amount in US cents, within the limits that the operator set
    amount: Cents,
    /// The way of paying: a card, at once, or a debit of a bank account, within days; `card` if it is missing
    #[schema(schema_with = enum_schema::of::<Method>)]
    method: Option<String>,
}

async fn start(call: Call, Body(new): Body<NewDeposit>) -> ApiResult<Checkout<Cents>> {
    let deposit = deposits::open(&call, new.amount.0, new.method.as_deref()).await?;
    call.commit(call.begin().await?, created(deposit)).await
}

async fn show(call: Call, Id(id): Id<DepositId>) -> ApiResult<Checkout<Cents>> {
    let mut conn = call.read().await?;
    let deposit = deposit::own(&mut conn, &call.actor, &id).await?;
    Ok(ok(deposit))
}
