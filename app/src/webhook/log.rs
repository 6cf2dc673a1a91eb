//! The log of an endpoint: its deliveries, newest first, narrowed by state, event and id.

use super::loaders::LogParams;
use super::words::{self, address_of};
use crate::ui::field::Filter;
use crate::ui::form::Act;
use crate::ui::id::Id;
use crate::ui::notice::Empty;
use crate::ui::pager::Pager;
use crate::ui::permission::Refused;
use crate::ui::status::StateBadge;
use crate::ui::table::{Cell, Head, Row, Table};
use crate::ui::when::{When, in_utc};
use crate::visitor;
use leptos::prelude::*;
use market::delivery::{Delivery, LogFilter, State};
use market::endpoint::{Endpoint, Status};
use market::wire::TEST_EVENT;
use market::{Error, Page};

/// The log of an endpoint.
#[component]
pub fn Log(
    endpoint: Endpoint,
    log: Result<Page<Delivery>, Error>,
    params: LogParams,
    /// The names of the events that it can hear.
    names: Vec<&'static str>,
) -> impl IntoView {
    let page = match log {
        Ok(page) => page,
        Err(error) => return view! { <Refused error=error /> }.into_any(),
    };
    let shown = (&page).into();
    let to = words::address(&endpoint.id);
    let (here, all) = (params.address(&to), to.clone());
    let list = match (page.items.is_empty(), params.is_narrow()) {
        (true, false) => view! { <Nothing /> }.into_any(),
        (true, true) => view! { <Empty title="No delivery matches"><a class="btn" href=all>"Show all"</a></Empty> }.into_any(),
        (false, _) => view! { <List endpoint=endpoint items=page.items /> }.into_any(),
    };
    view! { <Narrow to=to params=params names=names />{list}<Pager shown=shown to=here /> }.into_any()
}

#[component]
fn Nothing() -> impl IntoView {
    view! {
        <Empty title="No deliveries yet">
            <p>"Each event that is sent there is listed here for 30 days. Send a test to see one."</p>
        </Empty>
    }
}

/// The filters: by state, by event, and the search for a delivery by its id.
#[component]
fn Narrow(to: String, params: LogParams, names: Vec<&'static str>) -> impl IntoView {
    let clear = params.is_narrow().then(|| view! { <a class="btn quiet" href=to.clone()>"Clear"</a> });
    let LogFilter { state, event, id } = params.wanted;
    let any = |text: &str| std::iter::once((String::new(), text.to_owned()));
    let states = State::ALL.iter().map(|state| (state.as_str().to_owned(), words::state_name(*state).to_owned()));
    let event = event.unwrap_or_default();
    let mut names: Vec<_> = names.into_iter().chain([TEST_EVENT]).map(str::to_owned).collect();
    // An event from the address is added, so that the form shows it as chosen.
    names.extend(Some(event.clone()).filter(|event| !event.is_empty() && !names.contains(event)));
    let events = any("Any event").chain(names.into_iter().map(|name| (name.clone(), name))).collect();
    view! {
        <form class="filters" role="search" aria-label="Deliveries" action=to>
            <input class="input grow" type="search" name="delivery" aria-label="Delivery id" placeholder="Delivery id, msg_…"
                autocomplete="off" value=id.map(|id| id.to_string()) />
            <Filter name="event" label="Event" options=events value=event />
            <Filter name="state" label="State" options=any("Any state").chain(states).collect()
                value=state.map_or("", State::as_str).to_owned() />
            <button class="btn" type="submit">"Show"</button>
            {clear}
        </form>
    }
}

#[component]
fn List(endpoint: Endpoint, items: Vec<Delivery>) -> impl IntoView {
    let heads = vec![
        Head::words("When"),
        Head::words("Event"),
        Head::number("Attempts"),
        Head::number("Code"),
        Head::number("Latency"),
        Head::words("State"),
        Head::act("Send again"),
    ];
    let rows = items.into_iter().map(|delivery| view! { <Line delivery=delivery endpoint=endpoint.clone() /> }).collect_view();
    view! { <Table class="table fold mid pairs deliveries" label="Deliveries, newest first" heads=heads>{rows}</Table> }
}

#[component]
fn Line(delivery: Delivery, endpoint: Endpoint) -> impl IntoView {
    let (mark, text) = words::state_of(&delivery, &endpoint, visitor::now());
    let to = address_of(&delivery.endpoint_id, &delivery.id);
    let (id, at) = (delivery.id.to_string(), delivery.created_at);
    let name = format!("{}, {id}", delivery.event);
    let (code, class, latency) = words::last_answer(&delivery);
    let again = (endpoint.status == Status::Active).then(|| view! { <Redeliver id=id.clone() class="btn quiet" /> });
    view! {
        <Row>
            <Cell class="soft narrow-hide whitespace-nowrap"><When at=at /></Cell>
            <Cell class="lead">
                <a class="plain" href=to aria-label=name>{delivery.event}</a>
                <span class="sub"><Id text=id noun="delivery id" /></span>
                <span class="sub narrow-only">{in_utc(at)}</span>
            </Cell>
            <Cell class="num" label="Attempts">{delivery.attempts}</Cell>
            <Cell class="num" label="Code"><span class=class>{code}</span></Cell>
            <Cell class="num narrow-hide" label="Latency">{latency}</Cell>
            <Cell class="end"><StateBadge mark=mark text=text /></Cell>
            <Cell class="act">{again}</Cell>
        </Row>
    }
}

/// The button that sends a delivery again.
#[component]
pub fn Redeliver(id: String, class: &'static str) -> impl IntoView {
    let label = format!("Redeliver {id}");
    view! {
        <Act to="webhooks/redeliver" on=("delivery", id) also=Some(("back", visitor::page())) class=class label=label>"Redeliver"</Act>
    }
}
