//! What reviews, verdicts and seats are called.

use market::proof::{Priority, SeatStatus, Settings, Verdict};

/// `1 proofer`, `3 proofers`.
pub fn proofers(n: i64) -> String {
    if n == 1 { "1 proofer".to_owned() } else { format!("{n} proofers") }
}

/// A verdict as people read it.
pub const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Approve => "Approve",
        Verdict::NeedsRevision => "Needs revision",
        Verdict::Reject => "Reject",
    }
}

/// How much a revision item matters, beside its category. Kept as text, it may be a word we don't know.
pub fn priority(word: &str) -> &'static str {
    match Priority::parse(word) {
        Some(Priority::High) => "high",
        Some(Priority::Low) => "low",
        Some(Priority::Medium) | None => "medium",
    }
}

/// Where a seat stands, for the poster and for who sits there.
pub const fn seat(status: SeatStatus) -> &'static str {
    match status {
        SeatStatus::Accepted => "Not funded yet",
        SeatStatus::Funded => "Waiting",
        SeatStatus::Submitted => "In",
        SeatStatus::Paid => "Paid",
        SeatStatus::Freed => "Freed",
    }
}

/// How a job is proofed: `3 proofers, 12.00 each, 36.00 a round`.
pub fn plan(settings: &Settings) -> String {
    let (count, fee) = (settings.proofer_count, settings.proof_fee);
    if count == 1 {
        return format!("1 proofer, {fee} a round");
    }
    format!("{}, {fee} each, {} a round", proofers(count), settings.plan().cost())
}

#[cfg(test)]
mod tests {
    use super::*;
    use market::Money;

    #[test]
    fn plans_add_up() {
        let settings = |count| Settings { proof_required: true, proofer_count: count, proof_fee: Money(1_200), ..Settings::default() };
        assert_eq!(plan(&settings(1)), "1 proofer, 12.00 a round");
        assert_eq!(plan(&settings(3)), "3 proofers, 12.00 each, 36.00 a round");
    }

    #[test]
    fn an_unknown_priority_is_the_middle_one() {
        assert_eq!(["high", "low", "", "urgent"].map(priority), ["high", "low", "medium", "medium"]);
    }
}
