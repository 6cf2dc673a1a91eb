//! Views of payouts and of the account that they go to, in a dialect's own unit.

use crate::enum_schema;
use crate::stamp::Stamp;
use market::payee::{Connected, Payee, State as PayeeState};
use market::payout::{Payout as Row, State};
use market::{Money, Page, money};
use serde::Serialize;
use utoipa::ToSchema;

/// A payout.
#[derive(Serialize, ToSchema)]
pub struct Payout<Unit> {
    id: String,
    amount: Unit,
    /// The currency, always `USD`
    currency: &'static str,
    #[schema(schema_with = enum_schema::of::<State>)]
    status: &'static str,
    /// The payment provider's account that it goes to
    account: String,
    /// The part that is in the wallet again: all if it came back, some if the operator took a part of it back
    returned: Unit,
    /// The reason why it, or a part of it, came back; null unless it did
    reason: Option<String>,
    created_at: Stamp,
    /// When it arrived or came back
    settled_at: Option<Stamp>,
}

impl<Unit: From<Money>> From<Row> for Payout<Unit> {
    fn from(payout: Row) -> Self {
        let returned = payout.returned().into();
        Self {
            id: payout.id.0,
            amount: payout.amount.into(),
            returned,
            currency: money::CURRENCY,
            status: payout.state.as_str(),
            account: payout.account,
            reason: payout.reason,
            created_at: payout.created_at.into(),
            settled_at: payout.settled_at.map(Stamp::from),
        }
    }
}

/// A page of payouts, newest first.
#[derive(Serialize, ToSchema)]
pub struct Payouts<Unit> {
    payouts: Vec<Payout<Unit>>,
    /// The number of all payouts
    total: i64,
    limit: i64,
    offset: i64,
}

impl<Unit: From<Money>> From<Page<Row>> for Payouts<Unit> {
    fn from(page: Page<Row>) -> Self {
        let Page { items, total, limit, offset, .. } = page;
        Self { payouts: items.into_iter().map(Payout::from).collect(), total, limit, offset }
    }
}

/// The account that a team's payouts go to.
#[derive(Serialize, ToSchema)]
pub struct PayoutAccount {
    #[schema(schema_with = enum_schema::of::<PayeeState>)]
    status: &'static str,
    /// The payment provider's id of the account; null while there is none
    account: Option<String>,
    /// The names of what the payment provider still wants to know
    missing: Vec<String>,
    /// True if all that can be paid out is paid out every Monday at 08:00 UTC
    weekly: bool,
    /// The page on which a person goes on, for some minutes and one visit; null unless it was asked for
    #[schema(format = "uri")]
    url: Option<String>,
}

impl From<Payee> for PayoutAccount {
    fn from(payee: Payee) -> Self {
        let missing = payee.missing.split(',').filter(|name| !name.is_empty()).map(str::to_owned).collect();
        Self { status: payee.state.as_str(), account: payee.account, missing, weekly: payee.is_weekly, url: None }
    }
}

impl From<Connected> for PayoutAccount {
    fn from(connected: Connected) -> Self {
        Self { url: Some(connected.url), ..connected.payee.into() }
    }
}
