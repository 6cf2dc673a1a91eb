//! Deposits: a checkout is opened at a payment provider, then paid or not. Only a paid one moves money, once.

use kernel::id::{DepositId, MemberId, TeamId};
use kernel::{Money, Time, text_enum};
use platform::Rules;
use platform::ledger::Check;
use serde::{Deserialize, Serialize};

pub mod errors;
pub mod events;

mod actions;
mod charge;
mod letter;
mod open;
mod queries;
mod reconcile;
mod settle;
mod store;
pub use actions::{TIMERS, cancel, pay};
pub(crate) use charge::{begin_charge, charges};
pub use open::{NewDeposit, OPEN_MAX, open, open_started, start, start_then};
pub use queries::{UnderWay, list, own, show, under_way};
pub use reconcile::reconcile;
pub(crate) use settle::{advance, balance, checked};
pub(crate) use store::{credited_after, first_beyond, note_payment, of_payment};

/// The checks of deposits that the ledger's audit runs.
pub const CHECKS: &[Check] = &[Check {
    find: |conn| Box::pin(store::uncredited(conn)),
    says: "was credited with another amount than its entries say; it is off by",
}];

text_enum! {
    /// The status of a deposit.
    Status {
        /// Waiting for the payer.
        Open = "open",
        /// The payer's bank was asked for the money, which takes days.
        Processing = "processing",
        /// Paid; the wallet has it.
        Paid = "paid",
        /// The payer's bank did not pay.
        Failed = "failed",
        /// Cancelled by the payer.
        Cancelled = "cancelled",
        /// Not paid in time.
        Expired = "expired",
    }
}

text_enum! {
    /// The way of paying.
    Method {
        /// A card: at once.
        Card = "card",
        /// A debit of a bank account: within days.
        BankDebit = "bank_debit",
    }
}

impl Method {
    /// Returns the provider's fee on top of an amount, as the operator set it.
    pub fn fee(self, rules: &Rules, amount: Money) -> Money {
        match self {
            Method::Card => Money(amount.share(rules.card_fee_bps).0 + rules.card_fee_fixed.0),
            Method::BankDebit => amount.share(rules.bank_debit_fee_bps),
        }
    }
}

/// A step in the life of a deposit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The payer confirmed a payment that takes days.
    Process,
    /// The money is there.
    Pay,
    /// The payer's bank refused.
    Fail,
    /// The payer called it off.
    Cancel,
    /// Its time is over.
    Expire,
}

impl Status {
    /// Returns the status after a step. News come late, twice and in any order, so a step that was overtaken changes nothing; but money
    /// that arrived has arrived, whatever was thought before.
    #[must_use]
    pub const fn after(self, step: Step) -> Self {
        match (self, step) {
            (_, Step::Pay) | (Status::Paid, _) => Status::Paid,
            (Status::Failed, _) | (_, Step::Fail) => Status::Failed,
            (Status::Processing, _) | (_, Step::Process) => Status::Processing,
            (Status::Open, Step::Cancel) => Status::Cancelled,
            (Status::Open, Step::Expire) => Status::Expired,
            (Status::Cancelled | Status::Expired, _) => self,
        }
    }

    /// Returns true if the deposit waits for its payer or for a bank.
    pub const fn is_under_way(self) -> bool {
        matches!(self, Status::Open | Status::Processing)
    }
}

/// A deposit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deposit {
    /// Its id, which the provider's news name.
    pub id: DepositId,
    /// The team whose wallet is credited.
    pub team_id: TeamId,
    /// The member who opened it.
    pub member_id: MemberId,
    /// The amount that the wallet gains.
    pub amount: Money,
    /// The provider's fee on top.
    pub fee: Money,
    /// The way of paying.
    pub method: Method,
    /// The status.
    pub status: Status,
    /// The provider that takes the payment.
    pub provider: String,
    /// True if it is a charge of a saved card, whose holder is away.
    pub is_charge: bool,
    /// The provider's id of the checkout; none until it answered, and for a charge.
    pub session: Option<String>,
    /// The provider's id of the payment; none until it is known.
    pub payment: Option<String>,
    /// The address at which it is paid; none until the provider answered.
    pub checkout_url: Option<String>,
    /// The page to which the payer goes on once it is paid: an address of ours, or empty.
    pub back: String,
    /// The part of the amount that the wallet has gained so far, and not lost to a refund or a dispute.
    pub credited: Money,
    /// The number of times that the credited part changed.
    pub changes: i64,
    /// When it was opened.
    pub created_at: Time,
    /// The end of its time.
    pub expires_at: Option<Time>,
    /// When it was paid or called off.
    pub settled_at: Option<Time>,
}

impl Deposit {
    /// Returns the deposit if it has this status.
    pub fn status_is(self, status: Status) -> Option<Self> {
        (self.status == status).then_some(self)
    }

    /// Returns the amount that the payer pays.
    pub const fn total(&self) -> Money {
        Money(self.amount.0 + self.fee.0)
    }

    /// Returns the part of a paid deposit that was taken back.
    pub const fn taken_back(&self) -> Money {
        match self.status {
            Status::Paid => Money(self.amount.0 - self.credited.0),
            _ => Money::ZERO,
        }
    }

    /// Returns the part of the amount that the provider holds for us, if it took `reversed` back from the payment.
    fn held(&self, reversed: Money) -> Money {
        match self.status {
            Status::Paid => Money((self.amount.0 - reversed.0).max(0)),
            _ => Money::ZERO,
        }
    }
}

#[cfg(test)]
mod tests;
