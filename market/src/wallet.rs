//! A team's money at a glance, and how it came to be so.

use crate::{Money, Time};
use serde::{Deserialize, Serialize};

#[cfg(feature = "db")]
mod store;
#[cfg(feature = "db")]
pub use store::{show, transactions};

/// What a team has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wallet {
    /// To spend now.
    pub available: Money,
    /// In escrow for the team's own jobs, fees included, until each is paid out or back.
    pub reserved: Money,
    /// Earned and approved, but still in its cooldown.
    pub pending: Money,
    /// Put up as a stake.
    pub staked: Money,
}

impl Wallet {
    /// The sum of the four.
    pub fn total(&self) -> Money {
        Money(self.available.0 + self.reserved.0 + self.pending.0 + self.staked.0)
    }
}

/// One line of the wallet's history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transaction {
    /// The ledger entry's id: `hold:` and a job's id.
    pub id: String,
    /// `deposit`, `hold`, `release`, `refund`
    pub reason: crate::ledger::Reason,
    /// The id of what it is about.
    pub subject: String,
    /// The job's title, where it is about one.
    pub title: Option<String>,
    /// What the wallet gained.
    pub amount: Money,
    /// What was available afterwards.
    pub balance: Money,
    /// When.
    pub posted_at: Time,
}
