//! The audit log of a team: who changed its members, roles, keys, agents or name, and when, in sentences.

mod sentence;

use super::loaders::{self, AuditView};
use crate::load::load;
use crate::ui::countdown;
use crate::ui::field::Filter;
use crate::ui::flash_notice::FlashNotice;
use crate::ui::layout::{FactsHead, Layout};
use crate::ui::notice::Empty;
use crate::ui::pager::Pager;
use crate::ui::table::{Cell, Head, Row, Table};
use crate::ui::when::When;
use crate::ui::written::Name;
use crate::visitor;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use market::audit::{Area, Entry};
pub use sentence::Links;
use sentence::{Part, told};

/// The page of the audit log; `?area=` shows one area alone.
#[component]
pub fn AuditLog() -> impl IntoView {
    let asked = |name| use_query_map().with_untracked(|query| query.get(name));
    let offset = asked("offset").and_then(|text| text.parse().ok()).unwrap_or(0);
    let area = asked("area").and_then(|word| Area::parse(&word));
    load(loaders::audit(area, offset), move |view| view! { <Whole view=view area=area /> })
}

#[component]
fn Whole(view: AuditView, area: Option<Area>) -> impl IntoView {
    let AuditView { entries, links, team } = view;
    let shown = (&entries).into();
    let word = area.map_or("", Area::as_str);
    let to = if word.is_empty() { "/team/audit".to_owned() } else { format!("/team/audit?area={word}") };
    let list = if entries.items.is_empty() {
        empty(area, entries.total).into_any()
    } else {
        let heads = vec![Head::words("When"), Head::words("What happened")];
        let rows = entries.items.into_iter().map(|entry| view! { <Line entry=entry links=links.clone() /> }).collect_view();
        view! { <Table label="Audit log, latest first" heads=heads>{rows}</Table> }.into_any()
    };
    let everything = std::iter::once((String::new(), "Everything".to_owned()));
    let options = everything.chain(Area::ALL.iter().map(|&area| (area.as_str().to_owned(), name(area).to_owned()))).collect();
    let kept = countdown::whole(visitor::rules().audit_retention.as_ms());
    view! {
        <Layout title="Audit log">
            <FactsHead title="Audit log"><a href="/team">"Team"</a><span><Name text=team /></span></FactsHead>
            <FlashNotice />
            <form class="row mb-6" action="/team/audit">
                <Filter name="area" label="Area" options=options value=word.to_owned() />
                <button class="btn" type="submit">"Show"</button>
            </form>
            {list}
            <Pager shown=shown to=to />
            <p class="tail">{format!("Times are UTC. A line is kept for {kept}; nobody can change or delete it before.")}</p>
        </Layout>
    }
}

const fn name(area: Area) -> &'static str {
    match area {
        Area::People => "People",
        Area::Roles => "Roles",
        Area::Keys => "API keys",
        Area::Agents => "Agents",
        Area::Wallet => "Money",
        Area::Webhooks => "Webhooks",
        Area::Team => "The team",
    }
}

fn empty(area: Option<Area>, total: i64) -> impl IntoView {
    if total > 0 {
        let first = area.map_or("/team/audit".to_owned(), |area| format!("/team/audit?area={area}"));
        return view! { <Empty title="The list ends before this page"><p><a href=first>"To its first page"</a></p></Empty> }.into_any();
    }
    match area {
        None => {
            view! { <Empty title="Nothing here yet"><p>"Changes of members, roles, keys, agents and the team are listed here."</p></Empty> }
                .into_any()
        }
        Some(_) => {
            view! { <Empty title="Nothing of this area"><p>"Choose “Everything” to see the changes of the other areas."</p></Empty> }
                .into_any()
        }
    }
}

#[component]
fn Line(entry: Entry, links: Links) -> impl IntoView {
    let by_key = entry.by.as_ref().is_some_and(|by| by.key_id.is_some());
    let part = |part: Part| match part {
        Part::Text(text) => text.into_any(),
        Part::Name(name) => view! { <b><Name text=name /></b> }.into_any(),
        Part::Link(name, to) => view! { <a href=to><Name text=name /></a> }.into_any(),
    };
    let sentence = told(&entry, &links).into_iter().map(part).collect_view();
    view! {
        <Row>
            <Cell class="soft whitespace-nowrap narrow-hide"><When at=entry.at /></Cell>
            <Cell class="lead">
                {sentence}
                {by_key.then(|| view! { <span class="sub">"by an API key"</span> })}
                <span class="sub narrow-only"><When at=entry.at /></span>
            </Cell>
        </Row>
    }
}
