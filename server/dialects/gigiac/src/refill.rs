//! Automatic refill in dollars: a saved card is charged when the balance is low.

use api::amount::Dollars;
use api::body::Body;
use api::call::Call;
use api::refill_views::Refill;
use api::response::{ApiResult, ok};
use api::route::{Route, delete, get, post};
use api::samples;
use market::db::Conn;
use market::refill::{self, NewRefill};
use market::{Money, actor, payment};
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

pub(super) fn routes() -> Vec<Route> {
    vec![
        post("/api/credits/setup-auto-refill", set_up)
            .named("gigiac_setup_auto_refill")
            .says(
                "Set up automatic refill",
                "Amounts are in dollars. Below `threshold` the event `credits.low_balance` is sent, and with `enabled` a saved card is charged `amount` and the payment provider's fee, one charge at a time. While no card is saved, a person saves one at `checkout_url`.",
            )
            .takes(json!({ "threshold": 50.00, "amount": 100.00, "monthly_limit": 500.00, "enabled": true }))
            .gives(200, refill_example())
            .refuses(actor::errors::email_not_verified())
            .refuses(payment::errors::no_payment_provider())
            .refuses(payment::errors::provider_unreachable())
            .refuses(payment::errors::provider_refused()),
        get("/api/credits/auto-refill", show_refill)
            .named("gigiac_auto_refill")
            .says("Your automatic refill", "Settings, the saved card, and the amount charged this month.")
            .gives(200, refill_example())
            .refuses(refill::errors::no_refill()),
        delete("/api/credits/auto-refill", forget_card)
            .named("gigiac_forget_card")
            .says("Forget the saved card", "The card is not charged any more, and the settings stay. A charge that is under way goes on.")
            .gives(200, refill_example())
            .refuses(refill::errors::no_refill()),
    ]
}

fn refill_example() -> Value {
    let refill = Refill::<Dollars>::new(samples::wallet::refill(), Money(10_000), samples::AT);
    serde_json::to_value(refill).unwrap_or_default()
}

/// The settings of an automatic refill.
#[derive(Deserialize, ToSchema)]
#[schema(as = gigiac::NewRefill)]
struct NewRefillBody {
    /// The available balance in dollars below which the card is charged
    threshold: Dollars,
    /// The amount in dollars that the wallet gains by one charge, within the limits for deposits
    amount: Dollars,
    /// The most in dollars that is charged in a calendar month (UTC), without fees; no limit if it is missing
    monthly_limit: Option<Dollars>,
    /// False keeps the settings without charging; true if it is missing
    enabled: Option<bool>,
}

impl NewRefillBody {
    fn read(&self) -> market::Result<NewRefill> {
        Ok(NewRefill {
            threshold: self.threshold.money("threshold")?.0,
            amount: self.amount.money("amount")?.0,
            monthly_limit: self.monthly_limit.as_ref().map(|limit| limit.money("monthly_limit")).transpose()?.map(|limit| limit.0),
            is_enabled: self.enabled.unwrap_or(true),
        })
    }
}

async fn set_up(call: Call, Body(new): Body<NewRefillBody>) -> ApiResult<Refill<Dollars>> {
    call.replay().await?;
    let new = new.read()?;
    refill::set_up(call.market(), call.state().services.payments.provider()?, &call.actor, &new).await?;
    let mut tx = call.begin().await?;
    let view = own_refill(&call, &mut tx).await?;
    call.commit(tx, ok(view)).await
}

async fn show_refill(call: Call) -> ApiResult<Refill<Dollars>> {
    let mut conn = call.read().await?;
    Ok(ok(own_refill(&call, &mut conn).await?))
}

async fn forget_card(call: Call) -> ApiResult<Refill<Dollars>> {
    let mut tx = call.begin().await?;
    refill::forget_card(&mut tx, &call.actor).await?;
    let view = own_refill(&call, &mut tx).await?;
    call.commit(tx, ok(view)).await
}

async fn own_refill(call: &Call, conn: &mut Conn) -> market::Result<Refill<Dollars>> {
    let (refill, charged) = refill::show(conn, &call.actor).await?.ok_or_else(refill::errors::no_refill)?;
    Ok(Refill::new(refill, charged, conn.now))
}
