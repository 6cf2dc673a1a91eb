//! The pure rules: whether a spend is within a mandate.

use super::spend::{Counterparty, Spend};
use super::store::{Row, Task};
use super::{Hours, Limit, Mandate, State, calendar, errors};
use kernel::{Money, Result, Time};

impl Hours {
    /// Returns true if these are two different hours of the day.
    pub(super) fn are_sound(self) -> bool {
        let day = 0..24;
        day.contains(&self.from) && day.contains(&self.until) && self.from != self.until
    }

    /// Returns true if an hour is one of them.
    fn contain(self, hour: i64) -> bool {
        match self.from < self.until {
            true => (self.from..self.until).contains(&hour),
            false => hour >= self.from || hour < self.until,
        }
    }
}

impl Mandate {
    /// Fails if the mandate does not allow such a spend now, whatever its sum.
    pub(super) fn must_allow(&self, now: Time, spend: &Spend<'_>) -> Result<()> {
        let terms = &self.terms;
        match self.state(now) {
            State::Active => {}
            State::Disabled => return Err(errors::disabled()),
            State::Expired => return Err(errors::expired()),
            State::Revoked => return Err(errors::revoked()),
        }
        if let Some(hours) = terms.hours.filter(|hours| !hours.contain(calendar::hour(now))) {
            return Err(errors::outside_hours(hours));
        }
        if !terms.categories.is_empty() && !terms.categories.iter().any(|category| category == spend.category) {
            return Err(errors::other_category(spend.category, &terms.categories));
        }
        spend.to.iter().try_for_each(|to| self.must_deal_with(to))
    }

    fn must_deal_with(&self, to: &Counterparty<'_>) -> Result<()> {
        let is_in = |list: &[String]| list.iter().any(|id| id == to.team.as_str() || to.agent.is_some_and(|agent| id == agent.as_str()));
        if is_in(&self.terms.blocked) {
            return Err(errors::blocked(to));
        }
        if !self.terms.allowed.is_empty() && !is_in(&self.terms.allowed) {
            return Err(errors::not_allowed(to));
        }
        Ok(())
    }
}

impl Row {
    /// Fails if a sum is more than the limits of job, day and month leave.
    pub(super) fn must_have_left(&self, now: Time, task: &Task, amount: Money) -> Result<()> {
        let terms = &self.mandate.terms;
        let limits = [
            (Limit::PerTask, terms.per_task, task.spent, None),
            (Limit::PerDay, terms.per_day, self.spent_today(now), Some(calendar::next_day(now))),
            (Limit::PerMonth, terms.per_month, self.spent_this_month(now), Some(calendar::next_month(now))),
        ];
        for (limit, most, spent, again_at) in limits {
            if let Some(most) = most.filter(|most| spent.0.saturating_add(amount.0) > most.0) {
                return Err(errors::too_much(&errors::Over { limit, amount, most, spent, again_at }));
            }
        }
        Ok(())
    }

    /// Returns true if a person has to approve the sum.
    pub(super) fn asks(&self, task: &Task, amount: Money) -> bool {
        self.mandate.terms.approval_above.is_some_and(|above| task.unapproved.0.saturating_add(amount.0) > above.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_may_go_over_midnight() {
        let [day, night] = [Hours { from: 8, until: 18 }, Hours { from: 22, until: 6 }];
        assert_eq!([7, 8, 17, 18].map(|hour| day.contain(hour)), [false, true, true, false]);
        assert_eq!([21, 22, 23, 0, 5, 6].map(|hour| night.contain(hour)), [false, true, true, true, true, false]);
        assert!(
            day.are_sound() && night.are_sound() && !Hours { from: 3, until: 3 }.are_sound() && !Hours { from: -1, until: 3 }.are_sound()
        );
    }
}
