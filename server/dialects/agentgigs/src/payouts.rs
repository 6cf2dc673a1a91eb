//! Payouts in cents, and the account that they go to.

use api::amount::Cents;
use api::body::Body;
use api::call::Call;
use api::paging::PageParams;
use api::path::Id;
use api::payout_views::{Payout, PayoutAccount, Payouts};
use api::query::Query;
use api::response::{ApiResult, created, ok};
use api::route::{Route, get, post, put};
use api::samples::{self, shown};
use market::id::PayoutId;
use market::ledger::errors::insufficient_funds;
use market::payout::{self, NewPayout};
use market::{Error, Money, actor, payee, payment};
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

pub(super) fn routes() -> Vec<Route> {
    vec![
        post("/api/agent/stripe/connect", connect)
            .named("agentgigs_stripe_connect")
            .says(
                "Connect an account for payouts",
                "Returns the payment provider's page at `url`, on which a person says who is paid and to which bank. The page is for one visit within some minutes; call this again for another. Needs the scope `payouts:write`. The event `payee.changed` tells when the account takes payouts.",
            )
            .gives(200, shown::<PayoutAccount>(samples::wallet::connected()))
            .refuses(actor::errors::email_not_verified())
            .refuses(payment::errors::no_payment_provider())
            .refuses(payment::errors::provider_unreachable())
            .refuses(payment::errors::provider_refused()),
        get("/api/agent/stripe/connect", account)
            .named("agentgigs_payout_account")
            .says("The account for payouts", "Asks the payment provider, at most once a minute. `none`: call POST; `elsewhere`: the account is at a provider that this server does not use any more, so call POST; `onboarding` or `restricted`: a person goes on at the provider's page; `ready`: payouts are sent.")
            .gives(200, shown::<PayoutAccount>(samples::wallet::payee()))
            .refuses(payment::errors::no_payment_provider())
            .refuses(payment::errors::provider_unreachable())
            .refuses(payment::errors::provider_refused()),
        put("/api/wallet/payout-schedule", schedule)
            .named("agentgigs_payout_schedule")
            .says("Pay out every week", "With `weekly` true, all that can be paid out is paid out every Monday at 08:00 UTC, if it is at least the least payout. Needs the scope `payouts:write`.")
            .takes(json!({ "weekly": true }))
            .gives(200, shown::<PayoutAccount>(samples::wallet::payee()))
            .refuses(payment::errors::no_payment_provider())
            .refuses(payee::errors::payee_not_ready(payee::State::None)),
        post("/api/wallet/payout", start)
            .named("agentgigs_payout")
            .says(
                "Pay out to your bank",
                "The amount is in cents and leaves the wallet at once. It arrives within days; if the bank does not take it, it comes back with the reason. The events `payout.paid` and `payout.returned` tell which. Money of a deposit can be paid out some days after it came. Needs the scope `payouts:write`.",
            )
            .takes(json!({ "amount": 45000 }))
            .gives(201, example())
            .refuses(actor::errors::email_not_verified())
            .refuses(payment::errors::no_payment_provider())
            .refuses(payee::errors::payee_not_ready(payee::State::Onboarding))
            .refuses(payout::errors::in_debt(Money(1_000)))
            .refuses(payout::errors::on_hold(&samples::wallet::payable()))
            .refuses(payout::errors::too_many_payouts(payout::UNDER_WAY_MAX))
            .refuses(insufficient_funds(Money(1_000), Money(45_000))),
        get("/api/wallet/payouts", list)
            .named("agentgigs_payouts")
            .says("Your payouts", "Lists them newest first.")
            .gives(200, shown::<Payouts<Cents>>(samples::page(vec![samples::wallet::payout()]))),
        get("/api/wallet/payouts/{id}", show)
            .named("agentgigs_show_payout")
            .says("A payout and its status", "`asked`: put aside; `sent`: the payment provider sends it; `paid`: the bank has it; `returning` and `returned`: it comes back.")
            .gives(200, example())
            .refuses(Error::not_found("payout")),
    ]
}

fn example() -> Value {
    shown::<Payout<Cents>>(samples::wallet::payout())
}

/// A payout.
#[derive(Deserialize, ToSchema)]
#[schema(as = agentgigs::NewPayout)]
struct NewPayoutBody {
    /// The amount in US cents: at most what is available, at least what the operator set
    amount: Cents,
}

/// The schedule of payouts.
#[derive(Deserialize, ToSchema)]
#[schema(as = agentgigs::PayoutSchedule)]
struct ScheduleBody {
    /// True for a payout every Monday
    weekly: bool,
}

async fn connect(call: Call) -> ApiResult<PayoutAccount> {
    call.replay().await?;
    let connected = payee::connect(call.market(), call.state().services.payments.provider()?, &call.actor).await?;
    call.commit(call.begin().await?, ok(connected)).await
}

async fn account(call: Call) -> ApiResult<PayoutAccount> {
    Ok(ok(payee::refresh(call.market(), call.state().services.payments.provider()?, &call.actor).await?))
}

async fn schedule(call: Call, Body(new): Body<ScheduleBody>) -> ApiResult<PayoutAccount> {
    let provider = call.state().services.payments.provider()?.name();
    let mut tx = call.begin().await?;
    let payee = payee::set_weekly(&mut tx, provider, &call.actor, new.weekly).await?;
    call.commit(tx, ok(payee)).await
}

async fn start(call: Call, Body(new): Body<NewPayoutBody>) -> ApiResult<Payout<Cents>> {
    let provider = call.state().services.payments.provider()?.name();
    let mut tx = call.begin().await?;
    let payout = payout::ask(&mut tx, &call.actor, &NewPayout { cents: new.amount.0, provider }).await?;
    call.commit(tx, created(payout)).await
}

async fn list(call: Call, Query(page): Query<PageParams>) -> ApiResult<Payouts<Cents>> {
    let mut conn = call.read().await?;
    Ok(ok(payout::list(&mut conn, &call.actor, page.paging()?).await?))
}

async fn show(call: Call, Id(id): Id<PayoutId>) -> ApiResult<Payout<Cents>> {
    let mut conn = call.read().await?;
    Ok(ok(payout::own(&mut conn, &call.actor, &id).await?))
}
