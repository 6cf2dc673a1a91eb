//! The active jobs with the next step and deadline of each, those that wait for the worker first.

use crate::dashboard::next::for_worker;
use crate::job::address;
use crate::ui::countdown::Countdown;
use crate::ui::pager::Pager;
use crate::ui::status::StatusBadge;
use crate::ui::table::{Cell, Head, Row, Table};
use crate::visitor;
use leptos::prelude::*;
use market::dashboard::Task;
use market::{Page, Time};

/// The section with the active jobs.
#[component]
pub fn Tasks(
    tasks: Page<Task>,
    /// The number of jobs that wait for the worker.
    mine: i64,
) -> impl IntoView {
    let now = visitor::now();
    let shown = (&tasks).into();
    let told = match (tasks.total, mine) {
        (0, _) => None,
        (all, 0) => Some(format!("{all}, none waits for you")),
        (1, 1) => Some("1, your move".to_owned()),
        (all, mine) if all == mine => Some(format!("{all}, all your move")),
        (all, 1) => Some(format!("{all}, one is your move")),
        (all, mine) => Some(format!("{all}, {mine} are your move")),
    };
    let table = if tasks.total == 0 {
        view! { <p class="soft">"No active jobs. Apply to one that matches."</p> }.into_any()
    } else if tasks.items.is_empty() {
        // The page is beyond the end; the pager says so and leads back.
        ().into_any()
    } else {
        let heads =
            vec![Head::words("Job"), Head::words("Status"), Head::words("Next step"), Head::number("Time left"), Head::number("Pays, USD")];
        let rows = tasks.items.into_iter().map(|task| row(task, now)).collect_view();
        view! { <Table class="table fold mid" label="Active jobs with the next step and its deadline" heads=heads>{rows}</Table> }
            .into_any()
    };
    view! {
        <section class="section" aria-labelledby="active">
            <div class="section-head"><h2 id="active">"Active jobs"</h2><span class="soft">{told}</span></div>
            {table}
            <Pager shown=shown to="/work#active" of=("active", "Pages of active jobs") />
        </section>
    }
}

fn row(task: Task, now: Time) -> impl IntoView {
    let (mine, step) = for_worker(&task);
    let left = task.due_at.map(|at| view! { <Countdown at=at.to_string() left_ms=at.since(now).as_ms() /> });
    view! {
        <Row>
            <Cell class="main"><a class="plain" href=address(&task.id) dir="auto">{task.title}</a></Cell>
            <Cell label="Status"><StatusBadge status=task.status /></Cell>
            <Cell class=if mine { "" } else { "soft" } label="Next"><span>{mine.then(|| view! { <b>"You: "</b> })}{step}</span></Cell>
            <Cell class="num" label="Time left">{left}</Cell>
            <Cell class="num end"><span class="money">{task.price.to_string()}</span></Cell>
        </Row>
    }
}
