//! Automatic refill: when the available balance falls below a threshold, the team is told and a saved card is charged.
//!
//! A worker watches the balances ([`watch`]), so an act that spends money pays nothing for it.

use crate::payment::CardRefusal;
use kernel::id::{DepositId, MemberId, TeamId};
use kernel::{Duration, Money, Time, text_enum};
use serde::{Deserialize, Serialize};

pub mod errors;
pub mod events;

mod actions;
mod charge;
mod letter;
mod queries;
mod store;
mod watch;
pub(crate) use actions::save_card;
pub use actions::{NewRefill, change_card, end, forget_card, save_test_card, set_up, switch_off, test_page};
pub(crate) use charge::{ask, settled, stop};
pub use queries::{charges, show};
pub use watch::watch;

/// The most charges of a team within 24 hours: a threshold far above the amount would empty a card.
pub const CHARGES_A_DAY_MAX: i64 = 10;
/// The time for which a page that saves a card is used.
const PAGE_LIFE: Duration = Duration::hours(23);
/// The time in which a charge is asked for under one key. Providers forget keys after a day, and would charge again.
const ASKED_FOR: Duration = Duration::hours(23);

text_enum! {
    /// The state of a team's automatic refill.
    State {
        /// Switched off; a low balance is told all the same.
        Off = "off",
        /// No card is saved yet.
        NeedsCard = "needs_card",
        /// It waits for a low balance.
        Ready = "ready",
        /// The card is being charged.
        Charging = "charging",
        /// The month's or the day's limit is reached.
        Paused = "paused",
    }
}

/// A team's automatic refill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refill {
    /// The team.
    pub team_id: TeamId,
    /// The member who set it up last.
    pub member_id: MemberId,
    /// The available balance below which the team is told and the card is charged.
    pub threshold: Money,
    /// The amount that the wallet gains by one charge.
    pub amount: Money,
    /// The most that is charged in a calendar month, UTC, without fees; none for no limit.
    pub monthly_limit: Option<Money>,
    /// True if the card is to be charged.
    pub is_enabled: bool,
    /// The reason why a charge switched it off.
    pub off_reason: Option<CardRefusal>,
    /// The provider that knows the card.
    pub provider: String,
    /// The provider's id of the payer.
    pub customer: Option<String>,
    /// The provider's id of the card.
    pub card: Option<String>,
    /// The words by which the holder knows the card.
    pub card_label: Option<String>,
    /// The number of pages on which a card could be saved so far.
    pub pages: i64,
    /// The provider's id of the open page.
    pub page: Option<String>,
    /// The address of the open page.
    pub page_url: Option<String>,
    /// The end of the open page's time.
    pub page_until: Option<Time>,
    /// Since when the balance is below the threshold.
    pub low_since: Option<Time>,
    /// The charge that is under way.
    pub charging: Option<DepositId>,
    /// The time before which nothing is charged, because a limit was reached.
    pub paused_until: Option<Time>,
    /// When it was set up last.
    pub updated_at: Time,
}

impl Refill {
    /// Returns the state at a time.
    pub fn state(&self, now: Time) -> State {
        match self {
            _ if self.charging.is_some() => State::Charging,
            _ if !self.is_enabled => State::Off,
            _ if self.card.is_none() => State::NeedsCard,
            _ if self.paused_until.is_some_and(|until| until > now) => State::Paused,
            _ => State::Ready,
        }
    }

    /// Returns true if a card is missing and no page for one is open.
    fn needs_page(&self) -> bool {
        self.is_enabled && self.card.is_none() && self.page.is_none()
    }
}
