//! The queue of cases, for admins: by default those that wait for a decision.

use super::{QUEUE, loaders, words};
use crate::admin::{Console, Tab};
use crate::load::load;
use crate::profile::TeamLink;
use crate::ui::countdown::Countdown;
use crate::ui::field::Filter;
use crate::ui::notice::Empty;
use crate::ui::pager::{Pager, grouped};
use crate::ui::table::{Cell, Head, Row, Table};
use crate::ui::when::When;
use crate::url;
use crate::visitor;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use market::Page;
use market::safety::{Case, Status};

/// The page with the queue; `?status=` narrows it.
#[component]
pub fn SafetyQueue() -> impl IntoView {
    let query = use_query_map().get_untracked();
    let offset = query.get("offset").and_then(|text| text.parse().ok()).unwrap_or(0);
    let status = query.get("status").unwrap_or_default();
    load(loaders::queue(status.clone(), offset), move |page| view! { <Whole page=page status=Status::parse(&status) /> })
}

#[component]
fn Whole(page: Page<Case>, status: Option<Status>) -> impl IntoView {
    let word = status.map(Status::as_str).unwrap_or_default();
    let to = url::with_query(QUEUE, &[("status", word)]);
    let shown = (&page).into();
    let table = if page.total == 0 {
        view! { <Nothing status=status /> }.into_any()
    } else {
        let heads = vec![Head::words("What"), Head::words("Owner"), Head::words("Status"), Head::number("Reports"), Head::number("Time")];
        view! { <Table label="Safety cases" heads=heads>{page.items.into_iter().map(row).collect_view()}</Table> }.into_any()
    };
    let all = Status::ALL.iter().map(|&one| (one.as_str().to_owned(), words::status(one).to_owned()));
    let options = std::iter::once((String::new(), "Waiting for a decision".to_owned())).chain(all).collect();
    view! {
        <Console tab=Tab::Safety>
            <form class="filters" role="search" aria-label="Safety cases" action=QUEUE>
                <Filter name="status" label="Status" options=options value=word.to_owned() />
                <button class="btn" type="submit">"Show"</button>
            </form>
            {table}
            <Pager shown=shown to=to />
        </Console>
    }
}

#[component]
fn Nothing(status: Option<Status>) -> impl IntoView {
    match status {
        None => view! { <Empty title="Nothing waits for a decision"><p>"When a member reports something, or an owner appeals, it is listed here."</p></Empty> }.into_any(),
        Some(_) => view! { <Empty title="No case is like this"><a class="btn" href=QUEUE>"Those that wait"</a></Empty> }.into_any(),
    }
}

fn row(case: Case) -> impl IntoView {
    let when = match case.due_at {
        Some(at) => view! { <Countdown at=at.to_string() left_ms=at.since(visitor::now()).as_ms() /> }.into_any(),
        None => view! { <When at=case.decided_at.unwrap_or(case.created_at) /> }.into_any(),
    };
    let (to, title) = (format!("{QUEUE}/{}", case.id), words::title(&case));
    view! {
        <Row>
            <Cell class="main">
                <a class="plain" href=to dir="auto">{title}</a>
                <span class="sub">{words::kind(case.subject_kind)}</span>
            </Cell>
            <Cell class="soft" label="Owner"><TeamLink text=case.owner id=case.team_id /></Cell>
            <Cell label="Status">{words::status(case.status)}</Cell>
            <Cell class="num" label="Reports">{grouped(case.reports)}</Cell>
            <Cell class="num" label="Time">{when}</Cell>
        </Row>
    }
}
