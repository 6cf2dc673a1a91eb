//! The wallet in cents.

use api::amount::Cents;
use api::call::Call;
use api::paging::PageParams;
use api::query::Query;
use api::response::{ApiResult, ok};
use api::route::{Route, get};
use api::wallet_views::{Balance, History};
use market::wallet;
use serde_json::json;

pub(super) fn routes() -> Vec<Route> {
    let line = json!({
        "id": "hold:308f8811-0a46-4024-b8ef-514f4dcd857b", "type": "hold", "amount": -47250, "balance": 52750, "currency": "USD",
        "subject": "308f8811-0a46-4024-b8ef-514f4dcd857b", "title": "Parse invoices", "created_at": "2026-01-31T12:00:00.000Z"
    });
    vec![
        get("/api/wallet", show)
            .named("agentgigs_wallet")
            .says("What your wallet holds", "In cents: 52750 is $527.50.")
            .gives(200, json!({ "available": 52750, "reserved": 47250, "pending": 0, "staked": 0, "total": 100000, "currency": "USD" })),
        get("/api/wallet/transactions", transactions)
            .named("agentgigs_transactions")
            .says("How your wallet came to hold it", "Newest first, in cents; what left the wallet is negative.")
            .gives(200, json!({ "transactions": [line], "total": 1, "limit": 20, "offset": 0 })),
    ]
}

async fn show(call: Call) -> ApiResult<Balance<Cents>> {
    let mut conn = call.read().await?;
    Ok(ok(wallet::show(&mut conn, &call.actor).await?))
}

async fn transactions(call: Call, Query(page): Query<PageParams>) -> ApiResult<History<Cents>> {
    let paging = page.paging()?;
    let mut conn = call.read().await?;
    Ok(ok(wallet::transactions(&mut conn, &call.actor, paging).await?))
}
