//! The wallet of a team: balances and ledger lines.

use kernel::{Money, Time, text_enum};
use platform::ledger::Reason;
use serde::{Deserialize, Serialize};
use std::fmt;

mod store;
pub use store::{available, lines, receipt, show, statement, transactions};

/// The balances of a team.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wallet {
    /// The available balance.
    pub available: Money,
    /// In escrow for the team's own jobs, fees included, until each is paid out or back.
    pub reserved: Money,
    /// The approved earnings that wait for release.
    pub pending: Money,
    /// The staked amount.
    pub staked: Money,
    /// The amount that the team owes, because a deposit was taken back after it was spent. It is paid first from what comes in.
    pub owed: Money,
}

impl Wallet {
    /// Returns the sum of the four.
    pub fn total(&self) -> Money {
        Money(self.available.0 + self.reserved.0 + self.pending.0 + self.staked.0)
    }
}

/// A ledger line of a wallet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transaction {
    /// The ledger entry's id: `hold:` and a job's id.
    pub id: String,
    /// `deposit`, `hold`, `release`, `refund`
    pub reason: Reason,
    /// The id of what it is about.
    pub subject: String,
    /// The job's title, if it is about a job.
    pub title: Option<String>,
    /// The amount that the wallet gained.
    pub amount: Money,
    /// The balance afterwards.
    pub balance: Money,
    /// When.
    pub posted_at: Time,
    /// The state of the money, if the line is a hold.
    pub held: Option<HoldState>,
}

text_enum! {
    /// The state of money that was held.
    HoldState {
        /// It is still held.
        Held = "held",
        /// It was paid.
        Paid = "paid",
        /// A part was paid, and the rest came back to the wallet.
        PartPaid = "part_paid",
        /// It came back to the wallet.
        Returned = "returned",
        /// A ruling divided it.
        Divided = "divided",
    }
}

/// The proof of one movement of a wallet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The movement.
    pub line: Transaction,
    /// The name of the team whose wallet it moved.
    pub team: String,
    /// The entry's hash in the ledger's chain: lower-case hexadecimal.
    pub hash: String,
}

/// The filter of ledger lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// Only lines with this reason.
    pub reason: Option<Reason>,
    /// Only lines of this month.
    pub month: Option<Month>,
}

/// A calendar month in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Month {
    year: i32,
    month: u8,
}

impl Month {
    /// Returns the month of a time.
    pub fn of(at: Time) -> Self {
        let utc = at.utc();
        Self { year: utc.year(), month: utc.month().into() }
    }

    /// Parses `2026-09`; none for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, month) = text.split_once('-')?;
        let digits = |text: &str, n| text.len() == n && text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(year, 4) || !digits(month, 2) {
            return None;
        }
        let month = month.parse().ok().filter(|month| (1..=12).contains(month))?;
        Some(Self { year: year.parse().ok()?, month })
    }

    /// Returns the month before.
    #[must_use]
    pub const fn before(self) -> Self {
        match self.month {
            1 => Self { year: self.year - 1, month: 12 },
            month => Self { year: self.year, month: month - 1 },
        }
    }

    /// Returns the number of the month; 1 is January.
    pub const fn number(self) -> u8 {
        self.month
    }

    /// Returns the year.
    pub const fn year(self) -> i32 {
        self.year
    }
}

/// Formats a month as `2026-09`, the beginning of a stored time.
impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_read_and_write() {
        let month = Month::parse("2026-01").expect("a month");
        assert_eq!((month.to_string().as_str(), month.before().to_string().as_str()), ("2026-01", "2025-12"));
        assert_eq!(Month::of(Time::from_ms(1_790_000_000_000)).to_string(), "2026-09");
        for text in ["", "2026", "2026-13", "2026-00", "2026-1", "26-01", "2026-01-01", "+026-01"] {
            assert_eq!(Month::parse(text), None, "{text}");
        }
    }
}
