//! Credits: the wallet in dollars, and the way money comes in.

use crate::amount::Dollars;
use crate::body::Body;
use crate::call::Call;
use crate::paging::Part;
use crate::query::Query;
use crate::reply::{Reply, created, ok};
use crate::route::{Route, get, post};
use crate::words;
use market::deposit::{self, Deposit};
use market::wallet::{self, Transaction, Wallet};
use market::{Page, Time, money};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

pub(super) fn routes() -> Vec<Route> {
    let line = json!({
        "id": "deposit:cs_1d4g7k0n3q6t9w2z5b8e", "type": "deposit", "amount": 100.00, "balance": 100.00, "currency": "USD",
        "subject": "cs_1d4g7k0n3q6t9w2z5b8e", "title": null, "created_at": "2026-01-31T12:00:00.000Z"
    });
    vec![
        get("/api/credits/balance", balance).named("gigiac_balance").says("Your credit balance", "In dollars.").gives(
            200,
            json!({ "available": 527.50, "reserved": 472.50, "pending": 0.00, "staked": 0.00, "total": 1000.00, "currency": "USD" }),
        ),
        post("/api/credits/deposit", start)
            .named("gigiac_deposit")
            .says("Start a deposit", "In dollars, at most two decimals. A person pays it at `checkout_url`; until then nothing moves.")
            .takes(json!({ "amount": 100.00 }))
            .gives(
                201,
                json!({
                    "id": "cs_1d4g7k0n3q6t9w2z5b8e", "checkout_url": "https://guildhall.example/sandbox/checkout/cs_1d4g7k0n3q6t9w2z5b8e",
                    "amount": 100.00, "fee": 0.00, "currency": "USD", "status": "open", "created_at": "2026-01-31T12:00:00.000Z"
                }),
            ),
        get("/api/credits/transactions", transactions)
            .named("gigiac_transactions")
            .says("Your credit history", "Newest first, in dollars; what left the wallet is negative.")
            .gives(200, json!({ "transactions": [line], "total": 1, "limit": 20, "offset": 0 })),
    ]
}

/// What a team has.
#[derive(Serialize, ToSchema)]
#[schema(as = gigiac::Balance)]
struct Balance {
    /// To spend now
    available: Dollars,
    /// In escrow for your own jobs, fees included
    reserved: Dollars,
    /// Earned, in its cooldown
    pending: Dollars,
    /// Put up as a stake
    staked: Dollars,
    total: Dollars,
    /// `USD`
    currency: &'static str,
}

impl From<Wallet> for Balance {
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

/// How much.
#[derive(Deserialize, ToSchema)]
#[schema(as = gigiac::NewDeposit)]
struct NewDeposit {
    /// Between the operator's least and most
    amount: Dollars,
}

/// A checkout that waits to be paid.
#[derive(Serialize, ToSchema)]
#[schema(as = gigiac::Deposit)]
struct Checkout {
    id: String,
    /// Where a person pays it
    #[schema(format = "uri")]
    checkout_url: String,
    /// What the wallet will gain
    amount: Dollars,
    /// What the provider takes on top
    fee: Dollars,
    /// `USD`
    currency: &'static str,
    /// `open`
    status: &'static str,
    #[schema(value_type = String, format = DateTime)]
    created_at: Time,
}

/// A deposit, and the address this server is reached under.
impl From<(Deposit, &str)> for Checkout {
    fn from((deposit, base_url): (Deposit, &str)) -> Self {
        Self {
            checkout_url: format!("{base_url}{}", deposit.checkout_path()),
            id: deposit.id.0,
            amount: deposit.amount.into(),
            fee: deposit.fee.into(),
            currency: money::CURRENCY,
            status: deposit.status.as_str(),
            created_at: deposit.created_at,
        }
    }
}

/// One movement of credits.
#[derive(Serialize, ToSchema)]
#[schema(as = gigiac::Transaction)]
struct Line {
    /// The ledger entry's
    id: String,
    #[schema(schema_with = words::movement)]
    r#type: &'static str,
    /// What the wallet gained
    amount: Dollars,
    /// What was available afterwards
    balance: Dollars,
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

/// A part of the history of credits.
#[derive(Serialize, ToSchema)]
#[schema(as = gigiac::Transactions)]
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

async fn balance(call: Call) -> Reply<Balance> {
    let mut conn = call.read().await?;
    Ok(ok(wallet::show(&mut conn, &call.actor).await?))
}

async fn start(call: Call, Body(new): Body<NewDeposit>) -> Reply<Checkout> {
    let amount = new.amount.money("amount")?;
    let mut tx = call.begin().await?;
    let deposit = deposit::start(&mut tx, &call.actor, amount.0).await?;
    let base_url = &call.market().terms.base_url;
    call.commit(tx, created((deposit, base_url.as_str()))).await
}

async fn transactions(call: Call, Query(part): Query<Part>) -> Reply<Lines> {
    let paging = part.paging()?;
    let mut conn = call.read().await?;
    Ok(ok(wallet::transactions(&mut conn, &call.actor, paging).await?))
}
