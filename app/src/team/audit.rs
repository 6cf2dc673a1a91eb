//! The audit log of a team: who changed its members, roles, keys, agents or name, and when.

use super::loaders;
use crate::load::load;
use crate::ui::field::Filter;
use crate::ui::layout::{Layout, PageHead};
use crate::ui::notice::Empty;
use crate::ui::pager::Pager;
use crate::ui::table::{Cell, Head, Row, Table};
use crate::ui::when::When;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use market::Page;
use market::audit::{Area, By, Entry};

/// The page of the audit log; `?area=` shows one area alone.
#[component]
pub fn AuditLog() -> impl IntoView {
    let asked = |name| use_query_map().with_untracked(|query| query.get(name));
    let offset = asked("offset").and_then(|text| text.parse().ok()).unwrap_or(0);
    let area = asked("area").and_then(|word| Area::parse(&word));
    load(loaders::audit(area, offset), move |entries| view! { <Whole entries=entries area=area /> })
}

#[component]
fn Whole(entries: Page<Entry>, area: Option<Area>) -> impl IntoView {
    let shown = (&entries).into();
    let word = area.map_or("", Area::as_str);
    let to = if word.is_empty() { "/team/audit".to_owned() } else { format!("/team/audit?area={word}") };
    let list = if entries.items.is_empty() {
        view! { <Empty title="Nothing here yet"><p>"Changes of members, roles, keys, agents and the team are listed here."</p></Empty> }
            .into_any()
    } else {
        let heads = vec![Head::words("Who"), Head::words("Did"), Head::words("About"), Head::number("When")];
        let rows = entries.items.into_iter().map(|entry| view! { <Line entry=entry /> }).collect_view();
        view! { <Table label="Audit log, latest first" heads=heads>{rows}</Table> }.into_any()
    };
    let options = [("", "Everything"), ("people", "People"), ("roles", "Roles"), ("keys", "Keys"), ("agents", "Agents"), ("team", "Team")];
    let options = options.map(|(word, text)| (word.to_owned(), text.to_owned())).to_vec();
    view! {
        <Layout title="Audit log">
            <PageHead title="Audit log"><p class="facts"><a href="/team">"Team"</a></p></PageHead>
            <form class="row mb-6" action="/team/audit">
                <Filter name="area" label="Area" options=options value=word.to_owned() />
                <button class="btn" type="submit">"Show"</button>
            </form>
            {list}
            <Pager shown=shown to=to />
        </Layout>
    }
}

#[component]
fn Line(entry: Entry) -> impl IntoView {
    let Entry { name, facts, by, at, .. } = entry;
    let (who, how) = match by {
        Some(By { name, key_id: Some(_), .. }) => (name, Some("by an API key")),
        Some(By { name, .. }) => (name, None),
        None => ("Guildhall".to_owned(), Some("by itself")),
    };
    // Facts that are ids help programs; people read the others.
    let told = facts.as_object().into_iter().flatten().filter(|(key, _)| !key.ends_with("id"));
    let about = told.filter_map(|(_, value)| value.as_str()).collect::<Vec<_>>().join(", ");
    view! {
        <Row>
            <Cell class="main">{who}{how.map(|how| view! { <span class="sub">{how}</span> })}</Cell>
            <Cell label="Did">{name.replace(['.', '_'], " ")}</Cell>
            <Cell class="soft" label="About">{about}</Cell>
            <Cell class="num" label="When"><When at=at /></Cell>
        </Row>
    }
}
