//! The double-entry ledger: entries whose legs sum to zero, never changed, each with the hash of the one before.

use kernel::Money;
use kernel::id::TeamId;
use kernel::text_enum;

pub mod errors;

mod audit;
mod store;
pub use audit::{Audit, Check, Finding, audit};
pub(crate) use store::link;
pub use store::{balance, lock_balances, post};

text_enum! {
    /// The purpose of an account. A team's reserved, staked and pending money are sums by purpose.
    Purpose {
        /// The money a team can spend.
        Wallet = "wallet",
        /// The money that one job holds for its worker.
        Escrow = "escrow",
        /// The fees that one job's review holds for its reviewers.
        Review = "review",
        /// The money of one payout on its way to a bank.
        Payout = "payout",
        /// The operator's earnings.
        Fees = "fees",
        /// The payment provider: it is below zero by the money that came in.
        Provider = "provider",
        /// The money that a team owes, below zero: a payment was taken back after the wallet had spent it.
        Debt = "debt",
    }
}

impl Purpose {
    /// Returns true if an account of this purpose may be below zero.
    const fn may_be_negative(self) -> bool {
        matches!(self, Purpose::Provider | Purpose::Debt)
    }
}

/// An account that holds money.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Account {
    /// Its name in the hash chain: `wallet:team_…`, `escrow:` and a job's id, `fees`, `provider`.
    pub id: String,
    /// The purpose.
    pub purpose: Purpose,
    /// Its owner; none for the operator's accounts and the outside world.
    pub owner: Option<TeamId>,
}

impl Account {
    /// Returns a team's account for one subject, named by a word and the subject's id.
    pub fn of(purpose: Purpose, word: &str, subject: &str, owner: &TeamId) -> Self {
        Self { id: format!("{word}:{subject}"), purpose, owner: Some(owner.clone()) }
    }
    /// Returns a team's wallet.
    pub fn wallet(team: &TeamId) -> Self {
        Self::of(Purpose::Wallet, "wallet", team.as_str(), team)
    }
    /// Returns a team's debt. Its id sorts after those of all wallets, because an entry locks accounts by id, and a debt is looked at when
    /// its wallet is locked.
    pub fn debt(team: &TeamId) -> Self {
        Self::of(Purpose::Debt, "wallet_debt", team.as_str(), team)
    }
    /// The operator's earnings.
    pub fn fees() -> Self {
        Self { id: "fees".into(), purpose: Purpose::Fees, owner: None }
    }
    /// The payment provider: money enters and leaves here.
    pub fn provider() -> Self {
        Self { id: "provider".into(), purpose: Purpose::Provider, owner: None }
    }
}

text_enum! {
    /// The reason of an entry.
    Reason {
        /// It came in from outside.
        Deposit = "deposit",
        /// A poster funded a job.
        Hold = "hold",
        /// The money that a job holds was made equal to the accepted price, or to another budget.
        Adjust = "adjust",
        /// A worker was paid.
        Release = "release",
        /// A poster got it back.
        Refund = "refund",
        /// A ruling gave each side a part.
        Split = "split",
        /// A poster funded a review.
        HoldProof = "hold_proof",
        /// Proofers were paid.
        PayProof = "pay_proof",
        /// Fees that no proofer earned went back to the poster.
        RefundProof = "refund_proof",
        /// A poster paid for a job to be featured.
        Feature = "feature",
        /// A deposit was taken back: refunded, or charged back by a bank.
        Reverse = "reverse",
        /// A deposit that was taken back came again.
        Restore = "restore",
        /// A team's debt was paid by what came in.
        SettleDebt = "settle_debt",
        /// Money was put aside for a bank.
        Payout = "payout",
        /// A payout arrived at its bank.
        PaidOut = "paid_out",
        /// A payout failed, and its money came back.
        ReturnPayout = "return_payout",
    }
}

/// An entry: one movement of money. Its id is its idempotency key, so the same cause never posts twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// `hold:` and a job's id, `deposit:cs_…`
    pub id: String,
    /// The reason.
    pub reason: Reason,
    /// The id of what it is about.
    pub subject: String,
    /// The change of each account; the legs sum to zero, none is zero, no account occurs twice.
    pub legs: Vec<(Account, Money)>,
}

impl Entry {
    /// An entry without legs; nouns build theirs with [`debit`](Entry::debit) and [`credit`](Entry::credit).
    pub fn new(reason: Reason, subject: &str) -> Self {
        Self { id: format!("{reason}:{subject}"), reason, subject: subject.to_owned(), legs: Vec::new() }
    }
    /// One of several entries of its kind on one subject.
    pub fn nth(reason: Reason, subject: &str, nth: &str) -> Self {
        Self { id: format!("{reason}:{subject}:{nth}"), ..Self::new(reason, subject) }
    }
    /// Takes an amount from an account.
    #[must_use]
    pub fn debit(self, account: Account, amount: Money) -> Self {
        self.credit(account, Money(-amount.0))
    }
    /// Gives an amount to an account; a zero amount makes no leg.
    #[must_use]
    pub fn credit(mut self, account: Account, amount: Money) -> Self {
        if amount != Money::ZERO {
            self.legs.push((account, amount));
        }
        self
    }
    /// Returns true if the legs sum to zero and no account occurs twice.
    pub fn is_sound(&self) -> bool {
        let mut ids: Vec<_> = self.legs.iter().map(|(account, _)| &account.id).collect();
        ids.sort_unstable();
        ids.dedup();
        let sum = self.legs.iter().try_fold(0_i64, |sum, (_, amount)| sum.checked_add(amount.0));
        ids.len() == self.legs.len() && self.legs.len() >= 2 && sum == Some(0)
    }
}
