//! Payouts: money leaves a wallet for a bank account. On its way it stands on an account of its own, and it comes back if it fails.

use kernel::id::{MemberId, PayoutId, TeamId};
use kernel::{Duration, Money, Time, text_enum};
use platform::ledger::{Account, Check, Purpose};
use serde::{Deserialize, Serialize};

pub mod errors;
pub mod events;

mod actions;
mod letter;
mod payable;
mod queries;
mod send;
mod settle;
mod store;
mod weekly;
pub use actions::{NewPayout, ask};
pub use payable::{More, Payable};
pub use queries::{list, on_the_way, own, payable};
pub use send::advance_due;
pub(crate) use settle::{note, note_transfer};
pub use weekly::TIMERS;
pub(crate) use weekly::schedule;

/// The most payouts of a team that are on their way.
pub const UNDER_WAY_MAX: i64 = 20;
/// The time after which money that could not be sent is back in the wallet.
const GIVEN_UP_AFTER: Duration = Duration::days(3);
/// The time for which a payout that a bank took is looked up daily, in case the news that it came back are lost.
const LOOKED_AT_AFTER: Duration = Duration::days(14);

/// The checks of payouts that the ledger's audit runs.
pub const CHECKS: &[Check] = &[Check {
    find: |conn| Box::pin(store::unbalanced(conn)),
    says: "holds another amount on its account than its state says; it is off by",
}];

text_enum! {
    /// The state of a payout.
    State {
        /// The money is put aside, and the provider was not asked yet, or did not answer.
        Asked = "asked",
        /// The provider has the money and sends it to the bank.
        Sent = "sent",
        /// The bank has it.
        Paid = "paid",
        /// The bank did not take it, and the provider is asked to give it back.
        Returning = "returning",
        /// It is in the wallet again.
        Returned = "returned",
    }
}

impl State {
    /// Returns true if the payout waits for a provider or a bank.
    pub const fn is_under_way(self) -> bool {
        matches!(self, State::Asked | State::Sent | State::Returning)
    }
}

/// A payout.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payout {
    /// Its id, which the provider's news name.
    pub id: PayoutId,
    /// The team whose money it is.
    pub team_id: TeamId,
    /// The member who asked for it, by hand or by the weekly schedule.
    pub member_id: MemberId,
    /// The amount.
    pub amount: Money,
    /// The state.
    pub state: State,
    /// The provider.
    pub provider: String,
    /// The provider's id of the account that it goes to.
    pub account: String,
    /// The provider's id of the transfer to the account.
    pub transfer: Option<String>,
    /// The provider's id of the payment to the bank.
    pub bank_payment: Option<String>,
    /// The reason why it came back, in the provider's words.
    pub reason: Option<String>,
    /// The part that the operator took back at the provider while the rest went on; the wallet has it again.
    pub reversed: Money,
    /// True if the bank was paid once, before it sent the money back.
    pub was_paid: bool,
    /// The number of times that the provider refused it.
    pub refusals: i64,
    /// When it was asked for.
    pub created_at: Time,
    /// When it was paid or came back.
    pub settled_at: Option<Time>,
}

impl Payout {
    /// Returns the part that goes to the bank.
    pub const fn going(&self) -> Money {
        Money(self.amount.0 - self.reversed.0)
    }

    /// Returns the part that is in the wallet again.
    pub const fn returned(&self) -> Money {
        match self.state {
            State::Returned => self.amount,
            _ => self.reversed,
        }
    }

    /// Returns the account on which its money stands on its way.
    fn account_of_money(&self) -> Account {
        Account::of(Purpose::Payout, "payout", self.id.as_str(), &self.team_id)
    }
}
