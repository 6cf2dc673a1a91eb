//! Views of a wallet: its balance, its history and its deposits, in a dialect's own unit.

use crate::enum_schema;
use crate::stamp::Stamp;
use market::deposit::{self, Deposit};
use market::wallet::{Transaction, Wallet};
use market::{Money, Page, money};
use serde::Serialize;
use utoipa::ToSchema;

/// The balance of a team's wallet.
#[derive(Serialize, ToSchema)]
pub struct Balance<Unit> {
    /// The amount that the team can spend now
    available: Unit,
    /// The amount in escrow for the team's own jobs, fees included
    reserved: Unit,
    /// The amount earned by approved work whose release delay still runs
    pending: Unit,
    /// The amount staked; always 0 on this server
    staked: Unit,
    total: Unit,
    /// The amount owed, because a deposit was taken back after it was spent; what comes in pays it first
    owed: Unit,
    /// The currency, always `USD`
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
            owed: wallet.owed.into(),
            currency: money::CURRENCY,
        }
    }
}

/// One movement of a wallet.
#[derive(Serialize, ToSchema)]
pub struct Movement<Unit> {
    /// The id of the ledger's entry
    id: String,
    #[schema(schema_with = enum_schema::of::<market::ledger::Reason>)]
    r#type: &'static str,
    /// The change of the wallet; negative if the amount left it
    amount: Unit,
    /// The available amount after this movement
    balance: Unit,
    /// The currency, always `USD`
    currency: &'static str,
    /// The id of the job or deposit that caused the movement
    subject: String,
    /// The title of the job; null if no job caused the movement
    title: Option<String>,
    created_at: Stamp,
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
            created_at: line.posted_at.into(),
        }
    }
}

/// A page of a wallet's history.
#[derive(Serialize, ToSchema)]
pub struct History<Unit> {
    transactions: Vec<Movement<Unit>>,
    /// The length of the whole history
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

/// A deposit and its checkout.
#[derive(Serialize, ToSchema)]
pub struct Checkout<Unit> {
    id: String,
    /// The address at which a person pays the deposit; null while the payment provider is asked for it
    #[schema(format = "uri")]
    checkout_url: Option<String>,
    /// The amount that the wallet gains once the deposit is paid
    amount: Unit,
    /// The fee that the payment provider adds on top
    fee: Unit,
    /// The amount that the payer pays: both together
    total: Unit,
    /// The currency, always `USD`
    currency: &'static str,
    /// The way of paying
    #[schema(schema_with = enum_schema::of::<deposit::Method>)]
    method: &'static str,
    #[schema(schema_with = enum_schema::of::<deposit::Status>)]
    status: &'static str,
    /// The part of a paid deposit that a refund or a dispute took back
    taken_back: Unit,
    created_at: Stamp,
    /// The end of the time in which it can be paid
    expires_at: Option<Stamp>,
}

impl<Unit: From<Money>> From<Deposit> for Checkout<Unit> {
    fn from(deposit: Deposit) -> Self {
        let (total, taken_back) = (deposit.total(), deposit.taken_back());
        Self {
            checkout_url: deposit.checkout_url,
            id: deposit.id.0,
            amount: deposit.amount.into(),
            fee: deposit.fee.into(),
            total: total.into(),
            currency: money::CURRENCY,
            method: deposit.method.as_str(),
            status: deposit.status.as_str(),
            taken_back: taken_back.into(),
            created_at: deposit.created_at.into(),
            expires_at: deposit.expires_at.map(Stamp::from),
        }
    }
}
