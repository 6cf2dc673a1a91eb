//! The page of one member, with what an admin may do.

use super::job_list::Jobs;
use super::member_list::standing;
use super::{Console, Tab, loaders};
use crate::load::load;
use crate::ui::amount::Amount;
use crate::ui::confirm::Confirm;
use crate::ui::field::{Field, Select};
use crate::ui::id::Id;
use crate::ui::notice::{Notice, Tone};
use crate::ui::table::{Cell, Head, Row, Table};
use crate::ui::when::When;
use crate::ui::written::Name;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use market::actor::Plan;
use market::admin::{MemberLine, MemberPage, TeamLine};
use market::role;

/// The page of one member.
#[component]
pub fn AdminMember() -> impl IntoView {
    let id = use_params_map().with_untracked(|params| params.get("id")).unwrap_or_default();
    load(loaders::member(id), |shown| view! { <Whole shown=shown /> })
}

#[component]
fn Whole(shown: MemberPage) -> impl IntoView {
    let MemberPage { member, suspended_for, teams, jobs, sessions, keys, has_second_factor } = shown;
    let suspended = suspended_for.map(|reason| {
        view! {
            <div class="mb-6">
                <Notice tone=Tone::Wait title="Suspended"><p>{member.suspended_at.map(|at| view! { <When at=at />": " })}<Name text=reason /></p></Notice>
            </div>
        }
    });
    let closed = member.deletion_at.map(|at| {
        view! {
            <div class="mb-6">
                <Notice tone=Tone::Wait title="Closed">
                    <p>"The member asked for the deletion of the account. It is due "<When at=at />"."</p>
                </Notice>
            </div>
        }
    });
    let jobs = if jobs.is_empty() {
        view! { <p class="soft">"None."</p> }.into_any()
    } else {
        view! { <Jobs jobs=jobs label="Newest jobs of the member’s teams. Amounts in USD." /> }.into_any()
    };
    let heads = vec![
        Head::words("Team"),
        Head::words("Role"),
        Head::number("Available, USD"),
        Head::number("Reserved, USD"),
        Head::act("Change the plan"),
    ];
    view! {
        <Console tab=Tab::Members>
            <p class="mb-4"><a href="/admin">"All members"</a></p>
            <div class="section-head"><h2><Name text=member.name.clone() /></h2></div>
            {suspended} {closed}
            <Facts member=member.clone() sessions=sessions keys=keys has_second_factor=has_second_factor />
            <Acts member=member />
            <section class="section" aria-labelledby="teams">
                <div class="section-head"><h2 id="teams">"Teams and money"</h2></div>
                <Table class="table fold mid" label="Teams of the member. Amounts in USD." heads=heads>{teams.into_iter().map(team).collect_view()}</Table>
            </section>
            <section class="section" aria-labelledby="jobs">
                <div class="section-head"><h2 id="jobs">"Jobs"</h2></div>
                {jobs}
            </section>
        </Console>
    }
}

#[component]
fn Facts(member: MemberLine, sessions: i64, keys: i64, has_second_factor: bool) -> impl IntoView {
    let standing = standing(&member);
    view! {
        <div class="columns">
            <div><dl class="sums">
                <dt class="soft">"Email"</dt><dd>{member.email}</dd>
                <dt class="soft">"Standing"</dt><dd>{standing}</dd>
                <dt class="soft">"Signed up"</dt><dd><When at=member.created_at day_only=true /></dd>
                <dt class="soft">"Member id"</dt><dd><Id text=member.id.to_string() noun="member id" /></dd>
            </dl></div>
            <div><dl class="sums">
                <dt class="soft">"Browsers signed in"</dt><dd>{sessions}</dd>
                <dt class="soft">"API keys"</dt><dd>{keys}</dd>
                <dt class="soft">"Second factor"</dt><dd>{if has_second_factor { "on" } else { "off" }}</dd>
            </dl></div>
        </div>
    }
}

#[component]
fn Acts(member: MemberLine) -> impl IntoView {
    let id = member.id.to_string();
    let on = move || ("member", id.clone());
    let verify = member.verified_at.is_none().then(|| {
        view! {
            <Confirm id="verify" to="admin/verify" on=on() ask="Mark the address as verified" class="btn" danger=false
                question="Mark this address as verified?" act="Mark it" keep="Back">
                <p class="soft">{format!("Do it if you know that {} is theirs. They can post, apply and pay then.", member.email)}</p>
            </Confirm>
        }
    });
    let is_closed = member.deletion_at.is_some();
    let keep_out = match (member.is_admin, member.suspended_at.filter(|_| !is_closed)) {
        _ if member.erased_at.is_some() => view! { <p class="soft">"The account was deleted."</p> }.into_any(),
        (true, _) => view! { <p class="soft">"Admins can’t be suspended."</p> }.into_any(),
        (false, Some(_)) => view! {
            <Confirm id="reinstate" to="admin/reinstate" on=on() ask="Lift the suspension" class="btn" danger=false
                question="Lift this suspension?" act="Lift it" keep="Back">
                <p class="soft">"They can sign in again, and their API keys work. They are told by mail."</p>
            </Confirm>
        }
        .into_any(),
        (false, None) => view! {
            <Confirm id="suspend" to="admin/suspend" on=on() ask="Suspend" question="Suspend this member?" act="Suspend" keep="Back">
                <p class="soft">"Every browser is signed out, and API keys are refused. Money stays, and running jobs go on by their deadlines. The reason is sent to them."</p>
                {is_closed.then(|| view! { <p class="soft">"The deletion that the member asked for is taken back."</p> })}
                <Field name="reason" label="Reason" max=500 />
            </Confirm>
        }
        .into_any(),
    };
    view! { <div class="row mt-6">{verify} {keep_out}</div> }
}

fn team(line: TeamLine) -> impl IntoView {
    let TeamLine { id, name, role_id, plan, available, reserved } = line;
    let role = role::built_in(role_id.as_str()).map_or("a role of the team’s own", |role| role.name);
    let planned = format!(" · plan {plan}");
    let change = view! { <ChangePlan team=id.to_string() name=name.clone() plan=plan /> };
    view! {
        <Row>
            <Cell class="main"><Name text=name /><span class="sub"><Id text=id.to_string() noun="team id" />{planned}</span></Cell>
            <Cell class="soft" label="Role">{role}</Cell>
            <Cell class="num" label="Available"><Amount money=available /></Cell>
            <Cell class="num" label="Reserved"><Amount money=reserved /></Cell>
            <Cell class="act">{change}</Cell>
        </Row>
    }
}

#[component]
fn ChangePlan(team: String, name: String, plan: String) -> impl IntoView {
    let label = format!("Change the plan of {name}");
    let plans: Vec<_> = Plan::ALL.iter().map(|plan| (plan.as_str().to_owned(), plan.as_str().to_owned())).collect();
    view! {
        <Confirm id=format!("plan-{team}") to="admin/plan" on=("team", team) ask="Change the plan" label=label class="btn" danger=false
            question="Change the plan of this team?" act="Change it" keep="Back">
            <p class="soft">"Rate limits follow the plan from the next request on."</p>
            <Select name="plan" label="Plan" options=plans value=plan />
        </Confirm>
    }
}
