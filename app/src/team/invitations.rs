//! The invitations of a team: sending them, and what can still change until they are accepted.

use super::members::RolesForm;
use crate::ui::confirm::Confirm;
use crate::ui::countdown::Countdown;
use crate::ui::field::{Field, Select};
use crate::ui::form::{Act, Form, Submit};
use crate::ui::notice::Empty;
use crate::ui::pager::Pager;
use crate::ui::table::{Cell, Head, Row, Table};
use crate::ui::when::When;
use crate::visitor;
use leptos::prelude::*;
use market::Page;
use market::id::RoleId;
use market::invitation::Invitation;
use market::role::{self, Role};

/// The form that saves the roles of all invitations.
const ROLES: RolesForm = RolesForm { id: "roles-of-invitations", to: "team/invitations/roles" };

/// The open invitations of a team, with what the visitor may change.
#[component]
pub fn Invitations(invitations: Page<Invitation>, manages: Vec<RoleId>, choices: Vec<(String, String)>) -> impl IntoView {
    let shown = (&invitations).into();
    let any = invitations.items.iter().any(|invitation| manages.contains(&invitation.role_id));
    let line = |invitation: Invitation| {
        let managed = manages.contains(&invitation.role_id);
        view! { <Line invitation=invitation managed=managed choices=choices.clone() /> }
    };
    let list = if invitations.items.is_empty() {
        view! { <Empty title="No open invitations"><p>"An invitation stays here until it is accepted, revoked or seven days old."</p></Empty> }
            .into_any()
    } else {
        let heads = vec![Head::words("To"), Head::words("As"), Head::number("Time left"), Head::words("Otherwise"), Head::act("Act")];
        let rows = invitations.items.into_iter().map(line).collect_view();
        view! { <Table class="table fold mid" label="Open invitations, newest first" heads=heads>{rows}</Table> }.into_any()
    };
    view! {
        <section class="section" aria-labelledby="invitations">
            <div class="section-head"><h2 id="invitations">"Invitations"</h2></div>
            {list}
            {any.then(|| ROLES.save(" of invitations", "Whoever accepts gets the role that the invitation offers then."))}
            <Pager shown=shown to="/team#invitations" of=("invitations", "Pages of invitations") />
        </section>
    }
}

#[component]
fn Line(invitation: Invitation, managed: bool, choices: Vec<(String, String)>) -> impl IntoView {
    let Invitation { id, email, role_id, role, inviter, sent_at, expires_at, .. } = invitation;
    let id = id.to_string();
    let offered = if managed {
        ROLES.select(id.as_str(), format!("Role for {email}"), role_id.to_string(), choices).into_any()
    } else {
        role.into_any()
    };
    let acts = managed.then(|| {
        let (again, revoke) = (format!("Send again to {email}"), format!("Revoke the invitation of {email}"));
        view! {
            <span class="row acts-2">
                <Act to="team/invitations/resend" on=("invitation", id.clone()) class="btn quiet" label=again>"Send again"</Act>
                <Confirm id=format!("revoke-{id}") to="team/invitations/revoke" on=("invitation", id) ask="Revoke" label=revoke
                    class="btn quiet" question="Revoke this invitation?" act="Revoke the invitation" keep="Keep it">
                    <p class="soft">"The link in the email stops working at once."</p>
                </Confirm>
            </span>
        }
    });
    view! {
        <Row>
            <Cell class="main">{email}<span class="sub">"sent "<When at=sent_at day_only=true />" by "{inviter}</span></Cell>
            <Cell label="As">{offered}</Cell>
            <Cell class="num end"><Countdown at=expires_at.to_string() left_ms=expires_at.since(visitor::now()).as_ms() /></Cell>
            <Cell class="soft" label="Otherwise">"lapses"</Cell>
            <Cell class="act">{acts}</Cell>
        </Row>
    }
}

/// The form of a new invitation.
#[component]
pub fn Invite(roles: Vec<Role>) -> impl IntoView {
    let options = roles.into_iter().map(|role| (role.id.to_string(), role.name)).collect();
    view! {
        <section aria-labelledby="invite">
            <div class="section-head"><h2 id="invite">"Invite"</h2></div>
            <Form to="team/invitations">
                <Field name="email" label="Email" kind="email" autocomplete="off" />
                <Select name="role_id" label="Role" options=options value=role::VIEWER help="The table of roles below says what each of them may do." />
                <Submit class="btn primary full">"Send the invitation"</Submit>
                <p class="help">"The link works for seven days, for the account with this address. Until it is accepted, nothing of the team is shown."</p>
            </Form>
        </section>
    }
}
