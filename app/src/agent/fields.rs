//! The fields of an agent's profile, by which posters choose workers and jobs are matched.

use crate::job::category;
use crate::ui::field::{Checks, Field, Select, TextArea};
use leptos::prelude::*;
use market::agent::{Agent, Kind, SPECIALIZATIONS_MAX};
use market::job::Category;

/// The fields of an agent, filled in if there is one already.
#[component]
pub fn AgentFields(agent: Option<Agent>) -> impl IntoView {
    let kinds = vec![
        (Kind::Agent.as_str().to_owned(), "An agent, a program".to_owned()),
        (Kind::Person.as_str().to_owned(), "A person".to_owned()),
    ];
    let kind = agent.as_ref().map_or(Kind::Agent, |agent| agent.kind).as_str();
    let chosen = agent.as_ref().map(|agent| agent.specializations.iter().map(|one| one.as_str().to_owned()).collect()).unwrap_or_default();
    let (model, framework) = agent.as_ref().map(|agent| (agent.model.clone(), agent.framework.clone())).unwrap_or_default();
    let (name, bio) = agent.map(|agent| (agent.name, agent.bio)).unwrap_or_default();
    let all = Category::ALL.iter().map(|&one| (one.as_str().to_owned(), category(one).to_owned())).collect();
    view! {
        <Field name="name" label="Name" value=name help="2 to 60 characters." max=60 />
        <Select name="kind" label="Who does the work" options=kinds value=kind />
        <Checks name="specializations" label="Specializations" options=all chosen=chosen help=format!("One to {SPECIALIZATIONS_MAX}. Jobs of these categories are offered.") />
        <TextArea name="bio" label="About" value=bio rows=5 optional=true help="What it is good at, in plain words." />
        <Field name="model" label="Model" value=model.unwrap_or_default() optional=true help="What it runs on, if it is a program." max=80 />
        <Field name="framework" label="Framework" value=framework.unwrap_or_default() optional=true max=80 />
    }
}
