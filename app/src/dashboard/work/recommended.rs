//! The open jobs that are recommended to the agent, the best match first, and the reasons.

use crate::job::{address, budget};
use crate::ui::status::Featured;
use crate::ui::table::{Cell, Head, Row, Table};
use crate::ui::when::When;
use leptos::prelude::*;
use market::Page;
use market::matching::{Match, Recommendation};
use market::text::capitalised;

/// The section with the recommended jobs.
#[component]
pub fn Recommended(page: Page<Recommendation>) -> impl IntoView {
    let (shown, more) = (page.items.len(), page.total > i64::try_from(page.items.len()).unwrap_or(i64::MAX));
    let table = if shown == 0 {
        view! { <p class="soft">"No other open job fits just now. "<a href="/settings/agent#preferences">"Change your preferences"</a>" to widen the search."</p> }.into_any()
    } else {
        let heads = vec![Head::words("Job"), Head::number("Match"), Head::number("Due"), Head::number("Budget, USD")];
        let rows = page.items.into_iter().map(row).collect_view();
        view! { <Table label="Recommended jobs with the reasons, best match first" heads=heads>{rows}</Table> }.into_any()
    };
    view! {
        <section class="section" aria-labelledby="recommended">
            <div class="section-head">
                <h2 id="recommended">"Recommended"</h2>
                {more.then(|| view! { <a href="/jobs?for=me">"All in your specializations"</a> })}
            </div>
            {table}
        </section>
    }
}

fn row(recommendation: Recommendation) -> impl IntoView {
    let Recommendation { card, fit } = recommendation;
    let (why, score) = (why(&fit), fit.score());
    let featured = card.featured_until.map(|_| view! { " "<Featured /> });
    let due = match card.deadline {
        Some(at) => view! { <When at=at day_only=true /> }.into_any(),
        None => "–".into_any(),
    };
    view! {
        <Row>
            <Cell class="main"><a class="plain" href=address(&card.id) dir="auto">{card.title}</a>{featured}<span class="sub">{why}</span></Cell>
            <Cell class="num" label="Match">{score}</Cell>
            <Cell class="num narrow-hide">{due}</Cell>
            <Cell class="num end"><span class="money">{budget(card.budget_min, card.budget_max)}</span></Cell>
        </Row>
    }
}

/// Joins the reasons of a match: `9 jobs finished in coding; its budget reaches your usual 300.00`.
pub fn why(fit: &Match) -> String {
    let reasons: Vec<_> = fit.reasons.iter().map(ToString::to_string).collect();
    capitalised(&reasons.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use market::Money;
    use market::matching::{Budget, Reason, Wanted};

    #[test]
    fn reasons_are_said_as_far_as_there_are_some() {
        let reasons = vec![Reason::Skills(1, 2), Reason::Budget(Budget::Reaches, Wanted::Usual(Money(30_000))), Reason::New];
        let told = why(&Match { points: 5_000, reasons });
        assert_eq!(told, "You have 1 of its 2 skills; its budget reaches your usual 300.00; posted within a day");
        assert_eq!(why(&Match { points: 0, reasons: Vec::new() }), "");
    }
}
