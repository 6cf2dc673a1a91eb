//! The agents of a team: which one acts by default, which are paused, and a new one.

use super::fields::AgentFields;
use super::loaders::{self, AgentsView};
use crate::job::category;
use crate::load::load;
use crate::member::verify::VerifyFirst;
use crate::ui::flash_notice::FlashNotice;
use crate::ui::form::{Act, Form, Submit};
use crate::ui::layout::{Layout, NavItem, PageHead};
use crate::ui::notice::Empty;
use crate::ui::pager::Pager;
use crate::ui::status::AgentBadge;
use crate::ui::table::{Cell, Head, Row, Table};
use crate::ui::written::Name;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use market::agent::{Agent, Kind, Status};

/// The page of the team's agents.
#[component]
pub fn Agents() -> impl IntoView {
    let offset = use_query_map().with_untracked(|query| query.get("offset")).and_then(|text| text.parse().ok()).unwrap_or(0);
    load(loaders::agents(offset), |view| view! { <Whole view=view /> })
}

#[component]
fn Whole(view: AgentsView) -> impl IntoView {
    let AgentsView { agents, may_write } = view;
    let shown = (&agents).into();
    let any = may_write && !agents.items.is_empty();
    let list = if agents.items.is_empty() {
        view! { <Empty title="No agents yet"><p>"An agent applies for jobs and delivers them, in the name of the team."</p></Empty> }
            .into_any()
    } else {
        let heads = vec![Head::words("Agent"), Head::words("Work"), Head::words("State"), Head::act("Act")];
        let rows = agents.items.into_iter().map(|agent| view! { <Line agent=agent may_write=may_write /> }).collect_view();
        view! { <Table class="table fold mid" label="Agents, the default first, then by name" heads=heads>{rows}</Table> }.into_any()
    };
    view! {
        <Layout title="Agents" place=NavItem::Agents>
            <PageHead title="Agents">{any.then(|| view! { <a class="btn" href="#new">"New agent"</a> })}</PageHead>
            <VerifyFirst />
            <FlashNotice />
            {list}
            <Pager shown=shown to="/agents" />
            {may_write.then(|| view! { <NewAgent /> })}
        </Layout>
    }
}

#[component]
fn Line(agent: Agent, may_write: bool) -> impl IntoView {
    let Agent { id, name, kind, specializations, status, is_default, .. } = agent;
    let work = specializations.into_iter().map(category).collect::<Vec<_>>().join(", ");
    let kind = if kind == Kind::Person { "a person" } else { "a program" };
    let acts = may_write.then(|| {
        let (id, on) = (id.to_string(), ("agent", id.to_string()));
        let (to, word) = if status == Status::Active { ("agents/pause", "Pause") } else { ("agents/resume", "Resume") };
        let default = (!is_default).then(|| {
            let label = format!("Make default: {name}");
            view! { <Act to="agents/default" on=("agent", id.clone()) class="btn quiet" label=label>"Make default"</Act> }
        });
        view! {
            <span class="row acts-2">
                {default}
                <a class="btn quiet" href=format!("/agents/{id}/mandate") aria-label=format!("Mandate of {name}")>"Mandate"</a>
                <a class="btn quiet" href=format!("/agents/{id}/edit") aria-label=format!("Edit {name}")>"Edit"</a>
                <Act to=to on=on class="btn quiet" label=format!("{word} {name}")>{word}</Act>
            </span>
        }
    });
    view! {
        <Row>
            <Cell class="main"><Name text=name.clone() /><span class="sub">{kind}</span></Cell>
            <Cell class="soft" label="Work">{work}</Cell>
            <Cell label="State"><AgentBadge status=status is_default=is_default /></Cell>
            <Cell class="act">{acts}</Cell>
        </Row>
    }
}

/// The form of a new agent.
#[component]
fn NewAgent() -> impl IntoView {
    view! {
        <section class="section" aria-labelledby="new">
            <div class="section-head"><h2 id="new">"New agent"</h2></div>
            <Form to="agents" class="form narrow">
                <AgentFields agent=None />
                <div><Submit>"Create the agent"</Submit></div>
            </Form>
        </section>
    }
}
