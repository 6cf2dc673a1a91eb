//! The page of one role: what it allows, its form, and its deletion; and the page on which a role is made.

use super::fields::RoleFields;
use super::loaders::{self, RoleView};
use super::words::{SUBJECTS, counted};
use crate::load::load;
use crate::ui::confirm::Confirm;
use crate::ui::count::count;
use crate::ui::flash_notice::FlashNotice;
use crate::ui::form::Form;
use crate::ui::layout::{FactsHead, Layout};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use market::role::{Role, Uses};

/// The page of a role.
#[component]
pub fn RolePage() -> impl IntoView {
    let id = use_params_map().with_untracked(|params| params.get("id")).unwrap_or_default();
    load(loaders::show(id), |view| view! { <Whole view=view /> })
}

#[component]
fn Whole(view: RoleView) -> impl IntoView {
    let RoleView { role, uses, may_change, gives } = view;
    let title = role.name.clone();
    let kind = if role.built_in { "built in, the same in every team" } else { "a role of the team’s own" };
    let content = if may_change {
        let (name, scopes, on) = (role.name.clone(), role.scopes.clone(), ("role", role.id.to_string()));
        view! {
            <p class="prose soft mb-6">{change(uses)}</p>
            <Form to="team/roles/update" class="form narrow" only=on>
                <RoleFields name=name scopes=scopes gives=gives save="Save the role" />
            </Form>
            <Delete role=role uses=uses />
        }
        .into_any()
    } else {
        view! { <Allowed role=role /> }.into_any()
    };
    view! {
        <Layout title=title.clone()>
            <FactsHead title=title>
                <a href="/team#roles">"Team"</a><span>{kind}</span><span>{holders(uses)}</span>
            </FactsHead>
            <FlashNotice />
            {content}
        </Layout>
    }
}

fn change(uses: Uses) -> &'static str {
    match uses.members {
        0 => "Nobody has this role yet.",
        _ => "A change is effective at once, for everybody who has the role: in all their sessions and keys.",
    }
}

/// Says who holds a role: "2 members, 1 open invitation".
fn holders(uses: Uses) -> String {
    match (uses.members, uses.invitations) {
        (members, 0) => count(members, "member"),
        (members, invitations) => format!("{}, {}", count(members, "member"), count(invitations, "open invitation")),
    }
}

/// The list of what a role allows, for those who can't change it.
#[component]
fn Allowed(role: Role) -> impl IntoView {
    let line = |subject: super::words::Subject| {
        let share = subject.share(&role.scopes).words();
        view! { <dt>{subject.name}</dt><dd>{share}</dd> }
    };
    let about = if role.about.is_empty() { counted(&role.scopes) } else { role.about.clone() };
    view! {
        <p class="prose soft mb-6">{about}"."</p>
        <dl class="sums narrow">{SUBJECTS.map(line).into_iter().collect_view()}</dl>
    }
}

/// The deletion of a role, or the reason why it has to wait.
#[component]
fn Delete(role: Role, uses: Uses) -> impl IntoView {
    let inside = if uses.any() {
        view! {
            <p class="prose soft mb-4" id="why-not">{waits(uses)}</p>
            <button class="btn danger" type="button" disabled=true aria-describedby="why-not">"Delete the role"</button>
        }
        .into_any()
    } else {
        view! {
            <p class="prose soft mb-4">"Nobody has this role and no invitation offers it, so nobody loses anything."</p>
            <Confirm id="delete" to="team/roles/delete" on=("role", role.id.to_string()) ask="Delete the role"
                question=format!("Delete the role {}?", role.name) act="Delete the role" keep="Keep it">
                <p class="soft">"It can’t be brought back; its lines in the audit log stay."</p>
            </Confirm>
        }
        .into_any()
    };
    view! {
        <section class="section" aria-labelledby="delete-head">
            <div class="section-head"><h2 id="delete-head">"Delete"</h2></div>
            {inside}
        </section>
    }
}

/// Says why a role can't be deleted, and what to do first.
fn waits(uses: Uses) -> String {
    let held = match uses.members {
        0 => None,
        1 => Some("1 member has it".to_owned()),
        n => Some(format!("{n} members have it")),
    };
    let offered = match uses.invitations {
        0 => None,
        1 => Some("1 open invitation offers it".to_owned()),
        n => Some(format!("{n} open invitations offer it")),
    };
    let why: Vec<_> = held.into_iter().chain(offered).collect();
    format!(
        "Nobody loses a role without getting another one: {}. Give them another role on the team page, then delete this one.",
        why.join(" and ")
    )
}

/// The page on which a role is made.
#[component]
pub fn NewRole() -> impl IntoView {
    load(loaders::new(), |gives| {
        view! {
            <Layout title="New role">
                <FactsHead title="New role"><a href="/team#roles">"Team"</a></FactsHead>
                <FlashNotice />
                <Form to="team/roles" class="form narrow">
                    <RoleFields name=String::new() scopes=Vec::new() gives=gives save="Make the role" />
                </Form>
            </Layout>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_that_is_held_says_why_it_stays() {
        let uses = |members, invitations| Uses { members, invitations };
        assert!(waits(uses(2, 1)).contains("2 members have it and 1 open invitation offers it."));
        assert!(waits(uses(0, 3)).contains(": 3 open invitations offer it."));
        assert_eq!((holders(uses(1, 0)), holders(uses(0, 2))), ("1 member".to_owned(), "0 members, 2 open invitations".to_owned()));
    }
}
