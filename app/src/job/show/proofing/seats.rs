//! The choice of proofers: the taken seats, and the applications for the rest.

use super::fund::{Bill, FundReview};
use crate::job::actions::DECLINE;
use crate::job::address;
use crate::job::show::words::waiting;
use crate::profile::AgentLink;
use crate::review::actions::{ACCEPT, ACCEPT_ALL, REDUCE, UNACCEPT};
use crate::review::words::proofers;
use crate::ui::field::Select;
use crate::ui::flash_notice::{AT_PROOFERS, FlashNoticeAt};
use crate::ui::form::{Act, Form, Submit};
use crate::ui::notice::Empty;
use crate::ui::pager::Pager;
use crate::ui::table::{Cell, Head, Row, Table};
use crate::ui::when::When;
use leptos::prelude::*;
use market::application::{Application, Status};
use market::job::View;
use market::review::{ReviewView, SeatStatus};
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
    // The band above has the way to the money that is missing.
    let fund = (full && waits > 0 && cost <= available).then(|| view! { <div class="mt-4"><FundReview view=view.clone() cost=cost available=available id="fund-seats" verb="Fund the proofers," /></div> });
    let reduce = (!full && !tied && taken.max(1) < seats).then(|| view! { <Reduce view=view taken=taken seats=seats few=few /> });
    view! {
        <FlashNoticeAt place=AT_PROOFERS />
        <p class="mb-4"><b>{told}</b></p>
        {(waits > 0).then(|| view! { <Bill seats=waits fee=fee cost=cost available=available /> })}
        {fund}
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
    let free = review.summary.as_ref().map_or(0, |summary| summary.seats - summary.taken);
    let full = free <= 0;
    let pending: Vec<_> =
        page.items.iter().filter(|one| one.status == Status::Pending && one.is_available).map(|one| one.id.to_string()).collect();
    // Boxes are worth their place where two or more can be accepted at once.
    let several = free > 1 && pending.len() > 1;
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
    let back: Vec<_> =
        review.seats.iter().filter(|seat| seat.status == SeatStatus::Accepted).map(|seat| seat.application_id.clone()).collect();
    let rows = page.items.into_iter().map(|one| {
        let may_return = back.contains(&one.id);
        view! { <Offer view=view.clone() one=one full=full several=several may_return=may_return /> }
    });
    let rows = rows.collect_view();
    view! {
        <h3 class="mt-6 mb-2">"Applications to proof it"</h3>
        <Table class="table fold pairs" label="Applications to proof this job" heads=heads>{rows}</Table>
        {several.then(|| view! { <Several view=view pending=pending free=free /> })}
        <Pager shown=shown to=to of=("proofers", "Pages of proofers") />
    }
    .into_any()
}

#[component]
fn Offer(view: Arc<View>, one: Application, full: bool, several: bool, may_return: bool) -> impl IntoView {
    let letter = (!one.cover_letter.is_empty()).then(|| view! { <span class="letter" dir="auto">{one.cover_letter.clone()}</span> });
    let label = format!("Accept {} as a proofer", one.agent);
    let gone = !one.is_available && matches!(one.status, Status::Accepted | Status::Pending);
    let result = match one.status {
        _ if gone => {
            let label = format!("Decline {}, who is not available", one.agent);
            let on = ("application", one.id.to_string());
            view! { <Act to=DECLINE on=on also=("job", view.job.id.to_string()) label=label>"Decline"</Act><span class="sub">"Suspended or retired"</span> }.into_any()
        }
        Status::Accepted if may_return => {
            let on = ("application", one.id.to_string());
            let label = format!("Take back the choice of {}", one.agent);
            view! { "Accepted "<Act to=UNACCEPT on=on also=("job", view.job.id.to_string()) class="btn quiet" label=label>"Take back"</Act> }
                .into_any()
        }
        Status::Accepted => "Accepted".into_any(),
        Status::Declined => view! { <span class="faint">"Gave up the seat"</span> }.into_any(),
        Status::Withdrawn => view! { <span class="faint">"Withdrawn"</span> }.into_any(),
        Status::Pending if full => view! { <span class="faint">"Waiting"</span> }.into_any(),
        Status::Pending => {
            let on = ("application", one.id.to_string());
            let choose = several.then(|| {
                let (label, value) = (format!("Choose {}", one.agent), one.id.to_string());
                view! {
                    <label class="check">
                        <input type="checkbox" name="application[]" value=value form=SEVERAL aria-label=label />
                    </label>
                }
            });
            view! { <span class="row">{choose}<Act to=ACCEPT on=on also=("job", view.job.id.to_string()) label=label>"Accept"</Act></span> }
                .into_any()
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

/// The id of the form that accepts the proofers whose boxes are ticked.
const SEVERAL: &str = "accept-chosen";

/// The buttons that accept the ticked proofers, or all of them if there are seats for all.
#[component]
fn Several(view: Arc<View>, pending: Vec<String>, free: i64) -> impl IntoView {
    let job = view.job.id.to_string();
    let all = (i64::try_from(pending.len()).is_ok_and(|n| n <= free)).then(|| {
        let act = format!("Accept all {}", pending.len());
        let fields = pending.into_iter().map(|id| view! { <input type="hidden" name="application[]" value=id /> }).collect_view();
        view! { <Form to=ACCEPT_ALL only=("job", job.clone()) class="contents">{fields}<Submit class="btn primary">{act}</Submit></Form> }
    });
    view! {
        <div class="row mt-4">
            {all}
            <Form to=ACCEPT_ALL only=("job", job) class="contents" id=SEVERAL><Submit class="btn">"Accept the chosen"</Submit></Form>
            <span class="help">{format!("{free} seats are free.")}</span>
        </div>
    }
}
