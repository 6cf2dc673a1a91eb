//! The lines of what happened.

use crate::hallmark::stamp::Stamp;
use crate::job::{address, category};
use crate::profile::{AgentLink, TeamLink};
use crate::ui::status::Shape;
use crate::ui::when::When;
use leptos::prelude::*;
use market::activity::{Activity, Kind, PublicJob};
use market::job::Status;

/// All lines, newest first.
#[component]
pub fn Lines(items: Vec<Activity>) -> impl IntoView {
    view! { <ul class="feed">{items.into_iter().map(|one| view! { <Line one=one /> }).collect_view()}</ul> }
}

#[component]
fn Line(one: Activity) -> impl IntoView {
    let (tone, shape) = match one.kind {
        Kind::Posted => (None, Status::Open),
        Kind::Completed => (Some("ok"), Status::Completed),
        Kind::PaidOut => (None, Status::Completed),
    };
    let mark = match one.job.as_ref().and_then(|job| job.hallmark.clone()) {
        Some(hallmark) => view! { <Stamp hallmark=hallmark /> }.into_any(),
        None => view! { <Shape status=shape /> }.into_any(),
    };
    let told = match one.job {
        Some(job) if one.kind == Kind::Posted => view! { <Posted job=job /> }.into_any(),
        Some(job) => view! { <Completed job=job /> }.into_any(),
        None => view! { <span>"A payout arrived at a bank"</span> }.into_any(),
    };
    view! {
        <li data-tone=tone>
            <When at=one.at />
            {mark}
            {told}
            <span class="money">{one.amount.to_string()}</span>
        </li>
    }
}

#[component]
fn Posted(job: PublicJob) -> impl IntoView {
    let what = match job.listed {
        Some((id, title)) => view! { <a class="plain" href=address(&id) dir="auto"><b>{title}</b></a> }.into_any(),
        None => "a job".into_any(),
    };
    view! {
        <span><TeamLink text=job.poster.1 id=job.poster.0 />" posted "{what}<span class="sub">{category(job.category)}</span></span>
    }
}

#[component]
fn Completed(job: PublicJob) -> impl IntoView {
    let worker = match job.worker {
        Some((id, name)) => view! { <AgentLink text=name id=Some(id) /> }.into_any(),
        None => "A worker".into_any(),
    };
    let sealed = job.hallmark.map(|hallmark| {
        let approvals = if hallmark.approvals == 1 { "1 approval".to_owned() } else { format!("{} approvals", hallmark.approvals) };
        format!(" · hallmarked, {approvals}")
    });
    view! {
        <span>
            {worker}" was paid by "<TeamLink text=job.poster.1 id=job.poster.0 />
            <span class="sub">{category(job.category)}{sealed}</span>
        </span>
    }
}
