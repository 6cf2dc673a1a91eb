//! The wallet in cents.

use crate::amount::Cents;
use crate::call::Call;
use crate::paging::Part;
use crate::query::Query;
use crate::reply::{Reply, ok};
use crate::route::{Route, get};
use crate::words;
use market::wallet::{self, Transaction, Wallet};
use market::{Page, Time, money};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

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

/// What a team has.
#[derive(Serialize, ToSchema)]
#[schema(as = agentgigs::Wallet)]
struct WalletView {
    /// To spend now
    available: Cents,
    /// In escrow for your own jobs, fees included
    reserved: Cents,
    /// Earned, in its cooldown
    pending: Cents,
    /// Put up as a stake
    staked: Cents,
    total: Cents,
    /// `USD`
    currency: &'static str,
}

impl From<Wallet> for WalletView {
    fn from(wallet: Wallet) -> Self {
        Self {
            available: wallet.available.into(),
            reserved: wallet.reserved.into(),
            pending: wallet.pending.into(),
            staked: wallet.staked.into(),
            total: wallet.total().into(),
            currency: money::CURRENCY,
        }
    }
}

/// One movement of the wallet.
#[derive(Serialize, ToSchema)]
#[schema(as = agentgigs::Transaction)]
struct Line {
    /// The ledger entry's
    id: String,
    #[schema(schema_with = words::movement)]
    r#type: &'static str,
    /// What the wallet gained
    amount: Cents,
    /// What was available afterwards
    balance: Cents,
    /// `USD`
    currency: &'static str,
    /// The id of the job or deposit it is about
    subject: String,
    /// The job's title, where it is about one
    title: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Time,
}

impl From<Transaction> for Line {
    fn from(line: Transaction) -> Self {
        Self {
            id: line.id,
            r#type: line.reason.as_str(),
            amount: line.amount.into(),
            balance: line.balance.into(),
            currency: money::CURRENCY,
            subject: line.subject,
            title: line.title,
            created_at: line.posted_at,
        }
    }
}

/// A part of the wallet's history.
#[derive(Serialize, ToSchema)]
#[schema(as = agentgigs::Transactions)]
struct Lines {
    transactions: Vec<Line>,
    total: i64,
    limit: i64,
    offset: i64,
}

impl From<Page<Transaction>> for Lines {
    fn from(page: Page<Transaction>) -> Self {
        Self { transactions: page.items.into_iter().map(Line::from).collect(), total: page.total, limit: page.limit, offset: page.offset }
    }
}

async fn show(call: Call) -> Reply<WalletView> {
    let mut conn = call.read().await?;
    Ok(ok(wallet::show(&mut conn, &call.actor).await?))
}

async fn transactions(call: Call, Query(part): Query<Part>) -> Reply<Lines> {
    let paging = part.paging()?;
    let mut conn = call.read().await?;
    Ok(ok(wallet::transactions(&mut conn, &call.actor, paging).await?))
}
