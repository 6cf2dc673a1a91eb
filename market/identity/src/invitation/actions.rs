//! The team's side: inviting, sending again, taking back; and what time does.

use super::{Draft, Invitation, KEPT, LAPSE, LETTERS_MAX, LETTERS_WINDOW, LETTERS_WITHIN, LIFE, Status, errors, events, store};
use crate::membership::{self, MEMBERS_MAX};
use crate::{Actor, audit, member, role};
use kernel::id::{self, InvitationId, MemberId, RoleId};
use kernel::{Error, Page, Paging, Result};
use platform::db::{Conn, Tx};
use platform::mail::{self, Mail};
use platform::password::fingerprint;
use platform::registry::Boxed;
use platform::timer::Handler;
use platform::timer::{self, Timer};
use platform::{SWEEP_BATCH, event};

/// The timers of invitations.
pub const TIMERS: &[(&str, Handler)] = &[(LAPSE, end_of_life)];

fn end_of_life<'a>(tx: &'a mut Tx, timer: &'a Timer) -> Boxed<'a, Result<()>> {
    Box::pin(async move { lapse(tx, &timer.subject.as_str().into()).await })
}

/// 160 random bits.
const TOKEN_LENGTH: usize = 32;

/// Invites somebody into the actor's team, in a role that allows no more than the actor may. Needs a verified email address.
pub async fn send(tx: &mut Tx, actor: &Actor, draft: &Draft) -> Result<Invitation> {
    let actor = &membership::lock(tx, actor).await?;
    actor.must_have("members:write")?;
    actor.must_be_verified()?;
    let (email, role_id) = draft.check()?;
    let role = role::find(tx, &actor.team, &role_id).await.map_err(|_| no_such_role())?;
    actor.must_cover(&role.scopes)?;
    if store::is_member(tx, &actor.team, &email).await? {
        return Err(membership::errors::already_member());
    }
    if membership::store::count(tx, &actor.team).await? + store::pending(tx, &actor.team).await? >= MEMBERS_MAX {
        return Err(membership::errors::too_many_members());
    }
    let id = InvitationId::new();
    if !store::insert(tx, &id, actor, &email, &role.id, tx.now.after(LIFE)).await? {
        return Err(errors::already_invited());
    }
    arm(tx, &id).await?;
    mail_link(tx, actor, &id, &email).await?;
    audit::record(tx, actor, id.as_str(), &events::Sent { email: &email, role: &role.name, role_id: &role.id });
    find(tx, actor, &id).await
}

/// Sends the letter of a pending invitation again, with a new link that replaces the old one, for seven days from now.
pub async fn resend(tx: &mut Tx, actor: &Actor, id: &InvitationId) -> Result<Invitation> {
    let actor = &membership::lock(tx, actor).await?;
    let invitation = pending(tx, actor, id).await?;
    actor.must_be_verified()?;
    let expires_at = tx.now.after(LIFE);
    // The timer before the invitation, as when it fires: locks are taken in one order.
    arm(tx, id).await?;
    if !store::send_again(tx, id, actor, expires_at, LETTERS_MAX).await? {
        return Err(errors::letters_used_up());
    }
    mail_link(tx, actor, id, &invitation.email).await?;
    audit::record(tx, actor, id.as_str(), &events::Resent { email: &invitation.email, role: &invitation.role });
    find(tx, actor, id).await
}

/// Changes the role that a pending invitation offers.
pub async fn change_role(tx: &mut Tx, actor: &Actor, id: &InvitationId, to: &RoleId) -> Result<Invitation> {
    offer(tx, actor, id, to).await?;
    find(tx, actor, id).await
}

/// Offers a role in a pending invitation; false if it offered that role before.
async fn offer(tx: &mut Tx, actor: &Actor, id: &InvitationId, to: &RoleId) -> Result<bool> {
    let actor = &membership::lock(tx, actor).await?;
    let invitation = pending(tx, actor, id).await?;
    let role = role::find(tx, &actor.team, to).await?;
    actor.must_cover(&role.scopes)?;
    if invitation.role_id == role.id {
        return Ok(false);
    }
    store::update_role(tx, id, actor, &role.id).await?;
    let event = events::RoleChanged { email: &invitation.email, from: &invitation.role, to: &role.name, role_id: &role.id };
    audit::record(tx, actor, id.as_str(), &event);
    Ok(true)
}

/// Changes the roles that pending invitations offer, all of them or none, and returns those that offer another
/// one now.
pub async fn change_roles(tx: &mut Tx, actor: &Actor, to: &[(InvitationId, RoleId)]) -> Result<Vec<Invitation>> {
    actor.must_have("members:write")?;
    if to.len() as i64 > MEMBERS_MAX {
        return Err(membership::errors::too_many_changes());
    }
    let mut changed = Vec::new();
    for (id, role) in to {
        if offer(tx, actor, id, role).await? {
            changed.push(find(tx, actor, id).await?);
        }
    }
    Ok(changed)
}

/// Takes a pending invitation back; its link is worth nothing from then on.
pub async fn revoke(tx: &mut Tx, actor: &Actor, id: &InvitationId) -> Result<()> {
    let actor = &membership::lock(tx, actor).await?;
    let invitation = pending(tx, actor, id).await?;
    if store::end(tx, id, Status::Revoked).await? {
        audit::record(tx, actor, id.as_str(), &events::Revoked { email: &invitation.email, role: &invitation.role });
    }
    Ok(())
}

/// Takes back what a member who leaves had sent: who is gone invites nobody. The team is held.
pub(crate) async fn revoke_all_of(tx: &mut Tx, actor: &Actor, member: &MemberId) -> Result<()> {
    for sent in store::pending_by(tx, &actor.team, member).await? {
        if store::end(tx, &sent.id, Status::Revoked).await? {
            audit::record(tx, actor, sent.id.as_str(), &events::Revoked { email: &sent.email, role: &sent.role });
        }
    }
    Ok(())
}

/// The team's pending invitations, the newest first.
pub async fn list(conn: &mut Conn, actor: &Actor, paging: Paging) -> Result<Page<Invitation>> {
    actor.must_have("members:read")?;
    let total = store::pending(conn, &actor.team).await?;
    Ok(Page::new(store::list(conn, &actor.team, paging).await?, total, paging))
}

/// Ends an invitation that was not accepted in time. Its timer calls it; an invitation that ended before stays as it is.
async fn lapse(tx: &mut Tx, id: &InvitationId) -> Result<()> {
    let Some((team, invitation)) = store::of_any_team(tx, id).await? else { return Ok(()) };
    if invitation.expires_at <= tx.now && store::end(tx, id, Status::Lapsed).await? {
        event::emit(tx, &[&team], id.as_str(), &events::Lapsed { email: &invitation.email, role: &invitation.role });
    }
    Ok(())
}

/// Forgets invitations that ended [`KEPT`] ago, [`SWEEP_BATCH`] at a time; returns how many. A worker's chore.
pub async fn sweep(tx: &mut Tx) -> Result<u64> {
    let since = tx.now.before(KEPT);
    store::delete_ended(tx, since, SWEEP_BATCH).await
}

/// An invitation of the actor's team that can still be accepted, and that the actor may act on.
async fn pending(tx: &mut Tx, actor: &Actor, id: &InvitationId) -> Result<Invitation> {
    actor.must_have("members:write")?;
    let invitation = find(tx, actor, id).await?;
    let role = role::find(tx, &actor.team, &invitation.role_id).await?;
    actor.must_cover(&role.scopes)?;
    match invitation.status {
        Status::Pending => Ok(invitation),
        _ => Err(errors::invitation_over()),
    }
}

async fn find(conn: &mut Conn, actor: &Actor, id: &InvitationId) -> Result<Invitation> {
    let found = store::of_any_team(conn, id).await?.filter(|(team, _)| *team == actor.team);
    found.map(|(_, invitation)| invitation).ok_or_else(|| Error::not_found("invitation"))
}

/// Sets the timer that ends the invitation. One that has ended before lets it run out: it changes nothing then.
async fn arm(tx: &mut Tx, id: &InvitationId) -> Result<()> {
    let until = tx.now.after(LIFE);
    timer::set(tx, &Timer::new(format!("invitation:{id}"), LAPSE, id.as_str(), until)).await
}

/// Gives the invitation a new secret and sends it, unless the actor had too many letters sent lately.
async fn mail_link(tx: &mut Tx, actor: &Actor, id: &InvitationId, email: &str) -> Result<()> {
    let since = tx.now.before(LETTERS_WINDOW);
    if store::letters_since(tx, &actor.member, since).await? > LETTERS_WITHIN {
        return Err(errors::too_many_letters());
    }
    let token = id::secret(TOKEN_LENGTH);
    store::set_token(tx, id, &fingerprint(&token)).await?;
    let inviter = member::show(tx, actor).await?.email;
    mail::queue(tx, &Mail::invitation(email, &inviter, &tx.rules.base_url, &token)).await
}

fn no_such_role() -> Error {
    Error::field("role_id", "Your team has no such role; use role_admin, role_developer, role_viewer or one of the team's own.")
}
