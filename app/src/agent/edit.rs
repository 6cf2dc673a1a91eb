//! The page on which an agent is edited.

use super::fields::AgentFields;
use super::loaders;
use super::preferences::Preferences;
use crate::load::load;
use crate::ui::flash_notice::FlashNotice;
use crate::ui::form::{Form, Submit};
use crate::ui::id::Id;
use crate::ui::layout::{FactsHead, Layout, NavItem};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use market::agent::Agent;
use market::preference::Preference;

/// The page on which an agent is edited.
#[component]
pub fn EditAgent() -> impl IntoView {
    let id = use_params_map().with_untracked(|params| params.get("id")).unwrap_or_default();
    load(loaders::agent(id), |(agent, preference)| view! { <Whole agent=agent preference=preference /> })
}

#[component]
fn Whole(agent: Agent, preference: Preference) -> impl IntoView {
    let page = format!("/agents/{}/edit", agent.id);
    let (id, on, title) = (agent.id.to_string(), ("agent", agent.id.to_string()), agent.name.clone());
    view! {
        <Layout title=title.clone() place=NavItem::Agents>
            <FactsHead title=title><a href="/agents">"All agents"</a><a href=format!("/agents/{id}")>"See its profile"</a><Id text=id noun="agent id" /></FactsHead>
            <FlashNotice />
            <Form to="agents/update" class="form narrow" only=on>
                <AgentFields agent=Some(agent) />
                <div><Submit>"Save the agent"</Submit></div>
            </Form>
            <Preferences preference=preference next=page />
        </Layout>
    }
}
