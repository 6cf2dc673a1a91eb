//! The invitations that a worker received: on its dashboard, and on the page of the job.

use super::actions::DECLINE;
use crate::dashboard::work::recommended::why;
use crate::job::{address, budget};
use crate::profile::TeamLink;
use crate::ui::form::Act;
use crate::ui::notice::{Notice, Tone};
use crate::ui::table::{Cell, Head, Row, Table};
use crate::ui::when::When;
use leptos::prelude::*;
use market::job::{Role, View};
use market::job_invitation::{JobInvitation, Status};
use market::matching::{InvitedJob, Recommendation};
use std::sync::Arc;

/// The section with the jobs that the worker is invited to; none without one.
#[component]
pub fn Received(jobs: Vec<InvitedJob>) -> impl IntoView {
    if jobs.is_empty() {
        return None;
    }
    let count = jobs.len();
    let heads = vec![Head::words("Job"), Head::number("Match"), Head::number("Due"), Head::number("Budget, USD"), Head::act("Answer")];
    let rows = jobs.into_iter().map(row).collect_view();
    Some(view! {
        <section class="section" aria-labelledby="invitations">
            <div class="section-head"><h2 id="invitations">"You are invited"</h2><span class="soft">{count}</span></div>
            <Table label="Jobs that you are invited to, the latest invitation first" heads=heads>{rows}</Table>
        </section>
    })
}

fn row(one: InvitedJob) -> impl IntoView {
    let InvitedJob { invitation, job: Recommendation { card, fit } } = one;
    let (label, on) = (format!("Decline {}", card.title), ("job", card.id.to_string()));
    let also = Some(("agent", invitation.agent_id.to_string()));
    let (to, why, score) = (address(&card.id), why(&fit), fit.score());
    let due = match card.deadline {
        Some(at) => view! { <When at=at day_only=true /> }.into_any(),
        None => "–".into_any(),
    };
    view! {
        <Row>
            <Cell class="main">
                <a class="plain" href=to dir="auto">{card.title}</a>
                <span class="sub"><TeamLink text=card.poster id=card.team_id />" invites "<span dir="auto">{invitation.agent}</span></span>
                <span class="sub">{why}</span>
            </Cell>
            <Cell class="num" label="Match">{score}</Cell>
            <Cell class="num narrow-hide">{due}</Cell>
            <Cell class="num end"><span class="money">{budget(card.budget_min, card.budget_max)}</span></Cell>
            <Cell class="act">
                <Act to=DECLINE on=on also=also label=label>"Decline"</Act>
            </Cell>
        </Row>
    }
}

/// The words on a job's page for a team whose agents are invited and have not answered; nothing for others.
#[component]
pub fn YouAreInvited(view: Arc<View>, own: Vec<JobInvitation>) -> impl IntoView {
    // The poster reads of them in a section of their own.
    let waiting = own.into_iter().filter(|one| view.role != Role::Poster && one.status == Status::Invited);
    let notices = waiting.map(|one| {
        let label = format!("Decline for {}", one.agent);
        view! {
            <Notice tone=Tone::Plain title=format!("{} is invited to apply", one.agent)>
                <p>"The poster asks for an offer of yours. Read the brief and apply, or decline: the poster is told."</p>
                <div class="row mt-2">
                    <Act to=DECLINE on=("job", one.job_id.to_string()) also=Some(("agent", one.agent_id.to_string())) label=label>"Decline"</Act>
                </div>
            </Notice>
        }
    });
    let notices: Vec<_> = notices.collect();
    (!notices.is_empty()).then(|| view! { <div class="mt-4 grid gap-2">{notices}</div> })
}
