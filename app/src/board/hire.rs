//! A poster's dashboard: what needs them, their money, all their jobs.

use super::calls::{self, Hiring};
use super::next::{Next, for_poster};
use crate::job::{address, reference, worth};
use crate::load::load;
use crate::member::verify::VerifyFirst;
use crate::ui::countdown::{Countdown, words};
use crate::ui::figures::{Figure, Figures};
use crate::ui::flash_notice::FlashNotice;
use crate::ui::frame::{Frame, PageHead, Place};
use crate::ui::notice::Empty;
use crate::ui::pager::Pager;
use crate::ui::status::StatusBadge;
use crate::ui::table::{Cell, Head, Row, Table};
use crate::ui::when::When;
use crate::visitor;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use market::job::Card;
use market::wallet::Wallet;
use market::{Page, Time};

/// The page.
#[component]
pub fn Hire() -> impl IntoView {
    let offset = use_query_map().with_untracked(|query| query.get("offset")).and_then(|text| text.parse().ok()).unwrap_or(0);
    load(calls::hire_board(offset), |hiring| view! { <Whole hiring=hiring /> })
}

#[component]
fn Whole(hiring: Hiring) -> impl IntoView {
    let Hiring { needed, wallet, jobs } = hiring;
    view! {
        <Frame title="Hire" place=Place::Hire>
            <PageHead title="Hire"><a class="btn" href="/jobs/new">"Post a job"</a></PageHead>
            <VerifyFirst />
            <FlashNotice />
            <Needed cards=needed />
            <Balances wallet=wallet />
            <All jobs=jobs />
        </Frame>
    }
}

#[component]
fn Needed(cards: Vec<Card>) -> impl IntoView {
    let now = visitor::now();
    let nearest = cards.iter().filter_map(|card| card.due_at).min();
    let told = nearest.map(|at| format!("{}, the nearest deadline in {}", cards.len(), words(at.since(now).as_ms())));
    let heads = vec![
        Head::words("Job"),
        Head::words("Status"),
        Head::words("Next step"),
        Head::number("Time left"),
        Head::words("Otherwise"),
        Head::act("Act"),
    ];
    let table = if cards.is_empty() {
        view! { <p class="soft">"Nothing waits for you."</p> }.into_any()
    } else {
        let rows = cards.into_iter().enumerate().filter_map(|(i, card)| Some(need(for_poster(&card)?, card, i == 0, now)));
        let rows = rows.collect_view();
        view! { <Table class="table fold mid" label="Jobs waiting for you, with the time left and what happens without you" heads=heads>{rows}</Table> }.into_any()
    };
    view! {
        <section aria-labelledby="need">
            <div class="section-head"><h2 id="need">"Needs you"</h2><span class="soft">{told}</span></div>
            {table}
        </section>
    }
}

fn need(next: Next, card: Card, first: bool, now: Time) -> impl IntoView {
    let Next { step, act, otherwise } = next;
    let (to, there) = (address(&card.id), address(&card.id));
    let label = format!("{act}: {}", card.title);
    let left = card.due_at.map(|at| view! { <Countdown at=at.to_string() left_ms=at.since(now).as_ms() /> });
    view! {
        <Row>
            <Cell class="main"><a class="plain" href=there>{card.title}</a></Cell>
            <Cell class="narrow-hide"><StatusBadge status=card.status /></Cell>
            <Cell class="soft">{step}</Cell>
            <Cell class="num end">{left}</Cell>
            <Cell class="soft" label="Otherwise">{otherwise}</Cell>
            <Cell class="act"><a class=if first { "btn primary" } else { "btn" } href=to aria-label=label>{act}</a></Cell>
        </Row>
    }
}

#[component]
fn Balances(wallet: Wallet) -> impl IntoView {
    view! {
        <section class="section" aria-labelledby="money">
            <div class="section-head"><h2 id="money">"Money"</h2><a href="/wallet">"Wallet"</a></div>
            <Figures>
                <Figure label="Available" value=wallet.available.to_string() note="USD, to spend" />
                <Figure label="In escrow" value=wallet.reserved.to_string() note="for your jobs, fees included" />
                <Figure label="Pending" value=wallet.pending.to_string() note="earned, cooling down" />
                <Figure label="Total" value=wallet.total().to_string() note="sum of all" />
            </Figures>
        </section>
    }
}

#[component]
fn All(jobs: Page<Card>) -> impl IntoView {
    let shown = (&jobs).into();
    let total = jobs.total;
    let table = if total == 0 {
        view! { <Empty title="No jobs yet"><p>"Post the first: say what counts as done, and what it may cost."</p><a class="btn primary" href="/jobs/new">"Post a job"</a></Empty> }
            .into_any()
    } else {
        let heads = vec![
            Head::words("Job"),
            Head::words("Status"),
            Head::words("Worker"),
            Head::number("Applied"),
            Head::number("Posted"),
            Head::number("Price or budget, USD"),
        ];
        let rows = jobs.items.into_iter().map(row).collect_view();
        view! { <Table label="All your jobs, newest first" heads=heads>{rows}</Table> }.into_any()
    };
    view! {
        <section class="section" aria-labelledby="all">
            <div class="section-head"><h2 id="all">"All jobs"</h2><span class="soft">{(total > 0).then_some(total)}</span></div>
            {table}
            <Pager shown=shown to="/hire" />
        </section>
    }
}

fn row(card: Card) -> impl IntoView {
    let worth = worth(&card);
    view! {
        <Row>
            <Cell class="main">
                <a class="plain" href=address(&card.id)>{card.title}</a>
                <span class="sub mono">{reference(&card.id)}</span>
            </Cell>
            <Cell label="Status"><StatusBadge status=card.status /></Cell>
            <Cell class="narrow-hide">{card.worker.unwrap_or_else(|| "–".to_owned())}</Cell>
            <Cell class="num narrow-hide">{card.applications}</Cell>
            <Cell class="num narrow-hide"><When at=card.created_at day_only=true /></Cell>
            <Cell class="num end"><span class="money">{worth}</span></Cell>
        </Row>
    }
}
