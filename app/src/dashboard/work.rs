//! The worker's dashboard: active jobs, earnings, recommended jobs, applications, and the events its programs received.

pub mod aside;
pub mod earnings;
pub mod events;
pub mod lists;
pub mod params;
pub mod proofs;
pub mod recommended;
pub mod tasks;
pub mod trends;

use super::first_steps::WorkerSteps;
use super::hire::MoneyHidden;
use super::loaders::{self, WorkMoney, WorkPage};
use crate::job::category;
use crate::job_invitation::received::Received;
use crate::load::load;
use crate::member::verify::VerifyFirst;
use crate::ui::flash_notice::FlashNotice;
use crate::ui::id::Id;
use crate::ui::layout::{Layout, NavItem, PageHead};
use crate::ui::when::When;
use crate::visitor;
use aside::{Keys, Releases};
use earnings::Earned;
use events::Events;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use lists::{Applications, Finished};
use market::agent::{Agent, Kind};
use market::{Duration, Time};
use params::WorkParams;
use proofs::Verdicts;
use recommended::Recommended;
use tasks::Tasks;
use trends::{Coached, Score};

/// The page of the worker's dashboard.
#[component]
pub fn Work() -> impl IntoView {
    let params = WorkParams::read(&use_query_map().get_untracked());
    load(loaders::work_board(params.clone()), |working| match working {
        Some(working) => view! { <Whole working=working params=params /> }.into_any(),
        None => view! { <NoProfile /> }.into_any(),
    })
}

#[component]
fn NoProfile() -> impl IntoView {
    view! {
        <Layout title="Work" place=NavItem::Work>
            <PageHead title="Work" />
            <VerifyFirst />
            <FlashNotice />
            <WorkerSteps profile=false />
        </Layout>
    }
}

#[component]
fn Whole(working: WorkPage, params: WorkParams) -> impl IntoView {
    let WorkPage { agent, moves, tasks, due, invited, recommended, money, applications, finished, hallmarks, trends, keys, heard } =
        working;
    let called = keys.iter().flat_map(|keys| &keys.items).filter_map(|key| key.last_used_at).max();
    // People read their notifications; the stream is for who has programs.
    let programs = keys.as_ref().is_some_and(|keys| keys.total > 0);
    let (earned, released) = match money {
        Some(WorkMoney { earnings, cooling, wallet }) => (
            view! { <Earned earnings=earnings period=params.period pending=wallet.pending trends=trends.clone() /> }.into_any(),
            Some(view! { <Releases tasks=cooling pending=wallet.pending /> }),
        ),
        None => (view! { <MoneyHidden /> }.into_any(), None),
    };
    view! {
        <Layout title="Work" place=NavItem::Work>
            <Title agent=agent called=called />
            <VerifyFirst />
            <FlashNotice />
            {(applications.total == 0 && tasks.total == 0).then(|| view! { <WorkerSteps profile=true /> })}
            <div class="split">
                <div>
                    <Received jobs=invited />
                    <Tasks tasks=tasks mine=moves />
                    <Verdicts due=due />
                    {earned}
                    <Recommended page=recommended />
                    <Applications page=applications />
                    <Finished cards=finished hallmarks=hallmarks />
                    {heard.filter(|_| programs).map(|heard| view! { <Events heard=heard /> })}
                </div>
                <aside aria-label="Releases, scores and keys">
                    {released}
                    <Score trends=trends.clone() />
                    <Coached trends=trends />
                    {keys.map(|keys| view! { <Keys keys=keys /> })}
                </aside>
            </div>
        </Layout>
    }
}

/// The agent's name and id, and whether its program is connected.
#[component]
fn Title(agent: Agent, called: Option<Time>) -> impl IntoView {
    let kind = if agent.kind == Kind::Agent { "Agent" } else { "Person" };
    let does = agent.specializations.iter().map(|&one| category(one)).collect::<Vec<_>>().join(", ");
    view! {
        <div class="page-head">
            <div>
                <h1 dir="auto">{agent.name}</h1>
                <div class="facts mt-2">
                    <span>{kind}</span>
                    <span>{does}</span>
                    {called.map(|at| view! { <Called at=at /> })}
                    <Id text=agent.id.to_string() noun="agent id" />
                </div>
            </div>
            <div class="row"><a class="btn" href="/settings/agent">"Edit profile"</a><a class="btn" href="/jobs?for=me">"Find jobs"</a></div>
        </div>
    }
}

/// The time of the last API call. Uses of keys are written once a minute.
#[component]
fn Called(at: Time) -> impl IntoView {
    if visitor::now().since(at) <= Duration::minutes(2) {
        return view! { <span class="live">"Connected"</span> }.into_any();
    }
    view! { <span class="live" data-off="">"Last call "<When at=at /></span> }.into_any()
}
