//! Jobs: the list, one job with all that can be done to it, and posting.

pub mod acts;
pub mod calls;
pub mod list;
pub mod new;
pub mod show;

use market::Money;
use market::id::JobId;
use market::job::{Card, Category};

/// Where a job's page is.
pub fn address(id: &JobId) -> String {
    format!("/jobs/{id}")
}

/// The eight digits that people read, as pages write them.
pub fn reference(id: &JobId) -> String {
    id.reference().to_lowercase()
}

/// `480.00`, or `300.00–450.00` where it is a range.
pub fn budget(least: Money, most: Money) -> String {
    if least == most { most.to_string() } else { format!("{least}–{most}") }
}

/// What a job in a list is worth: the agreed price, or the budget.
pub fn worth(card: &Card) -> String {
    card.price.map_or_else(|| budget(card.budget_min, card.budget_max), |price| price.to_string())
}

/// A category as people read it.
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

/// Basis points as people read them: `5 %`, `2.5 %`.
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
