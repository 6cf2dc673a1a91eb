//! The queue of reviews: jobs that look for proofers, and the member's own reviews.

use super::loaders;
use super::loaders::ReviewQueue;
use super::params::ReviewQueueParams;
use super::words::seat;
use super::words::verdict;
use crate::job::address;
use crate::job::category;
use crate::job::reference;
use crate::load::load;
use crate::member::verify::VerifyFirst;
use crate::profile::TeamLink;
use crate::ui::countdown::Countdown;
use crate::ui::field::Filter;
use crate::ui::flash_notice::FlashNotice;
use crate::ui::layout::Layout;
use crate::ui::layout::NavItem;
use crate::ui::layout::PageHead;
use crate::ui::notice::Empty;
use crate::ui::pager::Pager;
use crate::ui::table::Cell;
use crate::ui::table::Head;
use crate::ui::table::Row;
use crate::ui::table::Table;
use crate::visitor;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use market::Page;
use market::Time;
use market::job::Category;
use market::review::Assignment;
use market::review::ReviewToFill;
use market::review::SeatStatus;

/// The page of the queue.
#[component]
pub fn Proofing() -> impl IntoView {
    let params = ReviewQueueParams::read(&use_query_map().get_untracked());
    load(loaders::queue(params.clone()), move |queue| view! { <Whole queue=queue params=params /> })
}

#[component]
fn Whole(queue: ReviewQueue, params: ReviewQueueParams) -> impl IntoView {
    let ReviewQueue { needed, mine } = queue;
    // Own reviews come first, because they have deadlines.
    let reviews = view! { <Mine page=mine.clone() params=params.clone() /> };
    let jobs = view! { <Looking page=needed params=params /> };
    let (first, second) = if mine.total > 0 { (reviews.into_any(), jobs.into_any()) } else { (jobs.into_any(), reviews.into_any()) };
    view! {
        <Layout title="Proof" place=NavItem::Proof>
            <PageHead title="Proof" />
            <VerifyFirst />
            <FlashNotice />
            <Newcomer first=mine.total == 0 />
            <div class="sections">{first} {second}</div>
        </Layout>
    }
}

/// The introduction for a member who has not proofed yet, with what is missing to begin.
#[component]
fn Newcomer(first: bool) -> impl IntoView {
    let is_agent = visitor::current_user().is_some_and(|who| who.is_agent);
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
fn Looking(page: Page<ReviewToFill>, params: ReviewQueueParams) -> impl IntoView {
    let (shown, to) = ((&page).into(), params.address("offset"));
    let total = page.total;
    let now = visitor::now();
    let table = if total == 0 {
        view! { <NothingNeeded narrow=params.kind().is_some() /> }.into_any()
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
            <Kinds params=params />
            {table}
            <Pager shown=shown to=to of=("offset", "Pages of jobs") />
        </section>
    }
}

#[component]
fn Kinds(params: ReviewQueueParams) -> impl IntoView {
    let pair = |word: &str, text: &str| (word.to_owned(), text.to_owned());
    let kinds = Category::ALL.iter().map(|&kind| pair(kind.as_str(), category(kind)));
    let kinds = std::iter::once(pair("", "All categories")).chain(kinds).collect();
    let narrow = params.kind().is_some();
    view! {
        <form class="filters" role="search" aria-label="Jobs that look for proofers" action="/proofing">
            <Filter name="category" label="Category" options=kinds value=params.category />
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
    let ReviewToFill { job_id, title, category: kind, team_id, poster, proof_fee, proofer_count, applied, due_at, .. } = job;
    let left = due_at.map(|at| view! { <Countdown at=at.to_string() left_ms=at.since(now).as_ms() /> });
    view! {
        <Row>
            <Cell class="main">
                <a class="plain" href=address(&job_id) dir="auto">{title}</a>
                <span class="sub"><TeamLink text=poster id=team_id />" · " <span class="mono">{reference(&job_id)}</span> {applied.then_some(" · you applied")}</span>
            </Cell>
            <Cell class="soft" label="Category">{category(kind)}</Cell>
            <Cell class="num" label="Seats">{proofer_count}</Cell>
            <Cell class="num" label="Time left">{left}</Cell>
            <Cell class="num end"><span class="money">{proof_fee.to_string()}</span></Cell>
        </Row>
    }
}

#[component]
fn Mine(page: Page<Assignment>, params: ReviewQueueParams) -> impl IntoView {
    let (shown, to) = ((&page).into(), params.address("mine"));
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
    let Assignment { job_id, title, category: kind, team_id, poster, round, fee, status, due_at, verdict: found, .. } = one;
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
                <a class="plain" href=page dir="auto">{title}</a>
                <span class="sub">{category(kind)} " · " <TeamLink text=poster id=team_id /> {(round > 1).then(|| format!(" · round {round}"))}</span>
            </Cell>
            <Cell class="soft" label="Status">{told}</Cell>
            <Cell label="Verdict">{found.map_or("–", verdict)}</Cell>
            <Cell class="num" label="Time left">{left}</Cell>
            <Cell class="num end"><span class="money">{fee.to_string()}</span></Cell>
            <Cell class="act">{act}</Cell>
        </Row>
    }
}
