//! Money: whole minor units of the wallet currency, never floats.

use crate::error::{Error, Result};
use crate::text::clip;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The wallet currency's ISO-4217 code.
pub const CURRENCY: &str = "USD";
/// The number of minor digits of [`CURRENCY`].
pub const DIGITS: u32 = 2;
/// The largest amount of one act: ten million dollars. More is taken for a typing error.
pub const MAX: Money = Money(1_000_000_000);

const UNIT: i64 = 10_i64.pow(DIGITS);

/// The most characters that a message quotes of what is not an amount.
const QUOTED_MAX: usize = 24;

/// An amount in US cents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Money(pub i64);

impl Money {
    /// Nothing.
    pub const ZERO: Money = Money(0);

    /// Creates an amount from minor units; one below `least` or above [`MOST`] is an error.
    pub fn within(field: &'static str, minor: i64, least: Money) -> Result<Self> {
        if minor < least.0 {
            return Err(Error::field(field, format!("It is {}; the least is {least} {CURRENCY}.", Money(minor))));
        }
        if minor > MAX.0 {
            return Err(Error::field(field, format!("It is more than {MAX} {CURRENCY}, the most one act may move.")));
        }
        Ok(Self(minor))
    }

    /// Parses decimal major units: `"45"`, `"12.5"`, `"0.07"`. Fractions of a cent are an error, not rounded.
    pub fn parse_major(field: &'static str, text: &str) -> Result<Self> {
        let bad = || Error::field(field, format!("\"{}\" is not an amount; write dollars such as 45 or 12.50.", clip(text, QUOTED_MAX)));
        let text = text.trim();
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let is_number = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || whole.len() > 12 || !is_number(whole) || !is_number(part) || digits.ends_with('.') {
            return Err(bad());
        }
        if part.len() > DIGITS as usize && part.bytes().skip(DIGITS as usize).any(|b| b != b'0') {
            return Err(Error::field(
                field,
                format!("\"{}\" has a fraction of a cent; give at most {DIGITS} decimals.", clip(text, QUOTED_MAX)),
            ));
        }
        let whole: i64 = whole.parse().map_err(|_| bad())?;
        let part: i64 = format!("{part:0<width$}", width = DIGITS as usize)[..DIGITS as usize].parse().map_err(|_| bad())?;
        let minor = whole * UNIT + part;
        Ok(Self(if negative { -minor } else { minor }))
    }

    /// Parses what a person typed: like [`Money::parse_major`], but also as pages print amounts, `1,000.00`, and with the
    /// currency, `$50` or `50 USD`. Commas must part groups of three digits, because `1,5` means 1.50 to half the world.
    pub fn typed(field: &'static str, text: &str) -> Result<Self> {
        let bare = text.trim();
        let bare = bare.strip_prefix('$').unwrap_or(bare);
        let bare = bare.strip_suffix(CURRENCY).unwrap_or(bare).trim();
        if bare.is_empty() {
            return Err(Error::field(field, "Enter an amount in dollars, such as 45 or 12.50."));
        }
        let whole = bare.split_once('.').map_or(bare, |(whole, _)| whole);
        let mut groups = whole.split(',');
        let first = groups.next().unwrap_or_default().trim_start_matches('-');
        let is_grouped = (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3);
        if whole.contains(',') && is_grouped {
            let plain = format!("{}{}", whole.replace(',', ""), &bare[whole.len()..]);
            return Self::parse_major(field, &plain);
        }
        Self::parse_major(field, bare)
    }

    /// Adds two amounts; an overflow is an error.
    pub fn plus(self, other: Money) -> Result<Money> {
        self.0.checked_add(other.0).map(Money).ok_or_else(Error::internal)
    }

    /// Computes a share in basis points, rounded half up: 5 % of 10.10 is 0.51.
    pub fn share(self, bps: i64) -> Money {
        let exact = i128::from(self.0) * i128::from(bps);
        // |bps| ≤ 10,000 keeps the share below the amount itself.
        Money(((exact + 5_000) / 10_000) as i64)
    }

    /// Formats decimal major units without grouping, as the decimal dialects send them: `"480.00"`.
    pub fn major(self) -> String {
        let (sign, minor) = (if self.0 < 0 { "-" } else { "" }, self.0.unsigned_abs());
        format!("{sign}{}.{:02}", minor / UNIT as u64, minor % UNIT as u64)
    }
}

/// Formats an amount with thousands separators: `4,790.90`.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = self.major();
        let (sign, digits) = plain.strip_prefix('-').map_or(("", plain.as_str()), |rest| ("-", rest));
        let (whole, part) = digits.split_once('.').unwrap_or((digits, "00"));
        f.write_str(sign)?;
        for (i, c) in whole.chars().enumerate() {
            if i > 0 && (whole.len() - i).is_multiple_of(3) {
                f.write_str(",")?;
            }
            write!(f, "{c}")?;
        }
        write!(f, ".{part}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn decimals_are_read_exactly() {
        for (text, minor) in [("45", 4500), ("12.5", 1250), ("0.07", 7), ("19.990", 1999), ("-3.10", -310)] {
            assert_eq!(Money::parse_major("amount", text), Ok(Money(minor)), "{text}");
        }
        for text in ["", ".", "1.", ".5", "1e3", "0.001", "1,000", "٣", "9999999999999", "--1", "NaN"] {
            assert!(Money::parse_major("amount", text).is_err(), "{text}");
        }
    }

    #[test]
    fn what_people_type_is_read() {
        for (text, minor) in [("1,000.00", 100_000), ("$50", 5000), (" $ 1,234,567.8 ", 123_456_780), ("50 USD", 5000), ("45", 4500)] {
            assert_eq!(Money::typed("amount", text), Ok(Money(minor)), "{text}");
        }
        for text in ["", "$", "1,5", "1,00.00", ",100", "1000,000", "1,000,00", "$-", "€50", "1.000,00"] {
            assert!(Money::typed("amount", text).is_err(), "{text}");
        }
    }

    #[test]
    fn people_see_groups() {
        assert_eq!(Money(479_090).to_string(), "4,790.90");
        assert_eq!(Money(-100).to_string(), "-1.00");
        assert_eq!(MAX.to_string(), "10,000,000.00");
    }

    #[test]
    fn a_share_rounds_half_up() {
        assert_eq!(Money(1010).share(500), Money(51));
        assert_eq!(Money(1009).share(500), Money(50));
        assert_eq!(Money(1).share(500), Money(0));
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(minor in -10_i64.pow(13)..10_i64.pow(13)) {
            prop_assert_eq!(Money::parse_major("amount", &Money(minor).major()), Ok(Money(minor)));
            prop_assert_eq!(Money::typed("amount", &Money(minor).to_string()), Ok(Money(minor)));
        }
    }
}
