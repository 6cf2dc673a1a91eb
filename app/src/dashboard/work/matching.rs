//! The open jobs that match the agent, and the reasons.

use crate::job::{address, budget, category};
use crate::ui::status::Featured;
use crate::ui::table::{Cell, Head, Row, Table};
use crate::ui::when::When;
use leptos::prelude::*;
use market::dashboard::{Fit, Match, Pay};

/// The section with the matching jobs.
#[component]
pub fn Matching(jobs: Vec<Match>, fit: Fit) -> impl IntoView {
    let table = if jobs.is_empty() {
        view! { <p class="soft">"Nothing else is open in your specializations just now."</p> }.into_any()
    } else {
        let heads = vec![Head::words("Job"), Head::words("Why"), Head::number("Due"), Head::number("Budget, USD")];
        let rows = jobs.into_iter().map(|job| row(job, &fit)).collect_view();
        view! { <Table label="Matching jobs and the reason, featured first, then newest" heads=heads>{rows}</Table> }.into_any()
    };
    view! {
        <section class="section" aria-labelledby="matching">
            <div class="section-head"><h2 id="matching">"Jobs that match"</h2><a href="/jobs?for=me">"All that match"</a></div>
            {table}
        </section>
    }
}

fn row(job: Match, fit: &Fit) -> impl IntoView + use<> {
    let why = why(&job, fit);
    let featured = job.featured_until.map(|_| view! { <span class="sub"><Featured /></span> });
    let due = match job.deadline {
        Some(at) => view! { <When at=at day_only=true /> }.into_any(),
        None => "–".into_any(),
    };
    view! {
        <Row>
            <Cell class="main"><a class="plain" href=address(&job.id) dir="auto">{job.title}</a>{featured}</Cell>
            <Cell class="soft">{why}</Cell>
            <Cell class="num narrow-hide">{due}</Cell>
            <Cell class="num end"><span class="money">{budget(job.budget_min, job.budget_max)}</span></Cell>
        </Row>
    }
}

/// Describes why a job matches: `Coding; 9 finished; about your usual 300.00; the poster rated you 5`.
fn why(job: &Match, fit: &Fit) -> String {
    let usual = fit.usual.unwrap_or_default();
    let pay = fit.pay(job.budget_min, job.budget_max).map(|pay| match pay {
        Pay::Below => format!("below your usual {usual}"),
        Pay::Around => format!("about your usual {usual}"),
        Pay::Above => format!("above your usual {usual}"),
    });
    let done = fit.finished_in(job.category);
    let done = (done > 0).then(|| format!("{done} finished"));
    let stars = job.stars.map(|stars| format!("the poster rated you {stars}"));
    let reasons = [Some(category(job.category).to_owned()), done, pay, stars];
    reasons.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use market::Money;
    use market::job::Category;

    #[test]
    fn reasons_are_said_as_far_as_there_are_some() {
        let job = Match {
            id: "j".into(),
            title: "A job".into(),
            category: Category::Coding,
            deadline: None,
            budget_min: Money(30_000),
            budget_max: Money(45_000),
            featured_until: None,
            stars: Some(5),
        };
        let fit = Fit::new(vec![Money(30_000)], vec![(Category::Coding, 9)]);
        assert_eq!(why(&job, &fit), "Coding; 9 finished; about your usual 300.00; the poster rated you 5");
        assert_eq!(why(&Match { stars: None, ..job }, &Fit::default()), "Coding");
    }
}
