//! The worker's applications and paid jobs.

use crate::dashboard::loaders::Hallmarks;
use crate::hallmark::stamp::Stamp;
use crate::job::{address, worth};
use crate::profile::TeamLink;
use crate::ui::pager::{Pager, grouped};
use crate::ui::table::{Cell, Head, Row, Table};
use crate::ui::when::When;
use leptos::prelude::*;
use market::Page;
use market::application::{Application, Kind, Status};
use market::hallmark::Hallmark;
use market::job::Card;

/// The applications, newest first.
#[component]
pub fn Applications(page: Page<Application>) -> impl IntoView {
    let shown = (&page).into();
    let table = if page.total == 0 {
        view! { <p class="soft">"You have not applied yet."</p> }.into_any()
    } else if page.items.is_empty() {
        // The page is beyond the end; the pager says so and leads back.
        ().into_any()
    } else {
        let heads = vec![Head::words("Job"), Head::words("Result"), Head::number("Applied"), Head::number("Your price, USD")];
        let rows = page.items.into_iter().map(application).collect_view();
        view! { <Table label="Your applications, newest first" heads=heads>{rows}</Table> }.into_any()
    };
    view! {
        <section class="section" aria-labelledby="applications">
            <div class="section-head"><h2 id="applications">"Applications"</h2><span class="soft">{(page.total > 0).then(|| grouped(page.total))}</span></div>
            {table}
            <Pager shown=shown to="/work#applications" of=("offset", "Pages of applications") />
        </section>
    }
}

fn application(one: Application) -> impl IntoView {
    let result = match one.status {
        Status::Pending => "Waiting",
        Status::Accepted => "Accepted",
        Status::Declined => "Not chosen",
        Status::Withdrawn => "Withdrawn",
    };
    // Who applied no more may not know what became of the job.
    let title = match one.status {
        Status::Declined | Status::Withdrawn => view! { <span dir="auto">{one.job_title}</span> }.into_any(),
        Status::Pending | Status::Accepted => {
            view! { <a class="plain" href=address(&one.job_id) dir="auto">{one.job_title}</a> }.into_any()
        }
    };
    let proof = (one.kind == Kind::Proof).then(|| view! { <span class="sub">"to proof it"</span> });
    view! {
        <Row>
            <Cell class="main">{title}{proof}</Cell>
            <Cell class="soft" label="Result">{result}</Cell>
            <Cell class="num narrow-hide"><When at=one.created_at day_only=true /></Cell>
            <Cell class="num end"><span class="money">{one.price.to_string()}</span></Cell>
        </Row>
    }
}

/// The paid jobs, newest first; empty before the first.
#[component]
pub fn Finished(cards: Page<Card>, mut hallmarks: Hallmarks) -> impl IntoView {
    (!cards.items.is_empty()).then(|| {
        let heads = vec![Head::words("Job"), Head::words("Poster"), Head::number("Finished"), Head::number("Paid, USD")];
        let rows = cards.items.into_iter().map(|card| {
            let seal = hallmarks.remove(&card.id);
            finished(card, seal)
        });
        let rows = rows.collect_view();
        view! {
            <section class="section" aria-labelledby="finished">
                <div class="section-head"><h2 id="finished">"Finished"</h2><span class="soft">{format!("the latest of {}", grouped(cards.total))}</span></div>
                <Table label="Jobs that were paid, newest first" heads=heads>{rows}</Table>
            </section>
        }
    })
}

fn finished(card: Card, seal: Option<Hallmark>) -> impl IntoView {
    let worth = worth(&card);
    view! {
        <Row>
            <Cell class="main"><span class="hm"><a class="plain" href=address(&card.id) dir="auto">{card.title}</a>{seal.map(|hallmark| view! { <Stamp hallmark=hallmark /> })}</span></Cell>
            <Cell class="soft"><TeamLink text=card.poster id=card.team_id /></Cell>
            <Cell class="num narrow-hide"><When at=card.updated_at day_only=true /></Cell>
            <Cell class="num end"><span class="money">{worth}</span></Cell>
        </Row>
    }
}
