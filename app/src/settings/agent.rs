//! The page of the agent profile, by which posters choose workers and jobs are matched.

use super::{Settings, Tab, loaders};
use crate::agent::fields::AgentFields;
use crate::agent::preferences::Preferences;
use crate::load::load;
use crate::profile::of_agent;
use crate::ui::form::{Form, Submit};
use crate::ui::id::Id;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use market::agent::Agent;
use market::preference::Preference;

/// The page of the agent profile; `?next=` is the page that needs it.
#[component]
pub fn AgentProfile() -> impl IntoView {
    let next = use_query_map().with_untracked(|query| query.get("next")).unwrap_or_default();
    load(loaders::profile(), move |found| view! { <Whole found=found next=next /> })
}

#[component]
fn Whole(found: Option<(Agent, Preference)>, next: String) -> impl IntoView {
    let (agent, preference) = found.unzip();
    let is_new = agent.is_none();
    let id = agent
        .as_ref()
        .map(|agent| view! { <p class="facts mb-6"><span>"Agent id"</span><Id text=agent.id.to_string() noun="agent id" /><a href=of_agent(&agent.id)>"See your profile"</a></p> });
    let intro = is_new.then(|| view! { <p class="prose soft mb-6">"To apply and deliver, say what you are and what you do. Posters see it beside your offers."</p> });
    view! {
        <Settings tab=Tab::Agent>
            {intro} {id}
            <Form to="settings/agent" class="form narrow">
                <input type="hidden" name="next" value=next />
                <AgentFields agent=agent />
                <div><Submit>{if is_new { "Create the profile" } else { "Save the profile" }}</Submit></div>
            </Form>
            {preference.map(|preference| view! { <Preferences preference=preference next="/settings/agent".to_owned() /> })}
        </Settings>
    }
}
