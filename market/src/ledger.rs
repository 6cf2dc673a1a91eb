//! Every cent, twice: entries whose legs sum to zero, never changed once posted, each carrying the hash of the one before.

use crate::Money;
use crate::id::TeamId;
use crate::text_enum;

pub mod errors;

mod audit;
mod store;
pub use audit::{Audit, audit};
pub use store::{balance, post};

text_enum! {
    /// What an account is for. A team's reserved, staked and pending money are sums by purpose.
    Purpose {
        /// What a team can spend.
        Wallet = "wallet",
        /// What one job holds for its worker.
        Escrow = "escrow",
        /// What one job's review holds for its reviewers.
        Review = "review",
        /// What the operator earned.
        Fees = "fees",
        /// The world outside: it alone may go below zero, by what came in.
        Provider = "provider",
    }
}

/// A place where money can be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Account {
    /// Its name in the chain of hashes: `wallet:team_…`, `escrow:` and a job's id, `fees`, `provider`.
    pub id: String,
    /// What it is for.
    pub purpose: Purpose,
    /// Its owner; none for the operator's accounts and the world outside.
    pub owner: Option<TeamId>,
}

impl Account {
    /// A team's account for one subject, named by a word and the subject's id.
    pub fn of(purpose: Purpose, word: &str, subject: &str, owner: &TeamId) -> Self {
        Self { id: format!("{word}:{subject}"), purpose, owner: Some(owner.clone()) }
    }
    /// A team's spendable money.
    pub fn wallet(team: &TeamId) -> Self {
        Self::of(Purpose::Wallet, "wallet", team.as_str(), team)
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
    /// Why money moved.
    Reason {
        /// It came in from outside.
        Deposit = "deposit",
        /// A poster funded a job.
        Hold = "hold",
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
        /// A poster got back what no proofer earned.
        RefundProof = "refund_proof",
        /// A poster paid for a job to be featured.
        Feature = "feature",
    }
}

/// One movement of money. Its id is its idempotency key: the same thing never posts twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// `hold:` and a job's id, `deposit:cs_…`
    pub id: String,
    /// Why.
    pub reason: Reason,
    /// The id of what it is about.
    pub subject: String,
    /// What each account gains; they sum to zero, none is zero, no account stands twice.
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
    /// Whether its legs sum to zero and each account stands once.
    pub fn is_sound(&self) -> bool {
        let mut ids: Vec<_> = self.legs.iter().map(|(account, _)| &account.id).collect();
        ids.sort_unstable();
        ids.dedup();
        let sum = self.legs.iter().try_fold(0_i64, |sum, (_, amount)| sum.checked_add(amount.0));
        ids.len() == self.legs.len() && self.legs.len() >= 2 && sum == Some(0)
    }
}
