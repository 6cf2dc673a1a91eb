//! The body that sets a bot's guardrails: a change of those that it has.

use api::amount::Dollars;
use market::mandate::{Draft, Hours, Mandate};
use market::{Result, Time};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The bot that a request is about.
#[derive(Default, Deserialize, IntoParams)]
pub(super) struct Ids {
    /// The id of the bot; instead of the header `X-Bot-Id`
    pub(super) bot_id: Option<String>,
}

/// A change of guardrails. Fields that are left out stay, and null removes a limit.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = gigiac::NewCommissioning)]
#[serde(default)]
pub(super) struct CommissioningBody {
    /// False lets the bot spend nothing; true if it is left out the first time, or after a revocation
    enabled: Option<bool>,
    /// The most on one task, in dollars
    #[serde(deserialize_with = "sent")]
    #[schema(value_type = Option<Dollars>)]
    per_task: Option<Option<Dollars>>,
    /// The most in one day (UTC), in dollars
    #[serde(deserialize_with = "sent")]
    #[schema(value_type = Option<Dollars>)]
    per_day: Option<Option<Dollars>>,
    /// The most in one month (UTC), in dollars
    #[serde(deserialize_with = "sent")]
    #[schema(value_type = Option<Dollars>)]
    per_month: Option<Option<Dollars>>,
    /// The sum of one task above which a person is asked, in dollars
    #[serde(deserialize_with = "sent")]
    #[schema(value_type = Option<Dollars>)]
    approval_above: Option<Option<Dollars>>,
    /// The categories of tasks; empty for all
    #[schema(max_items = 100)]
    categories: Option<Vec<String>>,
    /// The ids of teams and bots that it pays; empty for all
    #[schema(max_items = 100)]
    allow: Option<Vec<String>>,
    /// The ids of teams and bots that it never pays
    #[schema(max_items = 100)]
    block: Option<Vec<String>>,
    /// The hours of the day
    #[serde(deserialize_with = "sent")]
    #[schema(value_type = Option<HoursBody>)]
    hours: Option<Option<HoursBody>>,
    /// The time at which they end
    #[serde(deserialize_with = "sent")]
    #[schema(value_type = Option<String>, format = DateTime)]
    expires_at: Option<Option<String>>,
}

/// Full hours of the day, UTC. They go over midnight if the first is the later one.
#[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
#[schema(as = gigiac::NewHours)]
pub(super) struct HoursBody {
    /// The first full hour
    #[schema(minimum = 0, maximum = 23)]
    from: i64,
    /// The full hour at which they end
    #[schema(minimum = 0, maximum = 23)]
    until: i64,
}

/// Reads a field that may be null: it was sent, whatever it says.
fn sent<'de, T: Deserialize<'de>, D: Deserializer<'de>>(field: D) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(field).map(Some)
}

impl CommissioningBody {
    /// Returns the guardrails with this change. Those that were revoked are switched on again.
    pub(super) fn over(self, before: Option<Mandate>) -> Result<Draft> {
        let was_off = before.as_ref().is_some_and(|mandate| mandate.revoked_at.is_none() && !mandate.terms.is_enabled);
        let stays = before.map(|mandate| Draft::from(mandate.terms)).unwrap_or_default();
        let cents = |name, sent: Option<Option<Dollars>>, stays| match sent {
            Some(dollars) => dollars.map(|dollars| dollars.money(name).map(|money| money.0)).transpose(),
            None => Ok(stays),
        };
        let expires_at = match self.expires_at {
            Some(text) => text.map(|text| Time::parse("expires_at", &text)).transpose()?,
            None => stays.expires_at,
        };
        Ok(Draft {
            is_enabled: self.enabled.unwrap_or(!was_off),
            per_task: cents("per_task", self.per_task, stays.per_task)?,
            per_day: cents("per_day", self.per_day, stays.per_day)?,
            per_month: cents("per_month", self.per_month, stays.per_month)?,
            approval_above: cents("approval_above", self.approval_above, stays.approval_above)?,
            categories: self.categories.unwrap_or(stays.categories),
            allowed: self.allow.unwrap_or(stays.allowed),
            blocked: self.block.unwrap_or(stays.blocked),
            hours: self.hours.map_or(stays.hours, |hours| hours.map(|HoursBody { from, until }| Hours { from, until })),
            expires_at,
        })
    }
}
