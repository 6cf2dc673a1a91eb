//! Money coming in: a checkout that is opened, then paid or called off. Only a paid one moves the ledger, once.

use crate::id::{DepositId, MemberId, TeamId};
use crate::{Money, Time, text_enum};
use serde::{Deserialize, Serialize};

pub mod errors;
pub(crate) mod events;

mod commands;
mod store;
pub(crate) use commands::TIMERS;
pub use commands::{cancel, own, pay, show, start};

text_enum! {
    /// What became of a checkout.
    Status {
        /// Waiting for the payer.
        Open = "open",
        /// Paid; the wallet has it.
        Paid = "paid",
        /// Called off by the payer.
        Cancelled = "cancelled",
        /// Left alone too long.
        Expired = "expired",
    }
}

/// A checkout.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deposit {
    /// Its id, as the provider names it.
    pub id: DepositId,
    /// Whose wallet.
    pub team_id: TeamId,
    /// Who opened it.
    pub member_id: MemberId,
    /// What the wallet will gain.
    pub amount: Money,
    /// What the provider takes on top.
    pub fee: Money,
    /// What became of it.
    pub status: Status,
    /// When it was opened.
    pub created_at: Time,
    /// When it was paid or called off.
    pub settled_at: Option<Time>,
}

/// The entry of a paid checkout: money from outside into a team's wallet.
pub(crate) fn entry(id: &DepositId, team: &TeamId, amount: Money) -> crate::ledger::Entry {
    use crate::ledger::{Account, Entry, Reason};
    Entry::new(Reason::Deposit, id.as_str()).debit(Account::provider(), amount).credit(Account::wallet(team), amount)
}

impl Deposit {
    /// Itself, if it is in this state.
    pub fn status_is(self, status: Status) -> Option<Self> {
        (self.status == status).then_some(self)
    }

    /// Where the payer goes to pay it.
    pub fn checkout_path(&self) -> String {
        format!("/sandbox/checkout/{}", self.id)
    }
}
