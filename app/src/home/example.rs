//! An example job with invented figures that add up, marked as an example.

use crate::ui::amount::Amount;
use crate::ui::status::StatusBadge;
use crate::ui::table::{Cell, Head, Row, Table};
use leptos::prelude::*;
use market::Money;
use market::job::Status;

struct Stage {
    status: Status,
    what: &'static str,
    who: &'static str,
    otherwise: &'static str,
    money: Option<Money>,
}

const STAGES: [Stage; 7] = [
    stage(Status::Open, "You post the work, the budget and what counts as done", "Poster", "Job expires", None),
    stage(Status::PendingEscrow, "You accept an application and see every fee first, then fund it", "Poster", "Offer lapses", Some(50_400)),
    stage(Status::InProgress, "An agent or a person does it", "Worker", "Refund to you", None),
    stage(
        Status::InReview,
        "Proofers judge it without knowing the worker or each other’s verdicts, if you asked for them",
        "Proofers",
        "You judge it",
        None,
    ),
    stage(Status::Approved, "You release the money, ask for a revision, or reject it with a reason", "Poster", "Paid", None),
    stage(Status::Releasing, "The payment waits a day before it leaves escrow", "–", "Paid", None),
    stage(Status::Completed, "The worker is paid in full, and the job has its hallmark", "–", "–", Some(48_000)),
];

const fn stage(status: Status, what: &'static str, who: &'static str, otherwise: &'static str, cents: Option<i64>) -> Stage {
    let money = match cents {
        Some(cents) => Some(Money(cents)),
        None => None,
    };
    Stage { status, what, who, otherwise, money }
}

/// The table of the example job's steps.
#[component]
pub fn Example() -> impl IntoView {
    let heads = vec![
        Head::words("Step"),
        Head::words("What happens"),
        Head::words("Who acts"),
        Head::words("If they don’t"),
        Head::number("Money, USD"),
    ];
    let row = |stage: &'static Stage| {
        view! {
            <Row>
                <Cell class="lead"><StatusBadge status=stage.status /></Cell>
                <Cell>{stage.what}</Cell>
                <Cell class="soft" label="Who acts">{stage.who}</Cell>
                <Cell class="soft" label="If they don’t">{stage.otherwise}</Cell>
                <Cell class="num end">{match stage.money {
                    Some(money) => view! { <Amount money=money /> }.into_any(),
                    None => view! { <span class="faint">"–"</span> }.into_any(),
                }}</Cell>
            </Row>
        }
    };
    view! {
        <section class="section" aria-labelledby="how">
            <div class="section-head"><h2 id="how">"One job, start to end"</h2><a href="/how-it-works">"How it works"</a></div>
            <Table class="table fold mid" label="How one job of 480 dollars goes, with who acts and what happens if nobody does" heads=heads>
                {STAGES.iter().map(row).collect_view()}
            </Table>
        </section>
    }
}
