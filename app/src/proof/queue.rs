//! The queue of reviews: jobs that look for proofers, and the member's own reviews.

use super::calls::{self, Waiting};
use super::words::{seat, verdict};
use crate::job::{address, category, reference};
use crate::load::load;
use crate::member::verify::VerifyFirst;
use crate::ui::countdown::Countdown;
use crate::ui::field::Filter;
use crate::ui::flash_notice::FlashNotice;
use crate::ui::frame::{Frame, PageHead, Place};
use crate::ui::notice::Empty;
use crate::ui::pager::Pager;
use crate::ui::table::{Cell, Head, Row, Table};
use crate::{url, visitor};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;
use market::job::Category;
use market::review::{Assignment, ReviewToFill, SeatStatus};
use market::{Page, Time};
use serde::{Deserialize, Serialize};

/// The query parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    category: String,
    /// The offset in the list of jobs.
    pub offset: i64,
    /// The offset in the list of own reviews.
    pub mine: i64,
}

impl Wanted {
    fn read(query: &ParamsMap) -> Self {
        let number = |name| query.get(name).and_then(|text| text.parse().ok()).unwrap_or(0);
        Self { category: query.get("category").unwrap_or_default(), offset: number("offset"), mine: number("mine") }
    }
    /// Returns the category of the listed jobs; none for all or for an unknown one.
    pub fn kind(&self) -> Option<Category> {
        Category::parse(&self.category)
    }
    /// Returns the page's address for one list's pager, which keeps the offset of the other list.
    fn address(&self, list: &str) -> String {
        let (offset, mine) = (self.offset.to_string(), self.mine.to_string());
        let other = match list {
            "offset" if self.mine > 0 => ("mine", mine.as_str()),
            "mine" if self.offset > 0 => ("offset", offset.as_str()),
            _ => ("", ""),
        };
        url::with_query("/proofing", &[("category", &self.category), other])
    }
}

/// The page of the queue.
#[component]
pub fn Proofing() -> impl IntoView {
    let wanted = Wanted::read(&use_query_map().get_untracked());
    load(calls::queue(wanted.clone()), move |queue| view! { <Whole queue=queue wanted=wanted /> })
}

#[component]
fn Whole(queue: Waiting, wanted: Wanted) -> impl IntoView {
    let Waiting { needed, mine } = queue;
    // Own reviews come first, because they have deadlines.
    let reviews = view! { <Mine page=mine.clone() wanted=wanted.clone() /> };
    let jobs = view! { <Looking page=needed wanted=wanted /> };
    let (first, second) = if mine.total > 0 { (reviews.into_any(), jobs.into_any()) } else { (jobs.into_any(), reviews.into_any()) };
    view! {
        <Frame title="Proof" place=Place::Proof>
            <PageHead title="Proof" />
            <VerifyFirst />
            <FlashNotice />
            <Newcomer first=mine.total == 0 />
            <div class="sections">{first} {second}</div>
        </Frame>
    }
}

/// The introduction for a member who has not proofed yet, with what is missing to begin.
#[component]
fn Newcomer(first: bool) -> impl IntoView {
    let is_agent = visitor::who().is_some_and(|who| who.is_agent);
    let missing = (!is_agent)
        .then(|| view! { " Posters choose proofers by profile. "<a href="/settings/agent?next=/proofing">"Create yours"</a>" to apply." });
    (first || !is_agent).then(|| {
        view! {
            <p class="prose soft mb-8">
                "Proofers judge work by its brief, without knowing what anybody else finds, and are paid for each verdict, whatever it says."
                {missing}
            </p>
        }
    })
}

#[component]
fn Looking(page: Page<ReviewToFill>, wanted: Wanted) -> impl IntoView {
    let (shown, to) = ((&page).into(), wanted.address("offset"));
    let total = page.total;
    let now = visitor::now();
    let table = if total == 0 {
        view! { <NothingNeeded narrow=wanted.kind().is_some() /> }.into_any()
    } else if page.items.is_empty() {
        // The page is beyond the end; the pager says so and leads back.
        ().into_any()
    } else {
        let heads =
            vec![Head::words("Job"), Head::words("Category"), Head::number("Seats"), Head::number("Time left"), Head::number("Fee, USD")];
        let rows = page.items.into_iter().map(|job| looking(job, now)).collect_view();
        view! { <Table label="Jobs that look for proofers, the longest waiting first. Fees in USD." heads=heads>{rows}</Table> }.into_any()
    };
    view! {
        <section class="section" aria-labelledby="needed">
            <div class="section-head"><h2 id="needed">"Jobs that look for proofers"</h2><span class="soft">{(total > 0).then_some(total)}</span></div>
            <Kinds wanted=wanted />
            {table}
            <Pager shown=shown to=to of=("offset", "Pages of jobs") />
        </section>
    }
}

#[component]
fn Kinds(wanted: Wanted) -> impl IntoView {
    let pair = |word: &str, text: &str| (word.to_owned(), text.to_owned());
    let kinds = Category::ALL.iter().map(|&kind| pair(kind.as_str(), category(kind)));
    let kinds = std::iter::once(pair("", "All categories")).chain(kinds).collect();
    let narrow = wanted.kind().is_some();
    view! {
        <form class="filters" role="search" aria-label="Jobs that look for proofers" action="/proofing">
            <Filter name="category" label="Category" options=kinds value=wanted.category />
            <button class="btn" type="submit">"Show"</button>
            {narrow.then(|| view! { <a class="btn quiet" href="/proofing">"Clear"</a> })}
        </form>
    }
}

#[component]
fn NothingNeeded(narrow: bool) -> impl IntoView {
    if narrow {
        return view! { <Empty title="Nothing in this category"><p>"Other kinds of work may be waiting."</p><a class="btn" href="/proofing">"All categories"</a></Empty> }.into_any();
    }
    view! { <Empty title="No job looks for proofers just now"><p>"When the work on a job is handed in and its poster asked for proofers, it is listed here."</p></Empty> }
        .into_any()
}

fn looking(job: ReviewToFill, now: Time) -> impl IntoView {
    let ReviewToFill { job_id, title, category: kind, poster, proof_fee, proofer_count, applied, due_at, .. } = job;
    let left = due_at.map(|at| view! { <Countdown at=at.to_string() left_ms=at.since(now).as_ms() /> });
    view! {
        <Row>
            <Cell class="main">
                <a class="plain" href=address(&job_id)>{title}</a>
                <span class="sub">{poster} " · " <span class="mono">{reference(&job_id)}</span> {applied.then_some(" · you applied")}</span>
            </Cell>
            <Cell class="soft" label="Category">{category(kind)}</Cell>
            <Cell class="num" label="Seats">{proofer_count}</Cell>
            <Cell class="num" label="Time left">{left}</Cell>
            <Cell class="num end"><span class="money">{proof_fee.to_string()}</span></Cell>
        </Row>
    }
}

#[component]
fn Mine(page: Page<Assignment>, wanted: Wanted) -> impl IntoView {
    let (shown, to) = ((&page).into(), wanted.address("mine"));
    let total = page.total;
    let now = visitor::now();
    let table = if total == 0 {
        view! { <p class="soft">"You hold no seat yet. Apply to a job that looks for proofers; its poster chooses."</p> }.into_any()
    } else if page.items.is_empty() {
        ().into_any()
    } else {
        let heads = vec![
            Head::words("Job"),
            Head::words("Status"),
            Head::words("Verdict"),
            Head::number("Time left"),
            Head::number("Fee, USD"),
            Head::act("Act"),
        ];
        let rows = page.items.into_iter().enumerate().map(|(i, one)| mine(one, i == 0, now)).collect_view();
        view! { <Table class="table fold mid" label="Your reviews, the nearest deadline first. Fees in USD." heads=heads>{rows}</Table> }
            .into_any()
    };
    view! {
        <section class="section" aria-labelledby="mine">
            <div class="section-head"><h2 id="mine">"Your reviews"</h2><span class="soft">{(total > 0).then_some(total)}</span></div>
            {table}
            <Pager shown=shown to=to of=("mine", "Pages of reviews") />
        </section>
    }
}

fn mine(one: Assignment, first: bool, now: Time) -> impl IntoView {
    let Assignment { job_id, title, category: kind, poster, round, fee, status, due_at, verdict: found, .. } = one;
    let due = due_at.filter(|_| status == SeatStatus::Funded);
    let left = due.map(|at| view! { <Countdown at=at.to_string() left_ms=at.since(now).as_ms() /> });
    let told = match status {
        SeatStatus::Funded => "Verdict due",
        SeatStatus::Submitted => "Waiting for the others",
        other => seat(other),
    };
    let due = status == SeatStatus::Funded;
    let act = if due { "Review" } else { "Look" };
    let class = if due && first { "btn primary" } else { "btn" };
    let label = format!("{act}: {title}, round {round}");
    let (page, review) = (address(&job_id), format!("{}/review", address(&job_id)));
    let act = match status {
        SeatStatus::Freed => ().into_any(),
        SeatStatus::Accepted => view! { <a class=class href=page.clone() aria-label=label>{act}</a> }.into_any(),
        _ => view! { <a class=class href=review aria-label=label>{act}</a> }.into_any(),
    };
    view! {
        <Row>
            <Cell class="main">
                <a class="plain" href=page>{title}</a>
                <span class="sub">{category(kind)} " · " {poster} {(round > 1).then(|| format!(" · round {round}"))}</span>
            </Cell>
            <Cell class="soft" label="Status">{told}</Cell>
            <Cell label="Verdict">{found.map_or("–", verdict)}</Cell>
            <Cell class="num" label="Time left">{left}</Cell>
            <Cell class="num end"><span class="money">{fee.to_string()}</span></Cell>
            <Cell class="act">{act}</Cell>
        </Row>
    }
}
