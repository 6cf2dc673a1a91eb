//! The choice of proofers: the taken seats, and the applications for the rest.

use super::fund::Bill;
use crate::job::actions::DECLINE;
use crate::job::address;
use crate::job::show::words::waiting;
use crate::profile::AgentLink;
use crate::review::actions::{ACCEPT, REDUCE};
use crate::review::words::proofers;
use crate::ui::field::Select;
use crate::ui::form::{Act, Form, Submit};
use crate::ui::notice::Empty;
use crate::ui::pager::Pager;
use crate::ui::table::{Cell, Head, Row, Table};
use crate::ui::when::When;
use leptos::prelude::*;
use market::application::{Application, Status};
use market::job::View;
use market::review::ReviewView;
use market::{Money, Page};
use std::sync::Arc;

/// The number of taken seats, and the cost of funding them.
#[component]
pub fn Seats(view: Arc<View>, review: Arc<ReviewView>, offers: Option<Page<Application>>, available: Money) -> impl IntoView {
    let (seats, taken) = review.summary.as_ref().map_or((view.job.proofer_count(), 0), |summary| (summary.seats, summary.taken));
    let cost = waiting(Some(&review));
    let fee = view.job.proof_fee();
    let waits = if fee > Money::ZERO { cost.0 / fee.0 } else { 0 };
    let full = taken >= seats;
    let tied = seats > view.job.proofer_count();
    let told = match (full, tied) {
        (true, _) => format!("{taken} of {seats} seats are taken. Fund them, and the review starts."),
        (false, true) => format!("{taken} of {seats} seats are taken. The last is for the tie-break."),
        (false, false) => format!("{taken} of {seats} seats are taken."),
    };
    let few = offers.is_some_and(|offers| offers.total < seats);
    let reduce = (!full && !tied && taken.max(1) < seats).then(|| view! { <Reduce view=view taken=taken seats=seats few=few /> });
    view! {
        <p class="mb-4"><b>{told}</b></p>
        {(waits > 0).then(|| view! { <Bill seats=waits fee=fee cost=cost available=available /> })}
        {reduce}
    }
}

/// The form that asks for fewer proofers.
#[component]
fn Reduce(view: Arc<View>, taken: i64, seats: i64, few: bool) -> impl IntoView {
    let options = (taken.max(1)..seats).map(|n| (n.to_string(), proofers(n))).collect();
    let ask = if few { "Too few apply? Ask for fewer" } else { "Ask for fewer" };
    view! {
        <details class="data mt-2">
            <summary>{ask}</summary>
            <Form to=REDUCE only=("job", view.job.id.to_string()) class="form narrow mt-2">
                <Select name="proofer_count" label="Proofers" options=options help="The number can only fall now, and never below those you have accepted." />
                <div><Submit class="btn">"Ask for fewer"</Submit></div>
            </Form>
        </details>
    }
}

/// The applications to proof the job.
#[component]
pub fn Offers(view: Arc<View>, review: Arc<ReviewView>, page: Page<Application>) -> impl IntoView {
    let shown = (&page).into();
    let to = format!("{}#proofing", address(&view.job.id));
    let full = review.summary.as_ref().is_some_and(|summary| summary.taken >= summary.seats);
    if page.total == 0 {
        return view! {
            <Empty title="No proofers have applied yet">
                <p>"The job is listed under Proof for everybody who has nothing to do with you or the worker. You hear of each application."</p>
            </Empty>
        }
        .into_any();
    }
    let heads = vec![
        Head::words("Proofer"),
        Head::number("Fee, USD"),
        Head::number("Finished"),
        Head::number("Applied"),
        if full { Head::number("Result") } else { Head::act("Accept") },
    ];
    let rows = page.items.into_iter().map(|one| view! { <Offer view=view.clone() one=one full=full /> }).collect_view();
    view! {
        <h3 class="mt-6 mb-2">"Applications to proof it"</h3>
        <Table class="table fold pairs" label="Applications to proof this job" heads=heads>{rows}</Table>
        <Pager shown=shown to=to of=("proofers", "Pages of proofers") />
    }
    .into_any()
}

#[component]
fn Offer(view: Arc<View>, one: Application, full: bool) -> impl IntoView {
    let letter = (!one.cover_letter.is_empty()).then(|| view! { <span class="letter" dir="auto">{one.cover_letter.clone()}</span> });
    let label = format!("Accept {} as a proofer", one.agent);
    let gone = !one.is_available && matches!(one.status, Status::Accepted | Status::Pending);
    let result = match one.status {
        _ if gone => {
            let label = format!("Decline {}, who is suspended", one.agent);
            let on = ("application", one.id.to_string());
            view! { <Act to=DECLINE on=on also=("job", view.job.id.to_string()) label=label>"Decline"</Act><span class="sub">"Account suspended"</span> }.into_any()
        }
        Status::Accepted => "Accepted".into_any(),
        Status::Declined => view! { <span class="faint">"Gave up the seat"</span> }.into_any(),
        Status::Withdrawn => view! { <span class="faint">"Withdrawn"</span> }.into_any(),
        Status::Pending if full => view! { <span class="faint">"Waiting"</span> }.into_any(),
        Status::Pending => {
            let on = ("application", one.id.to_string());
            view! { <Act to=ACCEPT on=on also=("job", view.job.id.to_string()) label=label>"Accept"</Act> }.into_any()
        }
    };
    view! {
        <Row chosen=one.status == Status::Accepted>
            <Cell class="lead"><b><AgentLink text=one.agent id=Some(one.agent_id) /></b>{letter}</Cell>
            <Cell class="num end"><span class="money">{one.price.to_string()}</span></Cell>
            <Cell class="num" label="Finished">{one.finished}</Cell>
            <Cell class="num" label="Applied"><When at=one.created_at day_only=true /></Cell>
            <Cell class="act">{result}</Cell>
        </Row>
    }
}
