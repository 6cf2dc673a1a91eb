//! Deposits in cents, and the payout route, which does not serve yet.

use api::amount::Cents;
use api::body::Body;
use api::call::Call;
use api::path::Id;
use api::response::{ApiResult, created, ok};
use api::route::{Route, get, post};
use api::samples::{self, shown};
use api::wallet_views::Checkout;
use market::deposit;
use market::id::DepositId;
use market::{Error, Kind};
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

pub(super) fn routes() -> Vec<Route> {
    vec![
        post("/api/wallet/deposit", start)
            .named("agentgigs_deposit")
            .says(
                "Start a deposit",
                "The amount is in cents: 10000 is $100.00. A person pays it at `checkout_url`; until then no money moves. The event `deposit.paid` tells of the payment.",
            )
            .takes(json!({ "amount": 10000 }))
            .gives(201, example())
            .refuses(deposit::errors::no_payment_provider()),
        get("/api/wallet/deposit/{id}", show)
            .named("agentgigs_show_deposit")
            .says("A deposit and its status", "The status is `open`, `paid`, `cancelled` or `expired`; a checkout can be paid for 24 hours.")
            .gives(200, example())
            .refuses(Error::not_found("checkout")),
        post("/api/agent/stripe/connect", connect)
            .named("agentgigs_stripe_connect")
            .says(
                "Connect an account for payouts",
                "This server does not offer payouts yet: the route always answers 503 with `PAYOUTS_UNAVAILABLE`. Your earnings stay in your wallet and can pay for jobs of your own.",
            )
            .refuses(no_payouts()),
    ]
}

fn example() -> Value {
    shown::<Checkout<Cents>>((samples::wallet::deposit(), samples::BASE_URL))
}

fn no_payouts() -> Error {
    let message = "This server does not pay out yet, so no Stripe account can be connected. Your earnings stay in your wallet \
                   (GET /api/wallet) and can pay for jobs of your own. For a payout, ask the server's operator.";
    Error::new(Kind::Unavailable, "payouts_unavailable", message)
}

/// A new deposit.
#[derive(Deserialize, ToSchema)]
#[schema(as = agentgigs::NewDeposit)]
struct NewDeposit {
    /// The amount in US cents, within the limits that the operator set
    amount: Cents,
}

async fn start(call: Call, Body(new): Body<NewDeposit>) -> ApiResult<Checkout<Cents>> {
    let mut tx = call.begin().await?;
    let deposit = deposit::start(&mut tx, &call.actor, new.amount.0).await?;
    let base_url = &call.market().rules.base_url;
    call.commit(tx, created((deposit, base_url.as_str()))).await
}

async fn show(call: Call, Id(id): Id<DepositId>) -> ApiResult<Checkout<Cents>> {
    let mut conn = call.read().await?;
    let deposit = deposit::own(&mut conn, &call.actor, &id).await?;
    Ok(ok((deposit, call.market().rules.base_url.as_str())))
}

async fn connect(_: Call) -> ApiResult<()> {
    Err(no_payouts().into())
}
