//! The list of a member's notifications, the last told first.

use super::address;
use super::loaders;
use crate::load::load;
use crate::ui::countdown::Countdown;
use crate::ui::flash_notice::FlashNotice;
use crate::ui::form::Act;
use crate::ui::layout::{Layout, PageHead};
use crate::ui::notice::Empty;
use crate::ui::pager::Pager;
use crate::ui::table::{Cell, Head, Row, Table};
use crate::ui::when::When;
use crate::visitor;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use market::Page;
use market::notification::Notification;

/// The page of notifications.
#[component]
pub fn Notifications() -> impl IntoView {
    let offset = use_query_map().with_untracked(|query| query.get("offset")).and_then(|text| text.parse().ok()).unwrap_or(0);
    load(loaders::list(offset), |page| view! { <Whole page=page /> })
}

#[component]
fn Whole(page: Page<Notification>) -> impl IntoView {
    let shown = (&page).into();
    let unread = visitor::current_user().is_some_and(|who| who.counts.unread > 0);
    let list = if page.total == 0 {
        view! {
            <Empty title="Nothing yet">
                <p>"You are told here when it is your move and when money moves, and by mail as you choose."</p>
                <a class="btn" href="/settings/notifications">"Choose what is mailed"</a>
            </Empty>
        }
        .into_any()
    } else if page.items.is_empty() {
        view! { <Empty title="The list ends before this page"><a class="btn" href="/notifications">"To its first page"</a></Empty> }
            .into_any()
    } else {
        let heads = vec![Head::words("What happened"), Head::number("Told"), Head::number("Time left"), Head::act("Act")];
        let rows = page.items.into_iter().map(|told| view! { <Line told=told /> }).collect_view();
        view! { <Table label="Notifications, latest first" heads=heads>{rows}</Table> }.into_any()
    };
    view! {
        <Layout title="Notifications">
            <PageHead title="Notifications">
                <div class="row">
                    {unread.then(|| view! { <Act to="notifications/read-all" on=("all", "1".to_owned())>"Mark all as read"</Act> })}
                    <a class="btn quiet" href="/settings/notifications">"Choose what is mailed"</a>
                </div>
            </PageHead>
            <FlashNotice />
            {list}
            <Pager shown=shown to="/notifications" />
        </Layout>
    }
}

#[component]
fn Line(told: Notification) -> impl IntoView {
    let to = address(&told);
    let of_place = told.place.page().map(|_| "Reports".to_owned());
    let Notification { id, team_id, team, job_title, agent, body, due_at, waits, told_at, read_at, .. } = told;
    let here = visitor::current_user().is_some_and(|who| who.team == team_id);
    let unread = read_at.is_none();
    let title = job_title.or_else(|| agent.map(|agent| format!("Mandate of {agent}"))).or(of_place).unwrap_or_default();
    let act = match (here, unread) {
        (false, _) => {
            let label = format!("Open for {team}: “{title}”");
            view! { <Act to="notifications/open" on=("id", id.to_string()) class="btn quiet" label=label>{format!("Open for {team}")}</Act> }.into_any()
        }
        (true, true) => {
            let label = format!("Mark as read: “{title}: {body}”");
            view! { <Act to="notifications/read" on=("id", id.to_string()) class="btn quiet" label=label>"Mark as read"</Act> }.into_any()
        }
        (true, false) => ().into_any(),
    };
    let title = match to.filter(|_| here) {
        Some(to) => view! { <a class="plain" href=to>{title}</a> }.into_any(),
        None => title.into_any(),
    };
    let left = due_at.filter(|_| waits).map(|at| view! { <Countdown at=at.to_string() left_ms=at.since(visitor::now()).as_ms() /> });
    view! {
        <Row>
            <Cell class="main">
                {unread.then(|| view! { <span class="sr">"Unread: "</span> })}
                <span class=if unread { "unread" } else { "soft" }>{body}</span>
                <span class="sub">{title}</span>
            </Cell>
            <Cell class="num soft" label="Told"><When at=told_at /></Cell>
            <Cell class="num" label="Time left">{left}</Cell>
            <Cell class="act">{act}</Cell>
        </Row>
    }
}
