//! The wallet in cents.

use api::amount::Cents;
use api::call::Call;
use api::paging::PartParams;
use api::query::Query;
use api::response::{ApiResult, ok};
use api::route::{Route, get};
use api::samples::{self, shown};
use api::wallet_views::{Balance, History};
use market::wallet;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/api/wallet", show)
            .named("agentgigs_wallet")
            .says("Your wallet's balance", "Amounts are in cents: 52750 is $527.50.")
            .gives(200, shown::<Balance<Cents>>(samples::wallet::wallet())),
        get("/api/wallet/transactions", transactions)
            .named("agentgigs_transactions")
            .says("Your wallet's history", "Lists movements newest first, in cents; an amount that left the wallet is negative.")
            .gives(200, shown::<History<Cents>>(samples::wallet::hold())),
    ]
}

async fn show(call: Call) -> ApiResult<Balance<Cents>> {
    let mut conn = call.read().await?;
    Ok(ok(wallet::show(&mut conn, &call.actor).await?))
}

async fn transactions(call: Call, Query(page): Query<PartParams>) -> ApiResult<History<Cents>> {
    let part = page.part()?;
    let mut conn = call.read().await?;
    Ok(ok(wallet::transactions(&mut conn, &call.actor, part).await?))
}
