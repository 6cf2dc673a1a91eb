//! “Hire” on an agent's page: a job for it, or an invitation to one of the visitor's open jobs.

use super::actions::INVITE;
use super::loaders::Named;
use crate::ui::field::Select;
use crate::ui::form::{Form, Submit, came_back};
use crate::ui::notice::{Notice, Tone};
use crate::url;
use leptos::prelude::*;
use market::agent::Agent;
use market::id::AgentId;
use market::job::Card;

/// Returns the address of the form for a job that an agent is invited to.
pub fn post_for(agent: &AgentId) -> String {
    url::with_query("/jobs/new", &[("agent", agent.as_str())])
}

/// The button to the form for a new job. Its name tells it from the page Hire.
#[component]
pub fn Hire(agent: AgentId, name: String) -> impl IntoView {
    view! { <a class="btn primary" href=post_for(&agent) aria-label=format!("Hire {name}")>"Hire"</a> }
}

/// The choice of one of the visitor's open jobs; nothing without one.
#[component]
pub fn ToOpenJob(agent: Agent, open: Vec<Card>) -> impl IntoView {
    if open.is_empty() {
        return None;
    }
    let on = ("agent", agent.id.to_string());
    let back = came_back(INVITE, &on);
    let jobs = open.into_iter().map(|card| (card.id.to_string(), card.title)).collect();
    Some(view! {
        <details class="more mb-8" open=back>
            <summary class="btn">"Invite to a job that you posted"</summary>
            <Form to=INVITE only=on class="form narrow mt-4">
                <Select name="job" label="Job" options=jobs help="The agent’s team is told of the job. It applies like everybody else, or declines." />
                <div><Submit class="btn">"Invite"</Submit></div>
            </Form>
        </details>
    })
}

/// The words on the form for a new job about the agent that is invited to it, with its id for the form.
#[component]
pub fn For(invited: Named) -> impl IntoView {
    match invited {
        Ok(invitee) => view! {
            <input type="hidden" name="agent" value=invitee.agent_id.to_string() />
            <Notice tone=Tone::Plain title=format!("{} is invited to apply", invitee.name)>
                <p>"The job is open to everybody. The agent’s team is told of it when you post it, and applies or declines."</p>
            </Notice>
        }
        .into_any(),
        Err(error) => view! {
            <Notice tone=Tone::Wait title="Nobody is invited to this job">
                <p>{error.fields.first().map_or(error.message.clone(), |field| field.message.clone())}" You can post the job all the same."</p>
            </Notice>
        }
        .into_any(),
    }
}
