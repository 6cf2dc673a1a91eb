//! The members of a team: their roles, and their removal.

use crate::ui::confirm::Confirm;
use crate::ui::field::Filter;
use crate::ui::form::{Form, Submit};
use crate::ui::pager::Pager;
use crate::ui::table::{Cell, Head, Row, Table};
use crate::ui::when::When;
use leptos::prelude::*;
use market::Page;
use market::id::{MemberId, RoleId};
use market::membership::TeamMember;

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
    let line = |member: TeamMember| {
        let (is_me, managed) = (member.member_id == me, manages.contains(&member.role_id));
        view! { <Line member=member is_me=is_me managed=managed choices=choices.clone() /> }
    };
    let rows = members.items.into_iter().map(line).collect_view();
    view! {
        <section aria-labelledby="members">
            <div class="section-head"><h2 id="members">"Members"</h2></div>
            <Table class="table fold mid" label="Members, who joined first before the others" heads=heads>{rows}</Table>
            <Pager shown=shown to="/team" />
        </section>
    }
}

#[component]
fn Line(member: TeamMember, is_me: bool, managed: bool, choices: Vec<(String, String)>) -> impl IntoView {
    let TeamMember { member_id, name, email, role_id, role, joined_at, is_home } = member;
    let id = member_id.to_string();
    let role = if managed {
        let (label, save) = (format!("Role of {name}"), format!(" the role of {name}"));
        view! { <RoleForm to="team/members/role" on=("member", id.clone()) label=label save=save choices=choices role=role_id.to_string() /> }
            .into_any()
    } else {
        role.into_any()
    };
    let remove = (managed && !is_me && !is_home).then(|| {
        let (label, question) = (format!("Remove {name}"), format!("Remove {name} from the team?"));
        view! {
            <Confirm id=format!("remove-{id}") to="team/members/remove" on=("member", id) ask="Remove" label=label class="btn quiet"
                question=question act="Remove the member" keep="Keep the member">
                <p class="soft">"Their API keys of this team and the invitations that they sent end at once."</p>
            </Confirm>
        }
    });
    view! {
        <Row>
            <Cell class="main">{name}{is_me.then(|| view! { " "<span class="faint">"you"</span> })}<span class="sub">{email}</span></Cell>
            <Cell label="Role">{role}</Cell>
            <Cell class="num" label="Joined"><When at=joined_at day_only=true /></Cell>
            <Cell class="act">{remove}</Cell>
        </Row>
    }
}

/// A select of roles with its button, in a line of a table.
#[component]
pub fn RoleForm(
    to: &'static str,
    on: (&'static str, String),
    label: String,
    /// The end of the button's accessible name, after "Save".
    save: String,
    choices: Vec<(String, String)>,
    role: String,
) -> impl IntoView {
    view! {
        <Form to=to class="row" only=on>
            <Filter name="role" label=label options=choices value=role />
            <Submit class="btn quiet">"Save"<span class="sr">{save}</span></Submit>
        </Form>
    }
}
