//! Review settings of a job: number of proofers, fee, tie break, rubric.

use kernel::text::Check;
use kernel::{Error, Money, Result};
use platform::Rules;
use serde::{Deserialize, Serialize};

/// The most proofers of a review.
pub const PROOFERS_MAX: i64 = 9;
/// The most sections of a rubric.
pub(super) const SECTIONS_MAX: usize = 12;
/// The rounds that are paid without asking again, if the poster names no number.
pub const ROUNDS_USUAL: i64 = 2;
/// The smallest fee of a proofer.
const FEE_MIN: Money = Money(100);

/// A section of a rubric.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// One line of at most 60 characters, once in a rubric.
    pub name: String,
    /// The weight against the other sections, 1 to 100.
    #[serde(default = "one")]
    pub weight: i64,
    /// The guidance for proofers, up to 500 characters.
    #[serde(default)]
    pub description: String,
}

fn one() -> i64 {
    1
}

/// The review settings of a job.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// True if proofers review the work.
    pub proof_required: bool,
    /// The number of proofers; 0 without a review.
    pub proofer_count: i64,
    /// The fee of each proofer for a round.
    pub proof_fee: Money,
    /// The number of rounds that are paid without asking the poster again; 0 without a review.
    #[serde(default)]
    pub proof_rounds: i64,
    /// True if a tie is decided by one more proofer.
    pub tie_break: bool,
    /// The rubric; empty for a single score.
    pub rubric: Vec<Section>,
}

/// Changes of the settings; missing fields stay.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// True if proofers review the work.
    pub proof_required: Option<bool>,
    /// 1 to 9.
    pub proofer_count: Option<i64>,
    /// Cents for each proofer and round.
    pub proof_fee: Option<i64>,
    /// 1 to one more than the revisions that a poster may ask for.
    pub proof_rounds: Option<i64>,
    /// True if a tie is decided by one more proofer.
    pub tie_break: Option<bool>,
    /// At most 12 sections.
    pub rubric: Option<Vec<Section>>,
}

/// The cost of a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The number of seats.
    pub seats: i64,
    /// The fee of each seat.
    pub fee: Money,
}

impl Plan {
    /// Computes the sum; a review has no service fee.
    pub fn cost(self) -> Money {
        Money(self.seats * self.fee.0)
    }

    /// Returns true if a round costs more than half of the budget: then its poster is warned.
    pub fn is_dear(self, budget_max: Money) -> bool {
        self.cost().0 > budget_max.0 / 2
    }
}

impl Settings {
    /// Applies a change and checks the whole. Naming a count asks for proofers too; without a fee each gets
    /// `rules.proof_fee_bps` of the highest budget, a dollar at least.
    pub fn changed(&self, change: &Change, budget_max: Money, rules: &Rules, check: &mut Check) -> Settings {
        let mut next = self.clone();
        next.proof_required = change.proof_required.unwrap_or(self.proof_required || change.proofer_count.is_some_and(|n| n > 0));
        if !next.proof_required {
            if change.proofer_count.is_some_and(|n| n < 0) {
                check.wrong("proofer_count", format!("Ask for 1 to {PROOFERS_MAX} proofers."));
            }
            if change.proof_required == Some(false) && change.proofer_count.is_some_and(|n| n > 0) {
                check.wrong("proofer_count", "It needs proof_required: true; leave it out, or ask for proofers.");
            }
            return Settings::default();
        }
        next.proofer_count = change.proofer_count.unwrap_or(if self.proofer_count > 0 { self.proofer_count } else { 1 });
        if !(1..=PROOFERS_MAX).contains(&next.proofer_count) {
            check.wrong("proofer_count", format!("It is {}; ask for 1 to {PROOFERS_MAX} proofers.", next.proofer_count));
        }
        next.proof_fee = match change.proof_fee {
            Some(cents) => check.take(Money::within("proof_fee", cents, FEE_MIN)).unwrap_or(FEE_MIN),
            None if self.proof_fee > Money::ZERO => self.proof_fee,
            None => budget_max.share(rules.proof_fee_bps).max(FEE_MIN),
        };
        // The operator may have lowered the number of rounds since; only what is asked for now is an error.
        let rounds_max = rules.revisions_max + 1;
        next.proof_rounds = match change.proof_rounds {
            Some(rounds) if !(1..=rounds_max).contains(&rounds) => {
                check.wrong("proof_rounds", format!("It is {rounds}; give 1 to {rounds_max} rounds."));
                1
            }
            Some(rounds) => rounds,
            // The number that was agreed stays as it is: a form that shows it is refused with the bounds, not altered.
            None if self.proof_rounds > 0 => self.proof_rounds,
            None => ROUNDS_USUAL.min(rounds_max),
        };
        next.tie_break = change.tie_break.unwrap_or(self.tie_break);
        if let Some(rubric) = &change.rubric {
            next.rubric = check_rubric(rubric, check);
        }
        next
    }

    /// While proofers are being chosen the number may only fall, never below those who were chosen already.
    pub fn reduced(&self, change: &Change, accepted: i64) -> Result<Settings> {
        let other = change.proof_required == Some(false)
            || change.proof_fee.is_some()
            || change.tie_break.is_some()
            || change.rubric.is_some()
            || change.proof_rounds.is_some();
        if other {
            return Err(super::errors::only_fewer_proofers());
        }
        let Some(count) = change.proofer_count else { return Ok(self.clone()) };
        if count > self.proofer_count {
            return Err(Error::field("proofer_count", format!("It can only be reduced now; it is {}.", self.proofer_count)));
        }
        if count < accepted.max(1) {
            let message = format!("{accepted} proofers are accepted already; give {} to {}.", accepted.max(1), self.proofer_count);
            return Err(Error::field("proofer_count", message).with("accepted", accepted).with("required", count));
        }
        Ok(Settings { proofer_count: count, ..self.clone() })
    }

    /// Returns the cost of all rounds that are paid without asking the poster again.
    pub fn cost_max(&self) -> Money {
        Money(self.plan().cost().0 * self.proof_rounds)
    }

    /// Returns the cost of a round.
    pub fn plan(&self) -> Plan {
        Plan { seats: self.proofer_count, fee: self.proof_fee }
    }
}

fn check_rubric(rubric: &[Section], check: &mut Check) -> Vec<Section> {
    if rubric.len() > SECTIONS_MAX {
        check.wrong("rubric", format!("It has {} sections. Use {SECTIONS_MAX} at most.", rubric.len()));
    }
    let mut sections: Vec<Section> = Vec::new();
    for section in rubric.iter().take(SECTIONS_MAX) {
        let name = check.line("rubric.name", &section.name, 1..=60);
        let description = check.prose("rubric.description", &section.description, 0..=500);
        if !(1..=100).contains(&section.weight) {
            check.wrong("rubric.weight", format!("It is {}; give 1 to 100.", section.weight));
        }
        if sections.iter().any(|other| other.name.eq_ignore_ascii_case(&name)) {
            check.wrong("rubric.name", format!("\"{name}\" stands twice; name each section once."));
        }
        sections.push(Section { name, weight: section.weight, description });
    }
    sections
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(from: &Settings, change: Change) -> Result<Settings> {
        let mut check = Check::new();
        let next = from.changed(&change, Money(48_000), &Rules::default(), &mut check);
        check.done().map(|()| next)
    }

    #[test]
    fn a_bare_wish_for_proofers_gets_sensible_settings() {
        let asked = changed(&Settings::default(), Change { proof_required: Some(true), ..Change::default() }).expect("good");
        assert_eq!((asked.proofer_count, asked.proof_fee), (1, Money(2_400)));
        assert_eq!((asked.proof_rounds, asked.cost_max()), (2, Money(4_800)));
        assert!(!asked.plan().is_dear(Money(4_800)) && asked.plan().is_dear(Money(4_799)));
        let counted = changed(&Settings::default(), Change { proofer_count: Some(3), ..Change::default() }).expect("good");
        assert_eq!((counted.proof_required, counted.plan().cost()), (true, Money(7_200)));
        let off = changed(&counted, Change { proof_required: Some(false), ..Change::default() }).expect("good");
        assert_eq!(off, Settings::default());
    }

    #[test]
    fn what_cannot_be_is_named() {
        let section = |name: &str, weight| Section { name: name.into(), weight, description: String::new() };
        for (change, field) in [
            (Change { proofer_count: Some(10), ..Change::default() }, "proofer_count"),
            (Change { proofer_count: Some(-1), ..Change::default() }, "proofer_count"),
            (Change { proof_required: Some(true), proofer_count: Some(0), ..Change::default() }, "proofer_count"),
            (Change { proof_required: Some(false), proofer_count: Some(2), ..Change::default() }, "proofer_count"),
            (Change { proof_required: Some(true), proof_rounds: Some(0), ..Change::default() }, "proof_rounds"),
            (Change { proof_required: Some(true), proof_rounds: Some(7), ..Change::default() }, "proof_rounds"),
            (Change { proof_required: Some(true), proof_fee: Some(99), ..Change::default() }, "proof_fee"),
            (Change { proof_required: Some(true), rubric: Some(vec![section("a", 0)]), ..Change::default() }, "rubric.weight"),
            (
                Change { proof_required: Some(true), rubric: Some(vec![section("a", 1), section("A", 1)]), ..Change::default() },
                "rubric.name",
            ),
        ] {
            let error = changed(&Settings::default(), change).expect_err(field);
            assert_eq!(error.fields.iter().map(|f| f.name.as_ref()).collect::<Vec<_>>(), [field]);
        }
    }

    #[test]
    fn a_number_of_rounds_is_refused_and_never_altered() {
        let agreed =
            changed(&Settings::default(), Change { proofer_count: Some(1), proof_rounds: Some(6), ..Change::default() }).expect("good");
        let lowered = Rules { revisions_max: 2, ..Rules::default() };
        let change = |change: Change| {
            let mut check = Check::new();
            let next = agreed.changed(&change, Money(48_000), &lowered, &mut check);
            check.done().map(|()| next)
        };
        let kept = change(Change { tie_break: Some(true), ..Change::default() }).expect("the rounds are not asked about");
        assert_eq!(kept.proof_rounds, 6, "they stay as they were agreed");
        let refused = change(Change { proof_rounds: Some(6), ..Change::default() }).expect_err("more than there may be");
        assert_eq!((refused.fields[0].name.as_ref(), refused.fields[0].message.as_ref()), ("proof_rounds", "It is 6; give 1 to 3 rounds."));
    }

    #[test]
    fn once_handed_in_the_number_only_falls() {
        let three = changed(&Settings::default(), Change { proofer_count: Some(3), ..Change::default() }).expect("good");
        let to = |count| three.reduced(&Change { proofer_count: Some(count), ..Change::default() }, 2);
        assert_eq!(to(2).expect("reduced").proofer_count, 2);
        for count in [4, 1, 0] {
            assert_eq!(to(count).expect_err("refused").fields[0].name, "proofer_count");
        }
        let fee = Change { proof_fee: Some(500), ..Change::default() };
        assert_eq!(three.reduced(&fee, 0).expect_err("locked").code, "proof_settings_locked");
    }
}
