//! The consensus of several verdicts.

use super::Verdict;
use serde::{Deserialize, Serialize};

/// The number of each verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// `approve`
    pub approve: i64,
    /// `needs_revision`
    pub needs_revision: i64,
    /// `reject`
    pub reject: i64,
}

impl Tally {
    /// Counts verdicts.
    pub fn of(verdicts: &[Verdict]) -> Self {
        let count = |wanted| verdicts.iter().filter(|verdict| **verdict == wanted).count() as i64;
        Self { approve: count(Verdict::Approve), needs_revision: count(Verdict::NeedsRevision), reject: count(Verdict::Reject) }
    }

    /// The number of verdicts.
    pub fn total(self) -> i64 {
        self.approve + self.needs_revision + self.reject
    }

    /// Returns the verdict of more than half of `seats`, if there is one. The missing verdicts can't change it.
    pub fn majority(self, seats: i64) -> Option<Verdict> {
        self.each().into_iter().find(|(_, count)| count * 2 > seats).map(|(verdict, _)| verdict)
    }

    /// Returns the most frequent verdict, if there is only one.
    fn plurality(self) -> Option<Verdict> {
        let (leader, most) = self.each().into_iter().max_by_key(|(_, count)| *count)?;
        let leaders = self.each().into_iter().filter(|(_, count)| *count == most).count();
        (leaders == 1).then_some(leader)
    }

    fn each(self) -> [(Verdict, i64); 3] {
        [(Verdict::Approve, self.approve), (Verdict::NeedsRevision, self.needs_revision), (Verdict::Reject, self.reject)]
    }
}

/// Returns the consensus of all seats: the verdict of more than half of them. None is a tie, which a tie-break seat may decide; after
/// its verdict (`tie_broken`) the most frequent verdict counts, and `needs_revision` if two still lead.
pub fn consensus(tally: Tally, tie_broken: bool) -> Option<Verdict> {
    match (tally.majority(tally.total()), tie_broken) {
        (Some(verdict), _) => Some(verdict),
        (None, false) => None,
        (None, true) => Some(tally.plurality().unwrap_or(TIED)),
    }
}

/// The consensus of an unbroken tie: the worker may improve the work, and no side loses money.
pub(super) const TIED: Verdict = Verdict::NeedsRevision;

#[cfg(test)]
mod tests {
    use super::*;

    /// Every split of one to nine verdicts, with its consensus before and after a tie-break.
    #[test]
    fn every_split_of_one_to_nine_is_decided() {
        let mut seen = 0;
        for total in 1..=9_i64 {
            for approve in 0..=total {
                for needs_revision in 0..=total - approve {
                    let tally = Tally { approve, needs_revision, reject: total - approve - needs_revision };
                    check(tally);
                    seen += 1;
                }
            }
        }
        assert_eq!(seen, 219, "the number of ways to split one to nine in three");
    }

    fn check(tally: Tally) {
        let Tally { approve: a, needs_revision: n, reject: r } = tally;
        let strict = if a > n + r {
            Some(Verdict::Approve)
        } else if n > a + r {
            Some(Verdict::NeedsRevision)
        } else if r > a + n {
            Some(Verdict::Reject)
        } else {
            None
        };
        assert_eq!(consensus(tally, false), strict, "{tally:?}");
        let led = if a > n && a > r {
            Verdict::Approve
        } else if r > a && r > n {
            Verdict::Reject
        } else {
            Verdict::NeedsRevision
        };
        assert_eq!(consensus(tally, true), Some(strict.unwrap_or(led)), "{tally:?} after the tie-break");
    }

    #[test]
    fn a_majority_counts_those_who_are_silent() {
        let two = Tally::of(&[Verdict::Approve, Verdict::Approve]);
        assert_eq!((two.majority(3), two.majority(4)), (Some(Verdict::Approve), None));
    }
}
