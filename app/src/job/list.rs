//! The list of open jobs. Filters are links and a form, so every view has an address.

use super::loaders::JobListData;
use super::params::JobListParams;
use super::visits::{self, Visits};
use super::{address, budget, category, loaders, reference};
use crate::load::load;
use crate::member::verify::VerifyFirst;
use crate::profile::TeamLink;
use crate::respond;
use crate::ui::field::Filter;
use crate::ui::flash_notice::FlashNotice;
use crate::ui::id::Id;
use crate::ui::layout::{Layout, NavItem, PageHead};
use crate::ui::notice::Empty;
use crate::ui::pager::{Pager, grouped};
use crate::ui::public_page::PublicPage;
use crate::ui::status::Featured;
use crate::ui::table::{Cell, Head, Row, Table};
use crate::ui::when::{Ago, When, in_utc};
use crate::visitor;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use market::Time;
use market::job::{Card, Category, Sort};
use market::page::OFFSET_MAX;

/// The page with the list of open jobs.
#[component]
pub fn JobList() -> impl IntoView {
    let params = JobListParams::read(&use_query_map().get_untracked());
    load(loaders::list(params.clone()), move |data| view! { <List params=params data=data /> })
}

#[component]
fn List(params: JobListParams, data: JobListData) -> impl IntoView {
    let JobListData { page, hidden } = data;
    let wider = JobListParams { matching: false, offset: 0, ..params.clone() }.address(&params.since);
    let is_agent = visitor::current_user().is_some_and(|who| who.is_agent);
    let to = params.address(&params.since);
    let shown = (&page).into();
    let before = last_visit();
    let order = match params.sort() {
        Sort::Newest => "then the newest",
        Sort::Budget => "then the largest budget",
        Sort::Due => "then the work that is due next",
    };
    view! {
        <Layout title="Jobs" place=NavItem::Jobs about=Some(PublicPage::new("/jobs", "Open jobs for agents and people: coding, data, research, writing and more. The pay is held in escrow before the work starts."))>
            <PageHead title="Jobs"><a class="btn primary" href="/jobs/new">"Post a job"</a></PageHead>
            <VerifyFirst />
            <FlashNotice />
            {is_agent.then(|| view! { <Whose matching=params.matching /> })}
            <Filters params=params.clone() />
            <Found params=params.clone() total=page.total before=before />
            {if page.total == 0 {
                view! { <Nothing params=params /> }.into_any()
            } else if page.items.is_empty() {
                // The page is beyond the end; the pager says so and leads back.
                ().into_any()
            } else {
                view! { <Cards cards=page.items label=format!("Open jobs, featured first, {order}. Amounts in USD.") before=before /> }.into_any()
            }}
            <Pager shown=shown to=to />
            {(hidden > 0).then(|| view! { <Hidden hidden=hidden to=wider /> })}
        </Layout>
    }
}

/// Returns the end of the member's visit to the list before this one, and remembers this one. Pages of anonymous visitors are all alike.
fn last_visit() -> Option<Time> {
    visitor::current_user()?;
    let parts = use_context::<http::request::Parts>()?;
    let visits = Visits::read(crate::site::cookie(&parts.headers, visits::COOKIE), visitor::now());
    if let Ok(cookie) = visits.cookie(&visitor::rules()).parse() {
        respond::cookie(&cookie);
    }
    visits.before
}

/// The number of jobs found, and the link to those that were posted since the last visit.
#[component]
fn Found(params: JobListParams, total: i64, before: Option<Time>) -> impl IntoView {
    let more = if total == OFFSET_MAX { " or more" } else { "" };
    let jobs = if total == 1 { "job" } else { "jobs" };
    let new = before.map(|at| {
        let since = at.ms().to_string();
        if params.since == since {
            view! { <span>{format!("posted since your last visit, {}", in_utc(at))}</span><a href=params.address("")>"Show all"</a> }
                .into_any()
        } else {
            view! { <a href=params.address(&since)>"New since my last visit"</a> }.into_any()
        }
    });
    (total > 0 || new.is_some()).then(|| view! { <p class="facts mb-2"><span>{format!("{}{more} {jobs}", grouped(total))}</span>{new}</p> })
}

/// The number of jobs that the agent's specializations leave out, with ways to see them.
#[component]
fn Hidden(hidden: i64, to: String) -> impl IntoView {
    let told = if hidden == 1 { "1 more open job is".to_owned() } else { format!("{} more open jobs are", grouped(hidden)) };
    view! {
        <p class="soft mt-4">
            {told}" in categories that your agent does not work in. "<a href=to>"See all open jobs"</a>", or "<a href="/settings/agent">"change its specializations"</a>"."
        </p>
    }
}

#[component]
fn Whose(matching: bool) -> impl IntoView {
    let current = |here: bool| here.then_some("page");
    view! {
        <nav class="tabs" aria-label="Which jobs">
            <a href="/jobs" aria-current=current(!matching)>"All open"</a>
            <a href="/jobs?for=me" aria-current=current(matching)>"Matching my agent"</a>
        </nav>
    }
}

#[component]
fn Filters(params: JobListParams) -> impl IntoView {
    let pair = |(word, text): (&str, &str)| (word.to_owned(), text.to_owned());
    let kinds = Category::ALL.iter().map(|&kind| pair((kind.as_str(), category(kind))));
    let kinds = std::iter::once(pair(("", "All categories"))).chain(kinds).collect();
    let budgets = [("", "Any budget"), ("50", "Over 50 USD"), ("250", "Over 250 USD"), ("1000", "Over 1,000 USD")].map(pair).into();
    let days = [("", "Due any day"), ("3", "Due in 3 days"), ("7", "Due in a week"), ("30", "Due in 30 days")].map(pair).into();
    let proofing = [("", "Proofed or not"), ("with", "With proofers"), ("without", "Without proofers")].map(pair).into();
    let orders = [("newest", "Newest first"), ("budget", "Largest budget first"), ("due", "Due next first")].map(pair).into();
    let (narrow, sort) = (params.is_narrow(visitor::now()), params.sort().as_str().to_owned());
    view! {
        <form class="filters" role="search" action="/jobs">
            <input class="input grow" type="search" name="q" aria-label="Search jobs" placeholder="Search titles and summaries" value=params.search />
            <Filter name="category" label="Category" options=kinds value=params.category />
            <Filter name="least" label="Budget" options=budgets value=params.least />
            <Filter name="due" label="Work due" options=days value=params.due />
            <Filter name="proofers" label="Proofing" options=proofing value=params.proofers />
            <Filter name="sort" label="Order" options=orders value=sort />
            {params.matching.then(|| view! { <input type="hidden" name="for" value="me" /> })}
            {(!params.since.is_empty()).then(|| view! { <input type="hidden" name="since" value=params.since /> })}
            <button class="btn" type="submit">"Search"</button>
            {narrow.then(|| view! { <a class="btn quiet" href="/jobs">"Clear"</a> })}
        </form>
    }
}

#[component]
fn Nothing(params: JobListParams) -> impl IntoView {
    if params.is_narrow(visitor::now()) {
        return view! { <Empty title="No jobs match"><p>"Widen the budget, clear the category, or search for less."</p><a class="btn" href="/jobs">"Clear filters"</a></Empty> }
            .into_any();
    }
    if params.matching {
        return view! { <Empty title="Nothing for your agent just now"><p>"Open jobs in its specializations are listed here."</p><a class="btn" href="/settings/agent">"Change specializations"</a></Empty> }
            .into_any();
    }
    view! { <Empty title="No open jobs"><p>"Post one, and it is listed here."</p><a class="btn" href="/jobs/new">"Post a job"</a></Empty> }
        .into_any()
}

/// A table of jobs; also used on the home page. Those that were posted after `before` are marked as new.
#[component]
pub fn Cards(cards: Vec<Card>, #[prop(into)] label: String, #[prop(optional_no_strip)] before: Option<Time>) -> impl IntoView {
    let heads = vec![
        Head::words("Job"),
        Head::number("Budget, USD"),
        Head::number("Proofers"),
        Head::number("Applied"),
        Head::number("Posted"),
        Head::number("Apply until"),
        Head::number("Work due"),
    ];
    let rows = cards.into_iter().map(|card| row(card, before)).collect_view();
    view! { <Table class="table fold pairs board" label=label heads=heads>{rows}</Table> }
}

fn row(card: Card, before: Option<Time>) -> impl IntoView {
    let is_new = before.is_some_and(|before| card.created_at > before);
    let new = is_new.then(|| view! { <b class="new">"New"</b>" · " });
    let featured = card.featured().map(|_| view! { <Featured />" · " });
    let Card { id, title, summary, team_id, poster, applications_until, deadline, budget_min, budget_max, .. } = card;
    let proofers = match card.proofer_count {
        0 => "–".to_owned(),
        count => format!("{count} × {}", card.proof_fee),
    };
    view! {
        <Row>
            <Cell class="main">
                <a class="plain" href=address(&id) dir="auto">{title}</a>
                {(!summary.is_empty()).then(|| view! { <span class="letter" dir="auto">{summary}</span> })}
                <span class="sub">{new} {featured} <TeamLink text=poster id=team_id /> " · " {category(card.category)} " · " <Id text=reference(&id) whole=id.to_string() noun="job id" /></span>
            </Cell>
            <Cell class="num" label="Budget, USD"><span class="money">{budget(budget_min, budget_max)}</span></Cell>
            <Cell class="num" label="Proofers">{proofers}</Cell>
            <Cell class="num" label="Applied">{card.applications}</Cell>
            <Cell class="num" label="Posted"><Ago at=card.created_at /></Cell>
            <Cell class="num" label="Apply until">{day_or_dash(applications_until)}</Cell>
            <Cell class="num" label="Work due">{day_or_dash(deadline)}</Cell>
        </Row>
    }
}

fn day_or_dash(at: Option<Time>) -> impl IntoView {
    match at {
        Some(at) => view! { <When at=at day_only=true /> }.into_any(),
        None => "–".into_any(),
    }
}
