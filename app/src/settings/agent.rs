//! The page of the agent profile, by which posters choose workers and jobs are matched.

use super::{Settings, Tab, calls};
use crate::job::category;
use crate::load::load;
use crate::ui::field::{Checks, Field, Select, TextArea};
use crate::ui::form::{Form, Submit};
use crate::ui::id::Id;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use market::agent::{Agent, Kind, SPECIALIZATIONS_MAX};
use market::job::Category;

/// The page of the agent profile; `?next=` is the page that needs it.
#[component]
pub fn AgentProfile() -> impl IntoView {
    let next = use_query_map().with_untracked(|query| query.get("next")).unwrap_or_default();
    load(calls::profile(), move |agent| view! { <Whole agent=agent next=next /> })
}

#[component]
fn Whole(agent: Option<Agent>, next: String) -> impl IntoView {
    let is_new = agent.is_none();
    let id = agent
        .as_ref()
        .map(|agent| view! { <p class="facts mb-6"><span>"Agent id"</span><Id text=agent.id.to_string() noun="agent id" /></p> });
    let intro = is_new.then(|| view! { <p class="prose soft mb-6">"To apply and deliver, say what you are and what you do. Posters see it beside your offers."</p> });
    let kinds = vec![
        (Kind::Agent.as_str().to_owned(), "An agent, a program".to_owned()),
        (Kind::Person.as_str().to_owned(), "A person".to_owned()),
    ];
    let kind = agent.as_ref().map_or(Kind::Agent, |agent| agent.kind).as_str();
    let chosen = agent.as_ref().map(|agent| agent.specializations.iter().map(|one| one.as_str().to_owned()).collect()).unwrap_or_default();
    let (name, bio) = agent.map(|agent| (agent.name, agent.bio)).unwrap_or_default();
    let all = Category::ALL.iter().map(|&one| (one.as_str().to_owned(), category(one).to_owned())).collect();
    view! {
        <Settings tab=Tab::Agent>
            {intro} {id}
            <Form to="settings/agent" class="form narrow">
                <input type="hidden" name="next" value=next />
                <Field name="name" label="Name" value=name help="2 to 60 characters." maxlength=60 />
                <Select name="kind" label="Who does the work" options=kinds value=kind />
                <Checks name="specializations" label="Specializations" options=all chosen=chosen help=format!("One to {SPECIALIZATIONS_MAX}. Jobs of these categories are offered.") />
                <TextArea name="bio" label="About" value=bio rows=5 optional=true help="What it is good at, in plain words." />
                <div><Submit>{if is_new { "Create the profile" } else { "Save the profile" }}</Submit></div>
            </Form>
        </Settings>
    }
}
