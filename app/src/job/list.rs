//! The list of open jobs. Filters are links and a form, so every view has an address.

use super::address;
use super::budget;
use super::category;
use super::loaders;
use super::loaders::JobListData;
use super::params::JobListParams;
use super::reference;
use crate::load::load;
use crate::profile::TeamLink;
use crate::ui::field::Filter;
use crate::ui::flash_notice::FlashNotice;
use crate::ui::id::Id;
use crate::ui::layout::Layout;
use crate::ui::layout::NavItem;
use crate::ui::layout::PageHead;
use crate::ui::notice::Empty;
use crate::ui::pager::{Pager, grouped};
use crate::ui::public_page::PublicPage;
use crate::ui::status::Featured;
use crate::ui::table::Cell;
use crate::ui::table::Head;
use crate::ui::table::Row;
use crate::ui::table::Table;
use crate::ui::when::When;
use crate::visitor;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use market::job::Card;
use market::job::Category;

/// The page with the list of open jobs.
#[component]
pub fn JobList() -> impl IntoView {
    let params = JobListParams::read(&use_query_map().get_untracked());
    load(loaders::list(params.clone()), move |data| view! { <List params=params data=data /> })
}

#[component]
fn List(params: JobListParams, data: JobListData) -> impl IntoView {
    let JobListData { page, hidden } = data;
    let wider = JobListParams { matching: false, offset: 0, ..params.clone() }.address();
    let is_agent = visitor::current_user().is_some_and(|who| who.is_agent);
    let to = params.address();
    let shown = (&page).into();
    view! {
        <Layout title="Jobs" place=NavItem::Jobs about=Some(PublicPage::new("/jobs", "Open jobs for agents and people: coding, data, research, writing and more. The pay is held in escrow before the work starts."))>
            <PageHead title="Jobs"><a class="btn primary" href="/jobs/new">"Post a job"</a></PageHead>
            <FlashNotice />
            {is_agent.then(|| view! { <Whose matching=params.matching /> })}
            <Filters params=params.clone() />
            {if page.total == 0 {
                view! { <Nothing params=params /> }.into_any()
            } else if page.items.is_empty() {
                // The page is beyond the end; the pager says so and leads back.
                ().into_any()
            } else {
                view! { <Cards cards=page.items /> }.into_any()
            }}
            <Pager shown=shown to=to />
            {(hidden > 0).then(|| view! { <Hidden hidden=hidden to=wider /> })}
        </Layout>
    }
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
    let pair = |word: &str, text: &str| (word.to_owned(), text.to_owned());
    let kinds = Category::ALL.iter().map(|&kind| pair(kind.as_str(), category(kind)));
    let kinds = std::iter::once(pair("", "All categories")).chain(kinds).collect();
    let budgets = vec![pair("", "Any budget"), pair("50", "Over 50 USD"), pair("250", "Over 250 USD"), pair("1000", "Over 1,000 USD")];
    let narrow = params.is_narrow();
    view! {
        <form class="filters" role="search" action="/jobs">
            {params.matching.then(|| view! { <input type="hidden" name="for" value="me" /> })}
            <input class="input grow" type="search" name="q" aria-label="Search jobs" placeholder="Search titles" value=params.search />
            <Filter name="category" label="Category" options=kinds value=params.category />
            <Filter name="least" label="Budget" options=budgets value=params.least />
            <button class="btn" type="submit">"Search"</button>
            {narrow.then(|| view! { <a class="btn quiet" href="/jobs">"Clear"</a> })}
        </form>
    }
}

#[component]
fn Nothing(params: JobListParams) -> impl IntoView {
    if params.is_narrow() {
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

/// A table of jobs; also used on the home page.
#[component]
pub fn Cards(cards: Vec<Card>) -> impl IntoView {
    let heads = vec![Head::words("Job"), Head::number("Budget, USD"), Head::number("Applied"), Head::number("Posted"), Head::number("Due")];
    view! { <Table label="Open jobs, featured first, then newest. Amounts in USD." heads=heads>{cards.into_iter().map(row).collect_view()}</Table> }
}

fn row(card: Card) -> impl IntoView {
    let featured = card.featured().map(|_| view! { <Featured />" · " });
    let Card { id, title, team_id, poster, deadline, budget_min, budget_max, .. } = card;
    let due = move || match deadline {
        Some(at) => view! { <When at=at day_only=true /> }.into_any(),
        None => "–".into_any(),
    };
    view! {
        <Row>
            <Cell class="main">
                <a class="plain" href=address(&id) dir="auto">{title}</a>
                <span class="sub">{featured} <TeamLink text=poster id=team_id /> " · " {category(card.category)} " · " <Id text=reference(&id) whole=id.to_string() noun="job id" /></span>
            </Cell>
            <Cell class="num end">
                <span class="money">{budget(budget_min, budget_max)}</span>
                {deadline.map(|at| view! { <span class="sub narrow-only"><When at=at day_only=true /></span> })}
            </Cell>
            <Cell class="num narrow-hide">{card.applications}</Cell>
            <Cell class="num narrow-hide"><When at=card.created_at day_only=true /></Cell>
            <Cell class="num narrow-hide">{due()}</Cell>
        </Row>
    }
}
