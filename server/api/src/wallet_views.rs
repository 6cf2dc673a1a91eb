//! Views of a wallet: its balance, its history and its deposits, in a dialect's own unit.

use crate::enum_schema;
use market::deposit::Deposit;
use market::wallet::{Transaction, Wallet};
use market::{Money, Page, Time, money};
use serde::Serialize;
use utoipa::ToSchema;

/// What a team has.
#[derive(Serialize, ToSchema)]
pub struct Balance<Unit> {
    /// To spend now
    available: Unit,
    /// In escrow for your own jobs, fees included
    reserved: Unit,
    /// Earned, in its cooldown
    pending: Unit,
    /// Put up as a stake
    staked: Unit,
    total: Unit,
    /// `USD`
    currency: &'static str,
}

impl<Unit: From<Money>> From<Wallet> for Balance<Unit> {
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
pub struct Movement<Unit> {
    /// The ledger entry's
    id: String,
    #[schema(schema_with = enum_schema::of::<market::ledger::Reason>)]
    r#type: &'static str,
    /// What the wallet gained
    amount: Unit,
    /// What was available afterwards
    balance: Unit,
    /// `USD`
    currency: &'static str,
    /// The id of the job or deposit it is about
    subject: String,
    /// The job's title, where it is about one
    title: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Time,
}

impl<Unit: From<Money>> From<Transaction> for Movement<Unit> {
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
pub struct History<Unit> {
    transactions: Vec<Movement<Unit>>,
    total: i64,
    limit: i64,
    offset: i64,
}

impl<Unit: From<Money>> From<Page<Transaction>> for History<Unit> {
    fn from(page: Page<Transaction>) -> Self {
        let Page { items, total, limit, offset, .. } = page;
        Self { transactions: items.into_iter().map(Movement::from).collect(), total, limit, offset }
    }
}

/// A deposit, and what became of it.
#[derive(Serialize, ToSchema)]
pub struct Checkout<Unit> {
    id: String,
    /// Where a person pays it
    #[schema(format = "uri")]
    checkout_url: String,
    /// What the wallet gains
    amount: Unit,
    /// What the provider takes on top
    fee: Unit,
    /// `USD`
    currency: &'static str,
    /// `open`, `paid`, `cancelled` or `expired`
    status: &'static str,
    #[schema(value_type = String, format = DateTime)]
    created_at: Time,
}

/// A deposit, and the address this server is reached under.
impl<Unit: From<Money>> From<(Deposit, &str)> for Checkout<Unit> {
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
