//! The timers that failed for good.

use super::{Console, More, Tab, asked, loaders};
use crate::load::load;
use crate::ui::form::Act;
use crate::ui::notice::Empty;
use crate::ui::table::{Cell, Head, Row, Table};
use crate::ui::when::When;
use leptos::prelude::*;
use market::admin::{FailedTimers, Listed};
use market::timer::FailedTimer;

/// The page of the timers that failed.
#[component]
pub fn AdminTimers() -> impl IntoView {
    load(loaders::timer_list(asked("after")), |timers| view! { <Whole timers=timers /> })
}

#[component]
fn Whole(timers: FailedTimers) -> impl IntoView {
    let Listed { items, has_more } = timers;
    let after = items.last().filter(|_| has_more).map(|timer| timer.key.to_string());
    let list = if items.is_empty() {
        view! { <Empty title="No timer failed"><p>"A timer that fails is tried again by itself, forty times; only then is it listed here."</p></Empty> }
            .into_any()
    } else {
        let heads = vec![Head::words("Timer"), Head::words("Last error"), Head::number("Given up"), Head::act("Try again")];
        view! { <Table class="table fold mid" label="Timers that failed, newest first" heads=heads>{items.into_iter().map(row).collect_view()}</Table> }
            .into_any()
    };
    view! {
        <Console tab=Tab::Timers>
            {list}
            <More to="/admin/timers".to_owned() after=after />
        </Console>
    }
}

fn row(timer: FailedTimer) -> impl IntoView {
    let FailedTimer { id, kind, subject, attempts, last_error, dead_at, .. } = timer;
    let label = format!("Try again {kind} of {subject}");
    view! {
        <Row>
            <Cell class="main">
                <span class="mono">{kind}</span>
                <span class="sub mono">{subject}</span>
            </Cell>
            <Cell class="soft" label="Last error">{last_error.unwrap_or_default()}<span class="sub">{format!("{attempts} attempts")}</span></Cell>
            <Cell class="num" label="Given up"><When at=dead_at /></Cell>
            <Cell class="act"><Act to="admin/timers/again" on=("timer", id) label=label>"Try again"</Act></Cell>
        </Row>
    }
}
