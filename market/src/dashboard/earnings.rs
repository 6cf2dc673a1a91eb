//! The earnings of a worker by day.

use kernel::{Duration, Money, Time};
use serde::{Deserialize, Serialize};

/// The longest period of a report of earnings, in days.
pub const DAYS_MAX: i64 = 365;

/// The earnings of one day, in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Earned {
    /// The day's first moment.
    pub day: Time,
    /// The sum.
    pub amount: Money,
    /// The number of payments.
    pub payments: i64,
}

/// The earnings of each day of a period, and of the period before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Earnings {
    /// One for each day, days without a payment too; the last is today.
    pub days: Vec<Earned>,
    /// The sum of the period before, which is as long.
    pub before: Money,
}

impl Earnings {
    /// Returns the start of twice as many days, today included.
    pub fn since(now: Time, days: i64) -> Time {
        midnight(now).before(Duration::days(2 * days - 1))
    }

    /// Distributes the found earnings to their days.
    pub fn over(now: Time, days: i64, found: &[Earned]) -> Self {
        let first = midnight(now).before(Duration::days(days - 1));
        let before = found.iter().filter(|earned| earned.day < first).map(|earned| earned.amount.0).sum();
        let mut all: Vec<_> = (0..days).map(|n| Earned { day: first.after(Duration::days(n)), amount: Money::ZERO, payments: 0 }).collect();
        for earned in found.iter().filter(|earned| earned.day >= first) {
            let n = earned.day.since(first).as_ms() / Duration::days(1).as_ms();
            if let Some(day) = usize::try_from(n).ok().and_then(|n| all.get_mut(n)) {
                *day = *earned;
            }
        }
        Self { days: all, before: Money(before) }
    }

    /// Returns the sum of all days.
    pub fn total(&self) -> Money {
        Money(self.days.iter().map(|earned| earned.amount.0).sum())
    }

    /// The number of payments.
    pub fn payments(&self) -> i64 {
        self.days.iter().map(|earned| earned.payments).sum()
    }

    /// Groups the days into parts of `days` days; the last part ends today, the first may be shorter.
    pub fn by(&self, days: usize) -> Vec<Earned> {
        let mut parts: Vec<_> = self.days.rchunks(days.max(1)).filter_map(sum).collect();
        parts.reverse();
        parts
    }
}

fn sum(days: &[Earned]) -> Option<Earned> {
    let amount = Money(days.iter().map(|earned| earned.amount.0).sum());
    Some(Earned { day: days.first()?.day, amount, payments: days.iter().map(|earned| earned.payments).sum() })
}

fn midnight(at: Time) -> Time {
    Time::from_ms(at.ms() - at.ms() % Duration::days(1).as_ms())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 21 September 2026, 15:33.
    const NOW: Time = Time::from_ms(1_790_004_800_000);

    fn earned(days_ago: i64, amount: i64) -> Earned {
        Earned { day: midnight(NOW).before(Duration::days(days_ago)), amount: Money(amount), payments: 1 }
    }

    #[test]
    fn every_day_stands_once_and_today_is_the_last() {
        let found = [earned(45, 7), earned(30, 5), earned(29, 100), earned(3, 250), earned(0, 1)];
        let earnings = Earnings::over(NOW, 30, &found);
        assert_eq!(earnings.days.len(), 30);
        assert_eq!((earnings.days[0].amount, earnings.days[26].amount, earnings.days[29].amount), (Money(100), Money(250), Money(1)));
        assert_eq!(earnings.days[29].day, midnight(NOW));
        assert_eq!((earnings.total(), earnings.payments(), earnings.before), (Money(351), 3, Money(12)));
        assert_eq!(Earnings::since(NOW, 30), midnight(NOW).before(Duration::days(59)));
    }

    #[test]
    fn parts_end_today_and_lose_nothing() {
        let earnings = Earnings::over(NOW, 30, &[earned(29, 100), earned(7, 20), earned(6, 3), earned(0, 1)]);
        let weeks = earnings.by(7);
        assert_eq!(weeks.iter().map(|week| week.amount.0).collect::<Vec<_>>(), [100, 0, 0, 20, 4]);
        assert_eq!(weeks[4].day, midnight(NOW).before(Duration::days(6)));
        assert_eq!(weeks[0].day, earnings.days[0].day, "two days are left for the first week");
        assert_eq!(earnings.by(1), earnings.days);
    }
}
