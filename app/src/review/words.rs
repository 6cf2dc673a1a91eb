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

/// Describes the rounds that are paid without asking the poster again: `Proofers later, up to 2 rounds of 3 × 12.00`.
pub fn commitment(settings: &Settings) -> Option<String> {
    let Settings { proofer_count: count, proof_fee: fee, proof_rounds, .. } = settings;
    let most = if *proof_rounds == 1 { "1 round".to_owned() } else { format!("up to {proof_rounds} rounds") };
    settings.proof_required.then(|| format!("Proofers later, {most} of {count} × {fee}"))
}

/// Completes a question about money with the cost of proofers that comes later.
pub fn plus(settings: &Settings) -> String {
    if !settings.proof_required {
        return String::new();
    }
    let (round, most, count) = (settings.plan().cost(), settings.cost_max(), settings.proofer_count);
    let many = match settings.proof_rounds {
        1 => format!("{round} for one round"),
        rounds => format!("{round} a round, {most} for {rounds} rounds at most"),
    };
    format!(" Later {} cost {many}; you are asked before any more.", proofers(count))
}

/// Warns of a round that costs more than half of the budget.
pub fn dear(settings: &Settings, budget_max: market::Money) -> Option<String> {
    let plan = settings.plan();
    plan.is_dear(budget_max).then(|| format!("A round of proofing costs {}, more than half of your budget of {budget_max}.", plan.cost()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use market::Money;

    #[test]
    fn later_rounds_are_told() {
        let settings = Settings { proof_required: true, proofer_count: 3, proof_fee: Money(1_200), proof_rounds: 2, ..Settings::default() };
        assert_eq!(commitment(&settings).as_deref(), Some("Proofers later, up to 2 rounds of 3 × 12.00"));
        assert_eq!(plus(&settings), " Later 3 proofers cost 36.00 a round, 72.00 for 2 rounds at most; you are asked before any more.");
        assert_eq!((commitment(&Settings::default()), plus(&Settings::default())), (None, String::new()));
        assert_eq!(dear(&settings, Money(7_200)), None);
        assert!(dear(&settings, Money(7_000)).is_some());
    }

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
