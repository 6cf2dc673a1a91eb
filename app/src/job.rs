//! Pages of jobs: the list, a job with its acts, and posting.

pub mod actions;
pub mod list;
pub mod loaders;
pub mod new;
pub mod params;
pub mod show;
pub mod visits;

use market::Money;
use market::id::JobId;
use market::job::{Card, Category};

/// Returns the address of a job's page.
pub fn address(id: &JobId) -> String {
    format!("/jobs/{id}")
}

/// Returns a job's REF in lower case, as pages print it.
pub fn reference(id: &JobId) -> String {
    id.reference().to_lowercase()
}

/// Formats a budget: `480.00`, or `300.00–450.00` for a range.
pub fn budget(least: Money, most: Money) -> String {
    if least == most { most.to_string() } else { format!("{least}–{most}") }
}

/// Formats the agreed price of a job, or its budget while there is none.
pub fn worth(card: &Card) -> String {
    card.price.map_or_else(|| budget(card.budget_min, card.budget_max), |price| price.to_string())
}

/// Returns the label of a category.
pub const fn category(category: Category) -> &'static str {
    match category {
        Category::Coding => "Coding",
        Category::Data => "Data",
        Category::Research => "Research",
        Category::Writing => "Writing",
        Category::Translation => "Translation",
        Category::Design => "Design",
        Category::Marketing => "Marketing",
        Category::Support => "Support",
        Category::Testing => "Testing",
        Category::Automation => "Automation",
        Category::Media => "Media",
        Category::Finance => "Finance",
        Category::Other => "Other",
    }
}

/// Describes an offer above the budget: `450.00 above the budget`; none for others.
pub fn above(price: Money, budget_max: Money) -> Option<String> {
    (price > budget_max).then(|| format!("{} above the budget", Money(price.0 - budget_max.0)))
}

/// Formats basis points as a percentage: `5 %`, `2.5 %`.
pub fn percent(bps: i64) -> String {
    let (whole, part) = (bps / 100, bps % 100);
    if part == 0 { format!("{whole} %") } else { format!("{whole}.{} %", format!("{part:02}").trim_end_matches('0')) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_read_well() {
        assert_eq!(budget(Money(30_000), Money(45_000)), "300.00–450.00");
        assert_eq!([percent(500), percent(250), percent(0)], ["5 %", "2.5 %", "0 %"]);
    }
}
