//! The view of an automatic refill, in a dialect's own unit.

use crate::enum_schema;
use crate::stamp::Stamp;
use market::payment::CardRefusal;
use market::refill::{Refill as Settings, State};
use market::{Money, Time, money};
use serde::Serialize;
use utoipa::ToSchema;

/// A team's automatic refill.
#[derive(Serialize, ToSchema)]
pub struct Refill<Unit> {
    /// True if the saved card is charged below the threshold
    enabled: bool,
    #[schema(schema_with = enum_schema::of::<State>)]
    status: &'static str,
    /// The available balance below which the event `credits.low_balance` is sent and the card is charged
    threshold: Unit,
    /// The amount that the wallet gains by one charge; the payment provider's fee comes on top
    amount: Unit,
    /// The most that is charged in a calendar month (UTC), without fees; null for no limit
    monthly_limit: Option<Unit>,
    /// The amount charged this month, without fees
    charged_this_month: Unit,
    /// The currency, always `USD`
    currency: &'static str,
    /// The saved card, as its holder knows it; null while none is saved
    card: Option<String>,
    /// The address at which a person saves a card; null if no page is open
    #[schema(format = "uri")]
    checkout_url: Option<String>,
    /// The reason why a charge switched it off
    #[schema(schema_with = enum_schema::or_none::<CardRefusal>)]
    off_reason: Option<&'static str>,
    /// Since when the balance is below the threshold
    low_since: Option<Stamp>,
    updated_at: Stamp,
}

impl<Unit: From<Money>> Refill<Unit> {
    /// The view at a time.
    pub fn new(refill: Settings, charged: Money, now: Time) -> Self {
        let status = refill.state(now).as_str();
        Self {
            enabled: refill.is_enabled,
            status,
            threshold: refill.threshold.into(),
            amount: refill.amount.into(),
            monthly_limit: refill.monthly_limit.map(Unit::from),
            charged_this_month: charged.into(),
            currency: money::CURRENCY,
            card: refill.card_label,
            checkout_url: refill.page_url,
            off_reason: refill.off_reason.map(CardRefusal::as_str),
            low_since: refill.low_since.map(Stamp::from),
            updated_at: refill.updated_at.into(),
        }
    }
}
