//! The team page: members, invitations, the name, leaving, and the teams of the member.

use super::invitations::{Invitations, Invite};
use super::loaders::{self, TeamView};
use super::members::{Members, last_owner};
use super::mine::{Mine, NewTeam};
use crate::load::load;
use crate::member::verify::VerifyFirst;
use crate::role::matrix::Roles;
use crate::ui::confirm::Confirm;
use crate::ui::field::Field;
use crate::ui::flash_notice::FlashNotice;
use crate::ui::form::{Form, Submit};
use crate::ui::id::Id;
use crate::ui::layout::{FactsHead, Layout};
use crate::ui::written::Name;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use market::team::Team;

/// The team page.
#[component]
pub fn TeamPage() -> impl IntoView {
    let offset = |name| use_query_map().with_untracked(|query| query.get(name)).and_then(|text| text.parse().ok()).unwrap_or(0);
    load(loaders::team(offset("offset"), offset("invitations")), move |view| view! { <Whole view=view /> })
}

#[component]
fn Whole(view: TeamView) -> impl IntoView {
    let TeamView { team, me, members, invitations, all_roles, roles, manages, mine, .. } = view;
    let TeamView { may_invite, may_rename, may_see_members, may_see_team, may_make_roles, .. } = view;
    let (count, open) = (members.total, invitations.total);
    let (team_name, name, id) = (team.name.clone(), team.name.clone(), team.id.clone());
    let is_home = mine.first().is_some_and(|first| first.team.id == team.id);
    let is_last_owner = last_owner(&members).is_some_and(|last| *last == me);
    let choices: Vec<_> = roles.iter().map(|role| (role.id.to_string(), role.name.clone())).collect();
    let people = may_see_members.then(|| {
        view! {
            <Members members=members me=me manages=manages.clone() choices=choices.clone() />
            <Invitations invitations=invitations manages=manages choices=choices.clone() />
        }
    });
    let hidden = (!may_see_members).then(|| view! { <p class="soft">"Your role in this team does not show its members."</p> });
    view! {
        <Layout title="Team">
            <FactsHead title="Team">
                <span><Name text=team_name /></span>
                {may_see_members.then(|| view! { <span>{counted(count, "member")}", "{counted(open, "open invitation")}</span> })}
                {may_see_team.then(|| view! { <a href="/team/audit">"Audit log"</a> })}
                <Id text=id.to_string() noun="team id" />
            </FactsHead>
            <VerifyFirst />
            <FlashNotice />
            <div class="split">
                <div>{people} {hidden}</div>
                <aside>
                    {may_invite.then(|| view! { <Invite roles=roles /> })}
                    <Mine mine=mine active=team.id.clone() />
                </aside>
            </div>
            {(!all_roles.is_empty()).then(|| view! { <Roles roles=all_roles may_make=may_make_roles /> })}
            <div class="columns section">
                {may_rename.then(|| view! { <Rename name=name /> })}
                <NewTeam />
                {(!is_home).then(|| view! { <Leave team=team is_last_owner=is_last_owner /> })}
            </div>
        </Layout>
    }
}

fn counted(count: i64, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

#[component]
fn Rename(name: String) -> impl IntoView {
    view! {
        <section aria-labelledby="rename">
            <div class="section-head"><h2 id="rename">"Name"</h2></div>
            <Form to="team/rename">
                <Field name="name" label="Name of the team" value=name max=80 />
                <div><Submit class="btn">"Rename the team"</Submit></div>
            </Form>
        </section>
    }
}

#[component]
fn Leave(team: Team, is_last_owner: bool) -> impl IntoView {
    if is_last_owner {
        return view! {
            <section aria-labelledby="leave-head">
                <div class="section-head"><h2 id="leave-head">"Leave"</h2></div>
                <p class="soft mb-4" id="why-not">"You are the last owner. Make somebody else an owner first."</p>
                <button class="btn danger" type="button" disabled=true aria-describedby="why-not">"Leave the team"</button>
            </section>
        }
        .into_any();
    }
    view! {
        <section aria-labelledby="leave-head">
            <div class="section-head"><h2 id="leave-head">"Leave"</h2></div>
            <p class="soft mb-4">"You lose what your role allows here; your own team stays yours."</p>
            <Confirm id="leave" to="team/leave" on=("leaving", team.id.to_string()) ask="Leave the team"
                question=format!("Leave {}?", team.name) act="Leave the team" keep="Stay">
                <p class="soft">"Your API keys of this team end at once. To come back, you need another invitation."</p>
            </Confirm>
        </section>
    }
    .into_any()
}
