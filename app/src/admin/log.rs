//! The server's audit log: what its admins did.

use super::{Console, Tab, asked, loaders};
use crate::load::load;
use crate::ui::notice::Empty;
use crate::ui::pager::Pager;
use crate::ui::table::{Cell, Head, Row, Table};
use crate::ui::when::When;
use crate::ui::written::Name;
use leptos::prelude::*;
use market::Page;
use market::audit::Entry;
use market::id::MemberId;

/// The page of the log.
#[component]
pub fn AdminLog() -> impl IntoView {
    load(loaders::log(asked("offset").parse().unwrap_or(0)), |entries| view! { <Whole entries=entries /> })
}

#[component]
fn Whole(entries: Page<Entry>) -> impl IntoView {
    let shown = (&entries).into();
    let list = if entries.items.is_empty() {
        view! { <Empty title="Nothing here yet"><p>"What admins do to members and timers is listed here."</p></Empty> }.into_any()
    } else {
        let heads = vec![Head::words("When"), Head::words("What happened")];
        view! { <Table label="What admins did, latest first" heads=heads>{entries.items.into_iter().map(row).collect_view()}</Table> }
            .into_any()
    };
    view! {
        <Console tab=Tab::Log>
            {list}
            <Pager shown=shown to="/admin/log" />
        </Console>
    }
}

fn row(entry: Entry) -> impl IntoView {
    let fact = |name: &str| entry.facts.get(name).and_then(|value| value.as_str()).unwrap_or_default().to_owned();
    let by = entry.by.as_ref().map_or_else(|| "The operator".to_owned(), |by| by.name.clone());
    let whom = (fact("name"), super::loaders::address(&MemberId::from(entry.subject.as_str())));
    let member = move || view! { <a href=whom.1.clone()><Name text=whom.0.clone() /></a> };
    let what = match entry.name.as_str() {
        "member.suspended" => view! { " suspended "{member()}<span class="sub" dir="auto">{fact("reason")}</span> }.into_any(),
        "member.reinstated" => view! { " lifted the suspension of "{member()} }.into_any(),
        "member.address_verified" => view! { " marked the address of "{member()}" as verified" }.into_any(),
        "team.plan_changed" => {
            view! { " changed the plan of "<span class="mono">{entry.subject.clone()}</span>" from "{fact("from")}" to "{fact("to")} }
                .into_any()
        }
        "safety.hidden" | "safety.restored" | "safety.upheld" | "safety.dismissed" => decided(&entry).into_any(),
        "timer.retried" => view! { " had a failed timer tried again: "<span class="mono">{entry.subject.clone()}</span> }.into_any(),
        other => view! { ": "{other.replace(['.', '_'], " ")}" "<span class="mono">{entry.subject.clone()}</span> }.into_any(),
    };
    view! {
        <Row>
            <Cell class="soft whitespace-nowrap narrow-hide"><When at=entry.at /></Cell>
            <Cell class="lead"><b><Name text=by /></b>{what}<span class="sub narrow-only"><When at=entry.at /></span></Cell>
        </Row>
    }
}

/// The sentence about a decision on a reported thing.
fn decided(entry: &Entry) -> impl IntoView + use<> {
    let fact = |name: &str| entry.facts.get(name).and_then(|value| value.as_str()).unwrap_or_default().to_owned();
    let verb = match entry.name.as_str() {
        "safety.hidden" => " hid ",
        "safety.restored" => " shows again ",
        "safety.upheld" => " keeps hidden ",
        _ => " left as it is ",
    };
    let case = Some(fact("case_id")).filter(|id| !id.is_empty()).unwrap_or_else(|| entry.subject.clone());
    let name = Some(fact("name")).filter(|name| !name.is_empty()).unwrap_or_else(|| "a reported thing".to_owned());
    let kind = format!("the {}: ", fact("target_type"));
    view! { {verb}{kind}<a href=format!("{}/{case}", crate::safety::QUEUE)><Name text=name /></a><span class="sub" dir="auto">{fact("reason")}</span> }
}
