//! The list of spends that wait for a person, or were decided.

use crate::job::{address, category};
use crate::ui::amount::Amount;
use crate::ui::form::Act;
use crate::ui::status::{Mark, StateBadge};
use crate::ui::table::{Cell, Head, Row, Table};
use crate::ui::when::When;
use crate::visitor;
use leptos::prelude::*;
use market::approval::{Approval, Status};
use market::job::Category;

/// The approvals of an agent, the newest first; at least one.
#[component]
pub fn Approvals(approvals: Vec<Approval>, may_write: bool) -> impl IntoView {
    let heads = vec![Head::words("Job"), Head::number("Amount, USD"), Head::words("State"), Head::words("Until"), Head::act("Act")];
    let rows = approvals.into_iter().map(|approval| view! { <Line approval=approval may_write=may_write /> }).collect_view();
    view! { <Table class="table fold mid" label="Spends that need a person, the newest first" heads=heads>{rows}</Table> }
}

#[component]
fn Line(approval: Approval, may_write: bool) -> impl IntoView {
    let waits = approval.status == Status::Pending && approval.expires_at > visitor::now();
    let (mark, text) = match approval.status {
        Status::Pending if waits => (Mark::Waits, "Waits for you"),
        Status::Pending | Status::Lapsed => (Mark::Off, "Lapsed"),
        Status::Approved => (Mark::Done, "Approved"),
        Status::Denied => (Mark::Failed, "Denied"),
        Status::Used => (Mark::Done, "Spent"),
    };
    let acts = (waits && may_write).then(|| {
        let on = ("approval", approval.id.to_string());
        let label = |word: &str| format!("{word} {} on {}", approval.amount, approval.title);
        view! {
            <span class="grid grid-cols-[1fr_1fr] gap-2">
                <Act to="mandate/approve" on=on.clone() class="btn primary" label=label("Approve")>"Approve"</Act>
                <Act to="mandate/deny" on=on class="btn" label=label("Deny")>"Deny"</Act>
            </span>
        }
    });
    let kind = Category::ALL.iter().find(|kind| kind.as_str() == approval.category).map(|&kind| category(kind));
    let until = (waits || approval.status == Status::Approved).then(|| view! { <When at=approval.expires_at /> });
    let title = match &approval.job_id {
        Some(id) => view! { <a class="plain" href=address(id)>{approval.title.clone()}</a> }.into_any(),
        None => approval.title.clone().into_any(),
    };
    view! {
        <Row>
            <Cell class="main">{title}<span class="sub">{kind}</span></Cell>
            <Cell class="num end" label="Amount"><Amount money=approval.amount /></Cell>
            <Cell label="State"><StateBadge mark=mark text=text /></Cell>
            <Cell class="soft whitespace-nowrap" label="Until">{until}</Cell>
            <Cell class="act">{acts}</Cell>
        </Row>
    }
}
