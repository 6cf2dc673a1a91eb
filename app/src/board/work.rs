//! A worker's dashboard: what to do next, what matches, what was applied for, what is coming in.

pub mod aside;

use super::calls::{self, Working};
use super::next::for_worker;
use crate::job::{address, budget, category, worth};
use crate::load::load;
use crate::member::verify::VerifyFirst;
use crate::ui::countdown::Countdown;
use crate::ui::flash_notice::FlashNotice;
use crate::ui::frame::{Frame, PageHead, Place};
use crate::ui::id::Id;
use crate::ui::notice::Empty;
use crate::ui::pager::Pager;
use crate::ui::status::StatusBadge;
use crate::ui::table::{Cell, Head, Row, Table};
use crate::ui::when::When;
use crate::visitor;
use aside::Aside;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use market::agent::{Agent, Kind};
use market::application::{Application, Status};
use market::job::Card;
use market::{Page, Time};

/// The page.
#[component]
pub fn Work() -> impl IntoView {
    let offset = use_query_map().with_untracked(|query| query.get("offset")).and_then(|text| text.parse().ok()).unwrap_or(0);
    load(calls::work_board(offset), |working| match working {
        Some(working) => view! { <Whole working=working /> }.into_any(),
        None => view! { <NoProfile /> }.into_any(),
    })
}

#[component]
fn NoProfile() -> impl IntoView {
    view! {
        <Frame title="Work" place=Place::Work>
            <PageHead title="Work" />
            <VerifyFirst />
            <FlashNotice />
            <Empty title="No agent profile yet">
                <p>"To apply and deliver, say what you are, a person or a program, and what you do."</p>
                <a class="btn primary" href="/settings/agent">"Create your profile"</a>
            </Empty>
        </Frame>
    }
}

#[component]
fn Whole(working: Working) -> impl IntoView {
    let Working { agent, active, matching, applications, finished, wallet, keys } = working;
    let cooling = active.iter().filter(|card| card.status == market::job::Status::Releasing).cloned().collect::<Vec<_>>();
    view! {
        <Frame title="Work" place=Place::Work>
            <Title agent=agent />
            <VerifyFirst />
            <FlashNotice />
            <div class="split">
                <div>
                    <Active cards=active />
                    <Matching cards=matching />
                    <Applications page=applications />
                    <Finished cards=finished />
                </div>
                <Aside cooling=cooling wallet=wallet keys=keys />
            </div>
        </Frame>
    }
}

/// The agent's name and id.
#[component]
fn Title(agent: Agent) -> impl IntoView {
    let kind = if agent.kind == Kind::Agent { "Agent" } else { "Person" };
    let does = agent.specializations.iter().map(|&one| category(one)).collect::<Vec<_>>().join(", ");
    view! {
        <div class="page-head">
            <div>
                <h1>{agent.name}</h1>
                <div class="facts mt-2"><span>{kind}</span><span>{does}</span><Id text=agent.id.to_string() noun="agent id" /></div>
            </div>
            <div class="row"><a class="btn" href="/settings/agent">"Edit profile"</a><a class="btn" href="/jobs?for=me">"Find jobs"</a></div>
        </div>
    }
}

#[component]
fn Active(cards: Vec<Card>) -> impl IntoView {
    let now = visitor::now();
    let mine = cards.iter().filter(|card| for_worker(card.status).0).count();
    let told = match (cards.len(), mine) {
        (0, _) => None,
        (all, 0) => Some(format!("{all}, none is your move")),
        (all, 1) => Some(format!("{all}, one is your move")),
        (all, mine) => Some(format!("{all}, {mine} are your move")),
    };
    let table = if cards.is_empty() {
        view! { <p class="soft">"No job at hand. Apply to one that matches."</p> }.into_any()
    } else {
        let heads =
            vec![Head::words("Job"), Head::words("Status"), Head::words("Next step"), Head::number("Time left"), Head::number("Pays, USD")];
        let rows = cards.into_iter().map(|card| active(card, now)).collect_view();
        view! { <Table class="table fold mid" label="Active jobs with the next step and its deadline" heads=heads>{rows}</Table> }
            .into_any()
    };
    view! {
        <section class="section" aria-labelledby="active">
            <div class="section-head"><h2 id="active">"Active jobs"</h2><span class="soft">{told}</span></div>
            {table}
        </section>
    }
}

fn active(card: Card, now: Time) -> impl IntoView {
    let (mine, step) = for_worker(card.status);
    let left = card.due_at.map(|at| view! { <Countdown at=at.to_string() left_ms=at.since(now).as_ms() /> });
    let worth = worth(&card);
    view! {
        <Row>
            <Cell class="main"><a class="plain" href=address(&card.id)>{card.title}</a></Cell>
            <Cell label="Status"><StatusBadge status=card.status /></Cell>
            <Cell class=if mine { "" } else { "soft" } label="Next"><span>{mine.then(|| view! { <b>"You: "</b> })}{step}</span></Cell>
            <Cell class="num" label="Time left">{left}</Cell>
            <Cell class="num end"><span class="money">{worth}</span></Cell>
        </Row>
    }
}

#[component]
fn Matching(cards: Page<Card>) -> impl IntoView {
    let table = if cards.items.is_empty() {
        view! { <p class="soft">"Nothing open in your specializations just now."</p> }.into_any()
    } else {
        let heads = vec![Head::words("Job"), Head::words("Category"), Head::number("Due"), Head::number("Budget, USD")];
        let rows = cards.items.into_iter().map(matching).collect_view();
        view! { <Table label="Open jobs in your specializations, newest first" heads=heads>{rows}</Table> }.into_any()
    };
    view! {
        <section class="section" aria-labelledby="matching">
            <div class="section-head"><h2 id="matching">"Jobs that match"</h2><a href="/jobs?for=me">{format!("All {}", cards.total)}</a></div>
            {table}
        </section>
    }
}

fn matching(card: Card) -> impl IntoView {
    let due = match card.deadline {
        Some(at) => view! { <When at=at day_only=true /> }.into_any(),
        None => "–".into_any(),
    };
    view! {
        <Row>
            <Cell class="main"><a class="plain" href=address(&card.id)>{card.title}</a></Cell>
            <Cell class="soft">{category(card.category)}</Cell>
            <Cell class="num narrow-hide">{due}</Cell>
            <Cell class="num end"><span class="money">{budget(card.budget_min, card.budget_max)}</span></Cell>
        </Row>
    }
}

#[component]
fn Applications(page: Page<Application>) -> impl IntoView {
    let shown = (&page).into();
    let table = if page.total == 0 {
        view! { <p class="soft">"You have not applied yet."</p> }.into_any()
    } else {
        let heads = vec![Head::words("Job"), Head::words("Result"), Head::number("Applied"), Head::number("Your price, USD")];
        let rows = page.items.into_iter().map(application).collect_view();
        view! { <Table label="Your applications, newest first" heads=heads>{rows}</Table> }.into_any()
    };
    view! {
        <section class="section" aria-labelledby="applications">
            <div class="section-head"><h2 id="applications">"Applications"</h2><span class="soft">{(page.total > 0).then_some(page.total)}</span></div>
            {table}
            <Pager shown=shown to="/work" />
        </section>
    }
}

fn application(one: Application) -> impl IntoView {
    let result = match one.status {
        Status::Pending => "Waiting",
        Status::Accepted => "Accepted",
        Status::Declined => "Not chosen",
    };
    view! {
        <Row>
            <Cell class="main"><a class="plain" href=address(&one.job_id)>{one.job_title}</a></Cell>
            <Cell class="soft" label="Result">{result}</Cell>
            <Cell class="num narrow-hide"><When at=one.created_at day_only=true /></Cell>
            <Cell class="num end"><span class="money">{one.price.to_string()}</span></Cell>
        </Row>
    }
}

#[component]
fn Finished(cards: Page<Card>) -> impl IntoView {
    (!cards.items.is_empty()).then(|| {
        let heads = vec![Head::words("Job"), Head::words("Poster"), Head::number("Finished"), Head::number("Paid, USD")];
        let rows = cards.items.into_iter().map(finished).collect_view();
        view! {
            <section class="section" aria-labelledby="finished">
                <div class="section-head"><h2 id="finished">"Finished"</h2><span class="soft">{format!("the latest of {}", cards.total)}</span></div>
                <Table label="Jobs that were paid, newest first" heads=heads>{rows}</Table>
            </section>
        }
    })
}

fn finished(card: Card) -> impl IntoView {
    let worth = worth(&card);
    view! {
        <Row>
            <Cell class="main"><a class="plain" href=address(&card.id)>{card.title}</a></Cell>
            <Cell class="soft">{card.poster}</Cell>
            <Cell class="num narrow-hide"><When at=card.updated_at day_only=true /></Cell>
            <Cell class="num end"><span class="money">{worth}</span></Cell>
        </Row>
    }
}
