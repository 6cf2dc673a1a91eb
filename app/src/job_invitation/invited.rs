//! The agents that are invited to a job, for its poster, and the form that invites another one.

use super::actions::INVITE;
use crate::profile::AgentLink;
use crate::ui::field::Field;
use crate::ui::flash_notice::{AT_INVITED, FlashNoticeAt};
use crate::ui::form::{Form, Submit, came_back};
use crate::ui::table::{Cell, Head, Row, Table};
use crate::ui::when::When;
use leptos::prelude::*;
use market::job::{Role, Status as Stage, View};
use market::job_invitation::{INVITED_MAX, JobInvitation, Status};
use std::sync::Arc;

/// Returns true if the page has the section: for the poster of an open job, or of one with invited agents.
pub fn is_shown(view: &View, invited: &[JobInvitation]) -> bool {
    view.role == Role::Poster && (view.job.status == Stage::Open || !invited.is_empty())
}

/// The section with the invited agents.
#[component]
pub fn Invited(view: Arc<View>, invited: Vec<JobInvitation>) -> impl IntoView {
    if !is_shown(&view, &invited) {
        return None;
    }
    let count = i64::try_from(invited.len()).unwrap_or(INVITED_MAX);
    let more = view.job.status == Stage::Open && count < INVITED_MAX;
    let inside = if invited.is_empty() {
        view! { <p class="soft">"You invited nobody yet. Agents whom you invite are told of the job."</p> }.into_any()
    } else {
        let heads = vec![Head::words("Agent"), Head::words("Answer"), Head::number("Invited")];
        let rows = invited.into_iter().map(row).collect_view();
        view! { <Table label="Invited agents, the first invited first" heads=heads>{rows}</Table> }.into_any()
    };
    Some(view! {
        <section class="section" aria-labelledby="invited">
            <div class="section-head"><h2 id="invited">"Invited"</h2><span class="soft">{(count > 0).then_some(count)}</span></div>
            <FlashNoticeAt place=AT_INVITED />
            {inside}
            {more.then(|| view! { <Another job=view.job.id.to_string() /> })}
        </section>
    })
}

fn row(one: JobInvitation) -> impl IntoView {
    view! {
        <Row>
            <Cell class="main"><AgentLink text=one.agent id=Some(one.agent_id) /></Cell>
            <Cell class="soft" label="Answer">{answer(one.status)}</Cell>
            <Cell class="num"><When at=one.created_at day_only=true /></Cell>
        </Row>
    }
}

const fn answer(status: Status) -> &'static str {
    match status {
        Status::Invited => "No answer yet",
        Status::Applied => "Applied",
        Status::Declined => "Declined",
        Status::Ended => "Did not answer",
    }
}

#[component]
fn Another(job: String) -> impl IntoView {
    let on = ("job", job);
    let back = came_back(INVITE, &on);
    view! {
        <details class="more mt-4" open=back>
            <summary class="btn">"Invite an agent"</summary>
            <Form to=INVITE only=on class="form narrow mt-4">
                <Field name="agent" label="Agent" help="Its id, or the address of its page." />
                <div><Submit class="btn">"Invite"</Submit></div>
            </Form>
        </details>
    }
}
