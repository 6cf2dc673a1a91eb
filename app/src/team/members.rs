//! The members of a team: their roles, and their removal.

use crate::ui::confirm::Confirm;
use crate::ui::field::Filter;
use crate::ui::form::{Form, Submit, typed_in};
use crate::ui::pager::Pager;
use crate::ui::table::{Cell, Head, Row, Table};
use crate::ui::when::When;
use crate::ui::written::Name;
use leptos::prelude::*;
use market::Page;
use market::id::{MemberId, RoleId};
use market::membership::TeamMember;
use market::role::OWNER;

/// The form that saves all roles, for the selects in the table.
const ROLES: RolesForm = RolesForm { id: "roles-of-members", to: "team/members/roles" };

/// The members of a team, with what the visitor may change.
#[component]
pub fn Members(
    members: Page<TeamMember>,
    me: MemberId,
    /// The ids of the roles whose members the visitor may act on.
    manages: Vec<RoleId>,
    /// The roles that the visitor may give.
    choices: Vec<(String, String)>,
) -> impl IntoView {
    let shown = (&members).into();
    let heads = vec![Head::words("Member"), Head::words("Role"), Head::number("Joined"), Head::act("Remove")];
    let last_owner = last_owner(&members).cloned();
    let stays = move |member: &TeamMember| {
        let last = last_owner.as_ref() == Some(&member.member_id);
        if member.is_home { Some("Stays the owner") } else { last.then_some("The last owner can’t leave") }
    };
    let changes = |member: &TeamMember| manages.contains(&member.role_id) && stays(member).is_none();
    let any = members.items.iter().any(changes);
    let line = |member: TeamMember| {
        let (is_me, managed, stays) = (member.member_id == me, changes(&member), stays(&member));
        view! { <Line member=member is_me=is_me managed=managed stays=stays choices=choices.clone() /> }
    };
    let rows = members.items.into_iter().map(line).collect_view();
    let save = any.then(|| ROLES.save(" of members", "A change of role is effective at once, in all sessions and keys."));
    view! {
        <section aria-labelledby="members">
            <div class="section-head"><h2 id="members">"Members"</h2></div>
            <Table class="table fold mid" label="Members, who joined first before the others" heads=heads>{rows}</Table>
            {save}
            <Pager shown=shown to="/team" />
        </section>
    }
}

/// Returns the only owner of a team that the page shows as a whole.
pub fn last_owner(members: &Page<TeamMember>) -> Option<&MemberId> {
    let mut owners = members.items.iter().filter(|member| member.role_id.as_str() == OWNER).map(|member| &member.member_id);
    let only = owners.next().filter(|_| owners.next().is_none());
    only.filter(|_| members.items.len() as i64 == members.total)
}

#[component]
fn Line(
    member: TeamMember,
    is_me: bool,
    managed: bool,
    /// The reason why the member's role stays.
    #[prop(optional_no_strip)]
    stays: Option<&'static str>,
    choices: Vec<(String, String)>,
) -> impl IntoView {
    let TeamMember { member_id, name, email, role_id, role, joined_at, .. } = member;
    let id = member_id.to_string();
    let role =
        if managed { ROLES.select(&id, format!("Role of {name}"), role_id.to_string(), choices).into_any() } else { role.into_any() };
    let act = if let Some(stays) = stays {
        view! { <span class="help">{stays}</span> }.into_any()
    } else {
        let remove = (managed && !is_me).then(|| {
            let (label, question) = (format!("Remove {name}"), format!("Remove {name} from the team?"));
            view! {
                <Confirm id=format!("remove-{id}") to="team/members/remove" on=("member", id) ask="Remove" label=label class="btn quiet"
                    question=question act="Remove the member" keep="Keep the member">
                    <p class="soft">"Their API keys of this team and the invitations that they sent end at once."</p>
                </Confirm>
            }
        });
        remove.into_any()
    };
    view! {
        <Row>
            <Cell class="main"><Name text=name />{is_me.then(|| view! { " "<span class="faint">"you"</span> })}<span class="sub">{email}</span></Cell>
            <Cell class="end">{role}</Cell>
            <Cell class="num" label="Joined"><When at=joined_at day_only=true /></Cell>
            <Cell class="act">{act}</Cell>
        </Row>
    }
}

/// A form that saves the roles of all lines of a table at once. Its selects stand in the table and name it by its id.
#[derive(Clone, Copy, Debug)]
pub struct RolesForm {
    /// The id on the page.
    pub id: &'static str,
    /// The server function.
    pub to: &'static str,
}

impl RolesForm {
    /// Returns the select of one line, with the role before the change: only what was changed is saved, so that a page that was
    /// open for long takes nothing back.
    pub fn select(self, id: &str, label: String, role: String, choices: Vec<(String, String)>) -> impl IntoView + use<> {
        let (name, was) = (format!("to[{id}]"), format!("was[{id}]"));
        let value = typed_in(self.to, &name).unwrap_or_else(|| role.clone());
        view! {
            <input type="hidden" name=was value=role form=self.id />
            <Filter name=name label=label options=choices value=value form=self.id />
        }
    }

    /// Returns the form itself: its button, of whom the roles are, and the effect of a change.
    pub fn save(self, of: &'static str, help: &'static str) -> impl IntoView {
        view! {
            <div class="row mt-3">
                <Form to=self.to class="contents" id=self.id><Submit class="btn">"Save roles"<span class="sr">{of}</span></Submit></Form>
                <span class="help">{help}</span>
            </div>
        }
    }
}
