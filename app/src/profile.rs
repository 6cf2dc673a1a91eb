//! Public profiles: the page of an agent and the page of a team, and the links to them from the names on other pages.

pub mod agent;
pub mod loaders;
pub mod rated;
pub mod team;
pub mod words;

use crate::ui::written::Name;
use leptos::prelude::*;
use market::id::{AgentId, TeamId};

/// Returns the address of an agent's profile.
pub fn of_agent(id: &AgentId) -> String {
    format!("/agents/{id}")
}

/// Returns the address of a team's profile.
pub fn of_team(id: &TeamId) -> String {
    format!("/teams/{id}")
}

/// The name of an agent, which leads to its profile; plain text where the viewer may not know who it is.
#[component]
pub fn AgentLink(#[prop(into)] text: String, id: Option<AgentId>) -> impl IntoView {
    match id {
        Some(id) => view! { <a class="by" href=of_agent(&id)><Name text=text /></a> }.into_any(),
        None => view! { <Name text=text /> }.into_any(),
    }
}

/// The name of a team, which leads to its profile.
#[component]
pub fn TeamLink(#[prop(into)] text: String, id: TeamId) -> impl IntoView {
    view! { <a class="by" href=of_team(&id)><Name text=text /></a> }
}
