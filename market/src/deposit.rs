//! Deposits: a checkout is opened, then paid or cancelled. Only a paid one moves money, once.

use kernel::id::{DepositId, MemberId, TeamId};
use kernel::{Money, Time, text_enum};
use serde::{Deserialize, Serialize};

pub mod errors;
pub mod events;

mod actions;
mod store;
pub(crate) use actions::TIMERS;
pub use actions::{cancel, own, pay, show, start};

text_enum! {
    /// The status of a checkout.
    Status {
        /// Waiting for the payer.
        Open = "open",
        /// Paid; the wallet has it.
        Paid = "paid",
        /// Cancelled by the payer.
        Cancelled = "cancelled",
        /// Not paid in time.
        Expired = "expired",
    }
}

/// A checkout.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deposit {
    /// Its id, as the provider names it.
    pub id: DepositId,
    /// The team whose wallet is credited.
    pub team_id: TeamId,
    /// The member who opened it.
    pub member_id: MemberId,
    /// The amount that the wallet gains.
    pub amount: Money,
    /// The provider's fee on top.
    pub fee: Money,
    /// The status.
    pub status: Status,
    /// When it was opened.
    pub created_at: Time,
    /// When it was paid or called off.
    pub settled_at: Option<Time>,
}

/// The entry of a paid checkout: money from outside into a team's wallet.
pub(crate) fn entry(id: &DepositId, team: &TeamId, amount: Money) -> platform::ledger::Entry {
    use platform::ledger::{Account, Entry, Reason};
    Entry::new(Reason::Deposit, id.as_str()).debit(Account::provider(), amount).credit(Account::wallet(team), amount)
}

impl Deposit {
    /// Returns the deposit if it has this status.
    pub fn status_is(self, status: Status) -> Option<Self> {
        (self.status == status).then_some(self)
    }

    /// Returns the address at which the payer pays.
    pub fn checkout_path(&self) -> String {
        format!("/sandbox/checkout/{}", self.id)
    }
}
