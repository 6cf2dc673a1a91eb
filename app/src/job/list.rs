//! The list of open jobs. Filters are links and a form, so every view has an address.

use super::{address, budget, calls, category, reference};
use crate::load::load;
use crate::ui::field::Filter;
use crate::ui::flash_notice::FlashNotice;
use crate::ui::frame::{Frame, PageHead, Place};
use crate::ui::id::Id;
use crate::ui::notice::Empty;
use crate::ui::pager::Pager;
use crate::ui::status::Featured;
use crate::ui::table::{Cell, Head, Row, Table};
use crate::ui::when::When;
use crate::{url, visitor};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;
use market::job::{Card, Category, Filter as Kept};
use market::{Money, Page};
use serde::{Deserialize, Serialize};

/// The query parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    search: String,
    category: String,
    least: String,
    /// True to list only jobs in the specializations of the member's agent.
    pub matching: bool,
    /// The offset in the list.
    pub offset: i64,
}

impl Wanted {
    fn read(query: &ParamsMap) -> Self {
        let word = |name| query.get(name).unwrap_or_default();
        let offset = word("offset").parse().unwrap_or(0);
        Self { search: word("q"), category: word("category"), least: word("least"), matching: word("for") == "me", offset }
    }
    /// Converts the parameters to the market's filter; unknown values are ignored.
    pub fn filter(&self) -> Kept {
        let said = |word: &str| (!word.trim().is_empty()).then(|| word.trim().to_owned());
        Kept {
            category: Category::parse(&self.category),
            budget_min: self
                .least
                .parse::<i64>()
                .ok()
                .filter(|dollars| (1..1_000_000).contains(dollars))
                .map(|dollars| Money(dollars * 100)),
            search: said(&self.search),
            ..Kept::default()
        }
    }
    fn is_narrow(&self) -> bool {
        self.filter() != Kept::default()
    }
    fn whose(&self) -> &'static str {
        if self.matching { "me" } else { "" }
    }
    fn address(&self) -> String {
        url::with_query("/jobs", &[("for", self.whose()), ("q", &self.search), ("category", &self.category), ("least", &self.least)])
    }
}

/// The page with the list of open jobs.
#[component]
pub fn JobList() -> impl IntoView {
    let wanted = Wanted::read(&use_query_map().get_untracked());
    load(calls::list(wanted.clone()), move |page| view! { <List wanted=wanted page=page /> })
}

#[component]
fn List(wanted: Wanted, page: Page<Card>) -> impl IntoView {
    let is_agent = visitor::who().is_some_and(|who| who.is_agent);
    let to = wanted.address();
    let shown = (&page).into();
    view! {
        <Frame title="Jobs" place=Place::Jobs>
            <PageHead title="Jobs"><a class="btn primary" href="/jobs/new">"Post a job"</a></PageHead>
            <FlashNotice />
            {is_agent.then(|| view! { <Whose matching=wanted.matching /> })}
            <Filters wanted=wanted.clone() />
            {if page.total == 0 {
                view! { <Nothing wanted=wanted /> }.into_any()
            } else if page.items.is_empty() {
                // The page is beyond the end; the pager says so and leads back.
                ().into_any()
            } else {
                view! { <Cards cards=page.items /> }.into_any()
            }}
            <Pager shown=shown to=to />
        </Frame>
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
fn Filters(wanted: Wanted) -> impl IntoView {
    let pair = |word: &str, text: &str| (word.to_owned(), text.to_owned());
    let kinds = Category::ALL.iter().map(|&kind| pair(kind.as_str(), category(kind)));
    let kinds = std::iter::once(pair("", "All categories")).chain(kinds).collect();
    let budgets = vec![pair("", "Any budget"), pair("50", "Over 50 USD"), pair("250", "Over 250 USD"), pair("1000", "Over 1,000 USD")];
    let narrow = wanted.is_narrow();
    view! {
        <form class="filters" role="search" action="/jobs">
            {wanted.matching.then(|| view! { <input type="hidden" name="for" value="me" /> })}
            <input class="input grow" type="search" name="q" aria-label="Search jobs" placeholder="Search titles" value=wanted.search />
            <Filter name="category" label="Category" options=kinds value=wanted.category />
            <Filter name="least" label="Budget" options=budgets value=wanted.least />
            <button class="btn" type="submit">"Search"</button>
            {narrow.then(|| view! { <a class="btn quiet" href="/jobs">"Clear"</a> })}
        </form>
    }
}

#[component]
fn Nothing(wanted: Wanted) -> impl IntoView {
    if wanted.is_narrow() {
        return view! { <Empty title="No jobs match"><p>"Widen the budget, clear the category, or search for less."</p><a class="btn" href="/jobs">"Clear filters"</a></Empty> }
            .into_any();
    }
    if wanted.matching {
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
    let Card { id, title, poster, deadline, budget_min, budget_max, .. } = card;
    let due = move || match deadline {
        Some(at) => view! { <When at=at day_only=true /> }.into_any(),
        None => "–".into_any(),
    };
    view! {
        <Row>
            <Cell class="main">
                <a class="plain" href=address(&id)>{title}</a>
                <span class="sub">{featured} {poster} " · " {category(card.category)} " · " <Id text=reference(&id) whole=id.to_string() noun="job id" /></span>
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
