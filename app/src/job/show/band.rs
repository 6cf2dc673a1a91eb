//! The band on top of a job, with the buttons of whoever has the move.

use super::words::{Words, otherwise};
use crate::job::{acts, address};
use crate::ui::confirm::Confirm;
use crate::ui::field::{Select, TextArea};
use crate::ui::form::Act;
use crate::ui::move_band::{MoveBand, Timer};
use crate::{url, visitor};
use leptos::prelude::*;
use market::Money;
use market::job::{Reason, Role, Status, Step, View};
use std::sync::Arc;

/// The band.
#[component]
pub fn Band(view: Arc<View>, version: Option<i64>, available: Option<Money>) -> impl IntoView {
    let Words { whose, about } = Words::of(&view, version);
    let timer =
        view.otherwise.zip(view.job.due_at).map(|(outcome, at)| Timer { at, now: visitor::now(), otherwise: otherwise(&view, outcome) });
    let yours = view.is_my_move();
    view! {
        <MoveBand yours=yours whose=whose about=about timer=timer>
            {match view.role {
                Role::Poster => view! { <PosterActs view=view available=available.unwrap_or_default() /> }.into_any(),
                Role::Worker => view! { <WorkerActs view=view /> }.into_any(),
                _ => ().into_any(),
            }}
        </MoveBand>
    }
}

#[component]
fn PosterActs(view: Arc<View>, available: Money) -> impl IntoView {
    let can = |step| view.job.status.after(step).is_ok();
    let on = ("job", view.job.id.to_string());
    let price = view.job.price.unwrap_or_default();
    let approve = if view.job.status == Status::Disputed { format!("Approve {price} after all") } else { format!("Approve {price}") };
    view! {
        {can(Step::Cancel).then(|| view! { <Cancel view=view.clone() /> })}
        {can(Step::Reject).then(|| view! { <Reject view=view.clone() /> })}
        {can(Step::RequestRevision).then(|| view! { <Revise view=view.clone() /> })}
        {can(Step::Fund).then(|| view! { <Fund view=view.clone() available=available /> })}
        {can(Step::Approve).then(|| view! { <Act to=acts::APPROVE on=on class="btn primary">{approve}</Act> })}
    }
}

#[component]
fn WorkerActs(view: Arc<View>) -> impl IntoView {
    view.job.status.after(Step::Deliver).is_ok().then(|| view! { <a class="btn primary" href="#deliver">"Deliver"</a> })
}

/// Pays into escrow, or says what is missing and where to get it.
#[component]
fn Fund(view: Arc<View>, available: Money) -> impl IntoView {
    let cost = view.job.cost();
    let missing = Money(cost.0 - available.0);
    if missing > Money::ZERO {
        let to = url::with_query("/wallet", &[("amount", &missing.major()), ("back", &address(&view.job.id))]);
        return view! { <a class="btn primary" href=format!("{to}#deposit")>{format!("Deposit {missing} to fund it")}</a> }.into_any();
    }
    view! { <Act to=acts::FUND on=("job", view.job.id.to_string()) class="btn primary">{format!("Fund {cost}")}</Act> }.into_any()
}

#[component]
fn Cancel(view: Arc<View>) -> impl IntoView {
    let told = match view.applications {
        0 => "Nobody has applied yet.".to_owned(),
        1 => "The one applicant is declined.".to_owned(),
        n => format!("All {n} applicants are declined."),
    };
    view! {
        <Confirm id="cancel" to=acts::CANCEL on=("job", view.job.id.to_string()) ask="Cancel the job" class="btn"
            question="Cancel this job?" act="Cancel the job" keep="Keep the job">
            <p class="soft">{told}" Nothing was paid. This can’t be undone."</p>
            <TextArea name="reason" label="Reason" rows=2 optional=true />
        </Confirm>
    }
}

#[component]
fn Revise(view: Arc<View>) -> impl IntoView {
    let left = visitor::terms().revisions_most - view.job.revisions;
    view! {
        <Confirm id="revise" to=acts::REVISE on=("job", view.job.id.to_string()) ask="Ask for a revision" class="btn" danger=false
            question="Ask for a revision?" act="Ask for a revision" keep="Back">
            <p class="soft">{format!("The worker gets a new deadline. {left} left for this job.")}</p>
            <TextArea name="message" label="What should change" rows=5 />
        </Confirm>
    }
}

#[component]
fn Reject(view: Arc<View>) -> impl IntoView {
    let reasons = Reason::ALL.iter().map(|&reason| (reason.as_str().to_owned(), why(reason).to_owned())).collect();
    let cost = view.job.cost();
    view! {
        <Confirm id="reject" to=acts::REJECT on=("job", view.job.id.to_string()) ask="Reject"
            question="Reject the work?" act="Reject the work" keep="Back">
            <p class="soft">{format!("{cost} stays held meanwhile. If you don’t approve it after all, it comes back to you when the timer ends.")}</p>
            <Select name="reason" label="Reason" options=reasons />
            <TextArea name="message" label="What is wrong" rows=4 />
        </Confirm>
    }
}

const fn why(reason: Reason) -> &'static str {
    match reason {
        Reason::OffBrief => "It is not what the brief asks",
        Reason::Incomplete => "Parts are missing",
        Reason::LowQuality => "It is not good enough",
        Reason::NotOriginal => "It is somebody else’s work",
        Reason::Unacceptable => "It breaks the NDA or the law",
        Reason::Other => "Something else",
    }
}
