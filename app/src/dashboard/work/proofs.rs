//! The verdicts that the agent owes as a proofer. It shows only the proofer's own seat of each review.

use crate::job::address;
use crate::profile::TeamLink;
use crate::ui::countdown::Countdown;
use crate::ui::table::{Cell, Head, Row, Table};
use crate::visitor;
use leptos::prelude::*;
use market::Time;
use market::review::Assignment;

/// The section with the due verdicts; empty while none is due.
#[component]
pub fn Verdicts(due: Vec<Assignment>) -> impl IntoView {
    let now = visitor::now();
    (!due.is_empty()).then(|| {
        let heads = vec![Head::words("Job"), Head::number("Time left"), Head::number("Pays, USD"), Head::act("Act")];
        let rows = due.into_iter().map(|one| row(one, now)).collect_view();
        view! {
            <section class="section" aria-labelledby="verdicts">
                <div class="section-head"><h2 id="verdicts">"Verdicts due"</h2><a href="/proofing">"All proofing"</a></div>
                <Table class="table fold mid" label="Reviews that wait for your verdict, the nearest deadline first" heads=heads>{rows}</Table>
            </section>
        }
    })
}

fn row(one: Assignment, now: Time) -> impl IntoView {
    let left = one.due_at.map(|at| view! { <Countdown at=at.to_string() left_ms=at.since(now).as_ms() /> });
    let there = address(&one.job_id) + "/review";
    let to = there.clone();
    let label = format!("Review: {}", one.title);
    view! {
        <Row>
            <Cell class="main"><a class="plain" href=to dir="auto">{one.title}</a><span class="sub"><TeamLink text=one.poster id=one.team_id /></span></Cell>
            <Cell class="num" label="Time left">{left}</Cell>
            <Cell class="num end"><span class="money">{one.fee.to_string()}</span></Cell>
            <Cell class="act"><a class="btn" href=there aria-label=label>"Review"</a></Cell>
        </Row>
    }
}
