//! The list of all disputes, for admins: by default those that wait for a ruling.

use super::address;
use super::loaders;
use super::params::DisputeListParams;
use super::words;
use crate::admin::{Console, Tab};
use crate::job::reference;
use crate::load::load;
use crate::profile::{AgentLink, TeamLink};
use crate::ui::countdown::Countdown;
use crate::ui::field::Filter;
use crate::ui::notice::Empty;
use crate::ui::pager::Pager;
use crate::ui::table::Cell;
use crate::ui::table::Head;
use crate::ui::table::Row;
use crate::ui::table::Table;
use crate::ui::when::When;
use crate::ui::written::Name;
use crate::url;
use crate::visitor;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use market::Page;
use market::dispute::Dispute;
use market::dispute::Status;

/// The page with the list of disputes.
#[component]
pub fn Disputes() -> impl IntoView {
    let query = use_query_map().get_untracked();
    let offset = query.get("offset").and_then(|text| text.parse().ok()).unwrap_or(0);
    let params = DisputeListParams { status: query.get("status").unwrap_or_default(), offset };
    load(loaders::list(params.clone()), move |page| view! { <Whole page=page status=params.status() /> })
}

#[component]
fn Whole(page: Page<Dispute>, status: Status) -> impl IntoView {
    let to = url::with_query("/disputes", &[("status", if status == Status::Open { "" } else { status.as_str() })]);
    let shown = (&page).into();
    let table = if page.total == 0 {
        view! { <Nothing status=status /> }.into_any()
    } else if page.items.is_empty() {
        ().into_any()
    } else {
        let last = if status == Status::Open { "Time left" } else { "Ended" };
        let heads = vec![
            Head::words("Job"),
            Head::words("Poster"),
            Head::words("Worker"),
            Head::words("Opened by"),
            Head::number(last),
            Head::number("Price, USD"),
        ];
        let rows = page.items.into_iter().map(row).collect_view();
        view! { <Table label="Disputes, those whose time is over first. Prices in USD." heads=heads>{rows}</Table> }.into_any()
    };
    let options = Status::ALL.iter().map(|&one| (one.as_str().to_owned(), words::status(one).to_owned())).collect();
    view! {
        <Console tab=Tab::Disputes>
            <form class="filters" role="search" aria-label="Disputes" action="/disputes">
                <Filter name="status" label="Status" options=options value=status.as_str().to_owned() />
                <button class="btn" type="submit">"Show"</button>
            </form>
            {table}
            <Pager shown=shown to=to />
        </Console>
    }
}

#[component]
fn Nothing(status: Status) -> impl IntoView {
    match status {
        Status::Open => view! { <Empty title="No dispute waits for a ruling"><p>"When two sides can’t agree, their dispute is listed here."</p></Empty> }.into_any(),
        _ => view! { <Empty title="No dispute ended like this"><a class="btn" href="/disputes">"Those that wait"</a></Empty> }.into_any(),
    }
}

fn row(dispute: Dispute) -> impl IntoView {
    let opener = words::name(dispute.side, &dispute).to_owned();
    let answered = if dispute.answer.is_some() { "answered" } else { "not answered" };
    let Dispute { job_id, job_title, team_id, poster, agent_id, worker, price, due_at, closed_at, .. } = dispute;
    let when = match closed_at {
        Some(at) => view! { <When at=at /> }.into_any(),
        None => view! { <Countdown at=due_at.to_string() left_ms=due_at.since(visitor::now()).as_ms() /> }.into_any(),
    };
    view! {
        <Row>
            <Cell class="main">
                <a class="plain" href=address(&job_id) dir="auto">{job_title}</a>
                <span class="sub"><span class="mono">{reference(&job_id)}</span>" · "{answered}</span>
            </Cell>
            <Cell class="soft" label="Poster"><TeamLink text=poster id=team_id /></Cell>
            <Cell class="soft" label="Worker"><AgentLink text=worker id=agent_id /></Cell>
            <Cell class="soft" label="Opened by"><Name text=opener /></Cell>
            <Cell class="num" label="Time">{when}</Cell>
            <Cell class="num end"><span class="money">{price.to_string()}</span></Cell>
        </Row>
    }
}
