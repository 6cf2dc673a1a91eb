//! The form actions of the team pages.

use crate::act::{act, once};
use crate::fault::Fault;
use crate::member::session::switch_team;
use crate::once::Done;
use crate::visitor::{go, guest, visitor};
use leptos::prelude::*;
use market::id::{InvitationId, MemberId, RoleId, TeamId};
use market::{invitation, membership, team};
use std::collections::BTreeMap;

const PAGE: &str = "/team";

/// Has the browser act for another team of the member.
#[server(prefix = "/_fn", endpoint = "teams/switch")]
pub async fn switch(team: String) -> Result<(), Fault> {
    let (market, actor) = visitor()?;
    let mine = team::one_of_mine(&mut market.read().await?, &actor, &TeamId::from(team)).await?;
    switch_team(&guest()?.session, Some(mine.team.id)).await?;
    go(PAGE, format!("You act for {} now.", mine.team.name))
}

/// Creates a team, and has the browser act for it.
#[server(prefix = "/_fn", endpoint = "teams")]
pub async fn create(name: String) -> Result<(), Fault> {
    let done = once!(|tx, actor| team::create(tx, actor, &name).await, |team| {
        Done::new(PAGE, format!("The team {} is made, and you act for it now.", team.name)).about(team.id.to_string())
    })?;
    act_for(done).await
}

/// Renames the team.
#[server(prefix = "/_fn", endpoint = "team/rename")]
pub async fn rename(name: String) -> Result<(), Fault> {
    act!(|tx, actor| team::rename(tx, actor, &name).await, |_| (PAGE.to_owned(), "The team has a new name."))
}

/// Leaves the team; the browser acts for the member's own team from then on.
#[server(prefix = "/_fn", endpoint = "team/leave")]
pub async fn leave() -> Result<(), Fault> {
    let left = once!(|tx, actor| team::leave(tx, actor).await, |_| Done::new(PAGE, "You left the team, and act for your own now."))?;
    act_for(left).await
}

/// Has the browser act for the team that the result is about, or for the member's own, and redirects it.
async fn act_for(done: Done) -> Result<(), Fault> {
    switch_team(&guest()?.session, done.about.clone().map(TeamId::from)).await?;
    done.go()
}

/// The values of a form's selects, by the id of what each is about.
type ById = BTreeMap<String, String>;

/// Returns the changed ones: an id and its new role.
fn changed<Id: From<String>>(to: ById, was: &ById) -> Vec<(Id, RoleId)> {
    to.into_iter().filter(|(id, role)| was.get(id) != Some(role)).map(|(id, role)| (Id::from(id), RoleId::from(role))).collect()
}

/// Gives members of the team other roles, all that were changed or none.
#[server(prefix = "/_fn", endpoint = "team/members/roles")]
pub async fn change_roles(#[server(default)] to: ById, #[server(default)] was: ById) -> Result<(), Fault> {
    let roles = changed::<MemberId>(to, &was);
    act!(|tx, actor| membership::change_roles(tx, actor, &roles).await, |changed| {
        let done = match changed.as_slice() {
            [] => "No role was changed.".to_owned(),
            [one] => format!("The role of {} is {} now.", one.name, one.role),
            several => format!("{} roles are changed.", several.len()),
        };
        (PAGE.to_owned(), done)
    })
}

/// Removes a member from the team.
#[server(prefix = "/_fn", endpoint = "team/members/remove")]
pub async fn remove(member: String) -> Result<(), Fault> {
    let member = MemberId::from(member);
    act!(|tx, actor| membership::remove(tx, actor, &member).await, |()| (PAGE.to_owned(), "The member is removed."))
}

/// Sends an invitation into the team.
#[server(prefix = "/_fn", endpoint = "team/invitations")]
pub async fn invite(email: String, role_id: String) -> Result<(), Fault> {
    let draft = invitation::Draft { email, role_id };
    act!(|tx, actor| invitation::send(tx, actor, &draft).await, |sent| {
        (PAGE.to_owned(), format!("An invitation was sent to {}.", sent.email))
    })
}

/// Sends the letter of an invitation again.
#[server(prefix = "/_fn", endpoint = "team/invitations/resend")]
pub async fn resend(invitation: String) -> Result<(), Fault> {
    let id = InvitationId::from(invitation);
    act!(|tx, actor| invitation::resend(tx, actor, &id).await, |sent| {
        (PAGE.to_owned(), format!("The invitation was sent to {} again. The link in the older email no longer works.", sent.email))
    })
}

/// Changes the roles that invitations offer, all that were changed or none.
#[server(prefix = "/_fn", endpoint = "team/invitations/roles")]
pub async fn change_offers(#[server(default)] to: ById, #[server(default)] was: ById) -> Result<(), Fault> {
    let roles = changed::<InvitationId>(to, &was);
    act!(|tx, actor| invitation::change_roles(tx, actor, &roles).await, |changed| {
        let done = match changed.as_slice() {
            [] => "No role was changed.".to_owned(),
            [one] => format!("{} is invited as {} now.", one.email, one.role),
            several => format!("{} invitations offer another role now.", several.len()),
        };
        (format!("{PAGE}#invitations"), done)
    })
}

/// Revokes an invitation.
#[server(prefix = "/_fn", endpoint = "team/invitations/revoke")]
pub async fn revoke(invitation: String) -> Result<(), Fault> {
    let id = InvitationId::from(invitation);
    act!(|tx, actor| invitation::revoke(tx, actor, &id).await, |()| (
        PAGE.to_owned(),
        "The invitation is revoked. Its link no longer works."
    ))
}

/// Accepts an invitation by the token from its link, and has the browser act for the joined team.
#[server(prefix = "/_fn", endpoint = "invitations/accept")]
pub async fn accept(token: String) -> Result<(), Fault> {
    let done = once!(|tx, actor| invitation::accept(tx, actor, &token).await, |team| {
        Done::new(PAGE, format!("You joined {}, and act for it now.", team.name)).about(team.id.to_string())
    })?;
    act_for(done).await
}
