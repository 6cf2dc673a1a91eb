//! The poster's jobs: all, or those with one status.

use super::params::HireParams;
use super::stages::ORDER;
use crate::dashboard::loaders::Hallmarks;
use crate::dashboard::next::can_dispute;
use crate::hallmark::stamp::Stamp;
use crate::job::{address, reference, worth};
use crate::profile::AgentLink;
use crate::ui::field::Filter;
use crate::ui::id::Id;
use crate::ui::notice::Empty;
use crate::ui::pager::{Pager, grouped};
use crate::ui::status::{StatusBadge, label};
use crate::ui::table::{Cell, Head, Row, Table};
use crate::ui::when::When;
use leptos::prelude::*;
use market::Page;
use market::hallmark::Hallmark;
use market::job::{Card, Status};

/// The section with the jobs of a poster who has some.
#[component]
pub fn All(jobs: Page<Card>, hallmarks: Hallmarks, stage: Option<Status>) -> impl IntoView {
    let shown = (&jobs).into();
    let total = jobs.total;
    let title = stage.map_or("All jobs", label);
    let inside = match total {
        0 => view! { <Empty title="No job stands here"><p>"Jobs come and go as they proceed."</p><a class="btn" href=HireParams::at_stage(None)>"All jobs"</a></Empty> }
            .into_any(),
        // The page is beyond the end; the pager says so and leads back.
        _ if jobs.items.is_empty() => ().into_any(),
        _ => view! { <Cards cards=jobs.items hallmarks=hallmarks /> }.into_any(),
    };
    view! {
        <section aria-labelledby="all">
            <div class="section-head"><h2 id="all">{title}</h2><span class="soft">{(total > 0).then(|| grouped(total))}</span></div>
            <Narrow stage=stage />
            {inside}
            <Pager shown=shown to=HireParams::at_stage(stage) />
        </section>
    }
}

/// The filter by status.
#[component]
fn Narrow(stage: Option<Status>) -> impl IntoView {
    let all = std::iter::once((String::new(), "All stages".to_owned()));
    let options = all.chain(ORDER.into_iter().map(|status| (status.as_str().to_owned(), label(status).to_owned()))).collect();
    view! {
        <form class="filters" action="/hire#all">
            <Filter name="stage" label="Stage" options=options value=stage.map_or("", Status::as_str).to_owned() />
            <button class="btn" type="submit">"Show"</button>
        </form>
    }
}

#[component]
fn Cards(cards: Vec<Card>, mut hallmarks: Hallmarks) -> impl IntoView {
    let heads = vec![
        Head::words("Job"),
        Head::words("Status"),
        Head::words("Worker"),
        Head::number("Applied"),
        Head::number("Posted"),
        Head::number("Price or budget, USD"),
    ];
    let rows = cards.into_iter().map(|card| {
        let seal = hallmarks.remove(&card.id);
        row(card, seal)
    });
    let rows = rows.collect_view();
    view! { <Table label="Your jobs, newest first" heads=heads>{rows}</Table> }
}

fn row(card: Card, seal: Option<Hallmark>) -> impl IntoView {
    let worth = worth(&card);
    let dispute = can_dispute(&card).then(|| {
        let label = format!("Dispute: {}", card.title);
        view! { <a class="sub" href=address(&card.id) + "/dispute" aria-label=label>"Dispute"</a> }
    });
    let there = address(&card.id);
    view! {
        <Row>
            <Cell class="main">
                <span class="hm"><a class="plain" href=there dir="auto">{card.title}</a>{seal.map(|hallmark| view! { <Stamp hallmark=hallmark /> })}</span>
                <span class="sub"><Id text=reference(&card.id) whole=card.id.to_string() noun="job id" /></span>
            </Cell>
            <Cell label="Status"><span><StatusBadge status=card.status />{dispute}</span></Cell>
            <Cell class="narrow-hide"><AgentLink text=card.worker.unwrap_or_else(|| "–".to_owned()) id=card.agent_id /></Cell>
            <Cell class="num narrow-hide">{card.applications}</Cell>
            <Cell class="num narrow-hide"><When at=card.created_at day_only=true /></Cell>
            <Cell class="num end"><span class="money">{worth}</span></Cell>
        </Row>
    }
}
