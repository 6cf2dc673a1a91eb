//! The form actions of the team pages.

use crate::act::{act, run};
use crate::fault::Fault;
use crate::member::session::switch_team;
use crate::visitor::{go, guest, visitor};
use leptos::prelude::*;
use market::id::{InvitationId, MemberId, RoleId, TeamId};
use market::{invitation, membership, team};

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
    let team = run!(|tx, actor| team::create(tx, actor, &name).await)?;
    switch_team(&guest()?.session, Some(team.id)).await?;
    go(PAGE, format!("The team {} is made, and you act for it now.", team.name))
}

/// Renames the team.
#[server(prefix = "/_fn", endpoint = "team/rename")]
pub async fn rename(name: String) -> Result<(), Fault> {
    act!(|tx, actor| team::rename(tx, actor, &name).await, |_| (PAGE.to_owned(), "The team has a new name."))
}

/// Leaves the team; the browser acts for the member's own team from then on.
#[server(prefix = "/_fn", endpoint = "team/leave")]
pub async fn leave() -> Result<(), Fault> {
    run!(|tx, actor| team::leave(tx, actor).await)?;
    switch_team(&guest()?.session, None).await?;
    go(PAGE, "You left the team, and act for your own now.")
}

/// Gives a member of the team another role.
#[server(prefix = "/_fn", endpoint = "team/members/role")]
pub async fn change_role(member: String, role: String) -> Result<(), Fault> {
    let (member, role) = (MemberId::from(member), RoleId::from(role));
    act!(|tx, actor| membership::change_role(tx, actor, &member, &role).await, |member| {
        (PAGE.to_owned(), format!("The role of {} is {} now.", member.name, member.role))
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
        (PAGE.to_owned(), format!("The invitation was sent to {} again. The link of the older letter no longer works.", sent.email))
    })
}

/// Changes the role that an invitation offers.
#[server(prefix = "/_fn", endpoint = "team/invitations/role")]
pub async fn change_offer(invitation: String, role: String) -> Result<(), Fault> {
    let (id, role) = (InvitationId::from(invitation), RoleId::from(role));
    act!(|tx, actor| invitation::change_role(tx, actor, &id, &role).await, |sent| {
        (PAGE.to_owned(), format!("{} is invited as {} now.", sent.email, sent.role))
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
    let team = run!(|tx, actor| invitation::accept(tx, actor, &token).await)?;
    switch_team(&guest()?.session, Some(team.id)).await?;
    go(PAGE, format!("You joined {}, and act for it now.", team.name))
}
