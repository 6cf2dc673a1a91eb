//! The invited person's side: looking at an invitation and accepting it.

use super::{Preview, Status, errors, store};
use crate::member::{self, Member};
use crate::membership::events::Joined;
use crate::membership::{self, MEMBERS_MAX};
use crate::team::{self, TEAMS_MAX, Team};
use crate::{Actor, audit, role, scope, suspension};
use kernel::Result;
use kernel::id::MemberId;
use platform::db::{Conn, Tx};
use platform::password::fingerprint;

/// Shows the invitation of a link to anybody who has the link; it names no email address.
pub async fn preview(conn: &mut Conn, viewer: Option<&Actor>, token: &str) -> Result<Preview> {
    let found = open(conn, token).await?;
    let team = team::find(conn, &found.team_id).await?;
    let is_yours = match viewer {
        Some(viewer) => Some(member::show(conn, viewer).await?.email == found.invitation.email),
        None => None,
    };
    let store::Found { invitation, .. } = found;
    Ok(Preview { team: team.name, role: invitation.role, inviter: invitation.inviter, expires_at: invitation.expires_at, is_yours })
}

/// Joins the team by the link, once. Needs the person, signed in to the account that the letter was sent to; having the link
/// shows that the address is theirs.
pub async fn accept(tx: &mut Tx, actor: &Actor, token: &str) -> Result<Team> {
    actor.must_be_in_person()?;
    let found = open(tx, token).await?;
    let joining = member::show(tx, actor).await?;
    if joining.email != found.invitation.email {
        return Err(errors::other_account());
    }
    team::store::hold(tx, &found.team_id).await?;
    // Read again: whoever held the team before may have taken it back, or have lost the right to invite.
    let found = open(tx, token).await?;
    must_hold(tx, &found).await?;
    must_have_room(tx, &found, &joining).await?;
    if !store::end(tx, &found.invitation.id, Status::Accepted).await? {
        return Err(errors::invitation_invalid());
    }
    if !membership::store::insert(tx, &found.team_id, &joining.id, &found.invitation.role_id).await? {
        return Err(membership::errors::already_member());
    }
    team::store::share(tx, &found.team_id).await?;
    tell(tx, actor, &found, &joining);
    member::verify(tx, joining).await?;
    team::find(tx, &found.team_id).await
}

async fn open(conn: &mut Conn, token: &str) -> Result<store::Found> {
    let found = store::by_token(conn, &fingerprint(token.trim())).await?;
    let now = conn.now;
    found
        .filter(|found| found.invitation.status == Status::Pending && found.invitation.expires_at > now)
        .ok_or_else(errors::invitation_invalid)
}

/// Fails unless the sender may still invite with this role: a member who was removed, demoted or suspended brings nobody in.
async fn must_hold(tx: &mut Tx, found: &store::Found) -> Result<()> {
    let inviter: &MemberId = &found.invitation.invited_by;
    if suspension::of(tx, inviter).await?.is_some() {
        return Err(errors::invitation_invalid());
    }
    let held = membership::store::role_of(tx, inviter, &found.team_id).await?.map(|held| held.scopes()).unwrap_or_default();
    let offered = role::find(tx, &found.team_id, &found.invitation.role_id).await?;
    match scope::allow(&held, "members:write") && scope::lacking(&held, &offered.scopes).is_none() {
        true => Ok(()),
        false => Err(errors::invitation_invalid()),
    }
}

async fn must_have_room(tx: &mut Tx, found: &store::Found, joining: &Member) -> Result<()> {
    if membership::store::role_of(tx, &joining.id, &found.team_id).await?.is_some() {
        return Err(membership::errors::already_member());
    }
    if membership::store::teams_of(tx, &joining.id).await? >= TEAMS_MAX {
        return Err(team::errors::too_many_teams());
    }
    if membership::store::count(tx, &found.team_id).await? >= MEMBERS_MAX {
        return Err(membership::errors::too_many_members());
    }
    Ok(())
}

/// Tells the joined team, by the one who joined.
fn tell(tx: &mut Tx, actor: &Actor, found: &store::Found, joining: &Member) {
    let by = Actor { team: found.team_id.clone(), ..actor.clone() };
    let store::Found { invitation, .. } = found;
    let event = Joined { name: &joining.name, role: &invitation.role, role_id: &invitation.role_id, invitation_id: &invitation.id };
    audit::record(tx, &by, joining.id.as_str(), &event);
}
