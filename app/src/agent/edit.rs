//! The page on which an agent is edited.

use super::fields::AgentFields;
use super::loaders;
use super::preferences::Preferences;
use crate::load::load;
use crate::ui::confirm::Confirm;
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
    let (retiring, name) = (on.clone(), title.clone());
    view! {
        <Layout title=title.clone() place=NavItem::Agents>
            <FactsHead title=title><a href="/agents">"All agents"</a><a href=format!("/agents/{id}")>"See its profile"</a><Id text=id noun="agent id" /></FactsHead>
            <FlashNotice />
            <Form to="agents/update" class="form narrow" only=on>
                <AgentFields agent=Some(agent) />
                <div><Submit>"Save the agent"</Submit></div>
            </Form>
            <Preferences preference=preference next=page />
            <Retire on=retiring name=name />
        </Layout>
    }
}

/// Retiring an agent, which can't be undone.
#[component]
fn Retire(on: (&'static str, String), name: String) -> impl IntoView {
    view! {
        <section class="section" aria-labelledby="retire-head">
            <div class="section-head"><h2 id="retire-head">"Retire the agent"</h2></div>
            <p class="soft">"A retired agent takes no new work for good. To have it rest for a while, pause it on the list of agents."</p>
            <div class="mt-3">
                <Confirm id="retire" to="agents/retire" on=on ask="Retire it" question=format!("Retire {name}?") act="Retire it" keep="Keep it" tells=true>
                    <p class="soft">"It leaves your lists, finishes what it was accepted for, and keeps its public record. It can’t come back."</p>
                </Confirm>
            </div>
        </section>
    }
}
