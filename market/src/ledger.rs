//! Every cent, twice: entries whose legs sum to zero, never changed once posted, each carrying the hash of the one before.

use crate::Money;
use crate::id::{DepositId, JobId, TeamId};
use crate::text_enum;

pub mod errors;

#[cfg(feature = "db")]
mod audit;
#[cfg(feature = "db")]
mod store;
#[cfg(feature = "db")]
pub use audit::{Audit, audit};
#[cfg(feature = "db")]
pub use store::{balance, post};

text_enum! {
    /// What an account is for.
    Purpose {
        /// What a team can spend.
        Wallet = "wallet",
        /// What one job holds.
        Escrow = "escrow",
        /// What the operator earned.
        Fees = "fees",
        /// The world outside: it alone may go below zero, by what came in.
        Provider = "provider",
    }
}

/// Where money can be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Account {
    /// Says what it is: `wallet:team_…`, `escrow:` and a job's id, `fees`, `provider`.
    pub id: String,
    /// What it is for.
    pub purpose: Purpose,
}

impl Account {
    /// What a team can spend.
    pub fn wallet(team: &TeamId) -> Self {
        Self { id: format!("wallet:{team}"), purpose: Purpose::Wallet }
    }
    /// What a job holds.
    pub fn escrow(job: &JobId) -> Self {
        Self { id: format!("escrow:{job}"), purpose: Purpose::Escrow }
    }
    /// What a job's review holds.
    pub fn proof(job: &JobId) -> Self {
        Self { id: format!("proof:{job}"), purpose: Purpose::Escrow }
    }
    /// What the operator earned.
    pub fn fees() -> Self {
        Self { id: "fees".into(), purpose: Purpose::Fees }
    }
    /// The payment provider: money enters and leaves here.
    pub fn provider() -> Self {
        Self { id: "provider".into(), purpose: Purpose::Provider }
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
    fn new(reason: Reason, subject: &str) -> Self {
        Self { id: format!("{reason}:{subject}"), reason, subject: subject.to_owned(), legs: Vec::new() }
    }
    /// One of several of its kind on one subject.
    fn nth(reason: Reason, subject: &str, nth: &str) -> Self {
        Self { id: format!("{reason}:{subject}:{nth}"), ..Self::new(reason, subject) }
    }
    fn debit(self, account: Account, amount: Money) -> Self {
        self.credit(account, Money(-amount.0))
    }
    fn credit(mut self, account: Account, amount: Money) -> Self {
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

    /// Money from outside into a wallet.
    pub fn deposit(id: &DepositId, team: &TeamId, amount: Money) -> Self {
        Self::new(Reason::Deposit, id.as_str()).debit(Account::provider(), amount).credit(Account::wallet(team), amount)
    }
    /// A poster's money into a job's escrow.
    pub fn hold(job: &JobId, poster: &TeamId, cost: Money) -> Self {
        Self::new(Reason::Hold, job.as_str()).debit(Account::wallet(poster), cost).credit(Account::escrow(job), cost)
    }
    /// A job's escrow to its worker, and the fee to the operator.
    pub fn release(job: &JobId, worker: &TeamId, price: Money, fee: Money) -> Self {
        let held = Money(price.0 + fee.0);
        Self::new(Reason::Release, job.as_str())
            .debit(Account::escrow(job), held)
            .credit(Account::wallet(worker), price)
            .credit(Account::fees(), fee)
    }
    /// A job's escrow back to its poster, the fee included.
    pub fn refund(job: &JobId, poster: &TeamId, held: Money) -> Self {
        Self::new(Reason::Refund, job.as_str()).debit(Account::escrow(job), held).credit(Account::wallet(poster), held)
    }
    /// A job's escrow in parts: a share and the fee on it, the rest back to the poster.
    pub fn split(job: &JobId, worker: &TeamId, poster: &TeamId, (share, fee): (Money, Money), held: Money) -> Self {
        Self::new(Reason::Split, job.as_str())
            .debit(Account::escrow(job), held)
            .credit(Account::wallet(worker), share)
            .credit(Account::fees(), fee)
            .credit(Account::wallet(poster), Money(held.0 - share.0 - fee.0))
    }
    /// A poster's money for proofers.
    pub fn hold_proof(job: &JobId, nth: &str, poster: &TeamId, fees: Money) -> Self {
        Self::nth(Reason::HoldProof, job.as_str(), nth).debit(Account::wallet(poster), fees).credit(Account::proof(job), fees)
    }
    /// What proofers earned; each team stands once.
    pub fn pay_proofs(job: &JobId, nth: &str, proofers: &[(&TeamId, Money)]) -> Self {
        let fees = Money(proofers.iter().map(|(_, fee)| fee.0).sum());
        let entry = Self::nth(Reason::PayProof, job.as_str(), nth).debit(Account::proof(job), fees);
        proofers.iter().fold(entry, |entry, (team, fee)| entry.credit(Account::wallet(team), *fee))
    }
    /// What no proofer earned.
    pub fn refund_proof(job: &JobId, nth: &str, poster: &TeamId, fees: Money) -> Self {
        Self::nth(Reason::RefundProof, job.as_str(), nth).debit(Account::proof(job), fees).credit(Account::wallet(poster), fees)
    }
    /// A poster's money to the operator, for days at the top of the open jobs.
    pub fn feature(job: &JobId, nth: i64, poster: &TeamId, price: Money) -> Self {
        Self::nth(Reason::Feature, job.as_str(), &nth.to_string()).debit(Account::wallet(poster), price).credit(Account::fees(), price)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_entry_we_make_is_sound(price in 1..1_000_000_000_i64, bps in 0..10_000_i64) {
            let (job, poster, worker) = (JobId::from("j"), TeamId::from("p"), TeamId::from("w"));
            let fee = Money(price).share(bps);
            let held = Money(price + fee.0);
            prop_assert!(Entry::hold(&job, &poster, held).is_sound());
            prop_assert!(Entry::release(&job, &worker, Money(price), fee).is_sound());
            prop_assert!(Entry::refund(&job, &poster, held).is_sound());
            prop_assert!(Entry::hold_proof(&job, "1.4", &poster, held).is_sound());
            prop_assert!(Entry::pay_proofs(&job, "1.7", &[(&worker, fee.max(Money(1))), (&poster, held)]).is_sound());
            prop_assert!(Entry::refund_proof(&job, "1.7", &poster, held).is_sound());
            prop_assert!(Entry::feature(&job, 3, &poster, Money(price)).is_sound());
            prop_assert!(Entry::deposit(&"cs_1".into(), &poster, Money(price)).is_sound());
        }
    }
}
