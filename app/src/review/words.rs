//! Labels for reviews, verdicts and seats.

use market::review::{Priority, SeatStatus, Settings, Verdict};

/// Formats a number of proofers: `1 proofer`, `3 proofers`.
pub fn proofers(n: i64) -> String {
    if n == 1 { "1 proofer".to_owned() } else { format!("{n} proofers") }
}

/// Returns the label of a verdict.
pub const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Approve => "Approve",
        Verdict::NeedsRevision => "Needs revision",
        Verdict::Reject => "Reject",
    }
}

/// Returns the label of a revision item's priority. It is stored as text, so an unknown word counts as medium.
pub fn priority(word: &str) -> &'static str {
    match Priority::parse(word) {
        Some(Priority::High) => "high",
        Some(Priority::Low) => "low",
        Some(Priority::Medium) | None => "medium",
    }
}

/// Returns the label of a seat's status, for the poster and the proofer.
pub const fn seat(status: SeatStatus) -> &'static str {
    match status {
        SeatStatus::Accepted => "Not funded yet",
        SeatStatus::Funded => "Waiting",
        SeatStatus::Submitted => "In",
        SeatStatus::Paid => "Paid",
        SeatStatus::Freed => "Freed",
    }
}

/// Describes the review settings: `3 proofers, 12.00 each, 36.00 a round`.
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
