//! Reading who is in a team, changing their roles, and ending a membership.

use super::{MEMBERS_MAX, TeamMember, errors, events, store};
use crate::role::{self, OWNER};
use crate::{Actor, audit, invitation, key, team};
use kernel::id::{MemberId, RoleId};
use kernel::page::Part;
use kernel::{Error, Page, Result};
use platform::db::{Conn, Tx};

/// The actor as they are now, after everybody else who changes the team's people waits for this transaction. Fails when they
/// are no member any more.
pub(crate) async fn lock(tx: &mut Tx, actor: &Actor) -> Result<Actor> {
    team::store::hold(tx, &actor.team).await?;
    let now = store::role_of(tx, &actor.member, &actor.team).await?.ok_or_else(|| Error::not_found("team"))?;
    Ok(Actor { team_scopes: now.scopes(), team_role: now.role_id, ..actor.clone() })
}

/// The members of the actor's team, those who joined first before the others.
pub async fn list(conn: &mut Conn, actor: &Actor, part: impl Into<Part>) -> Result<Page<TeamMember>> {
    actor.must_have("members:read")?;
    Ok(store::list(conn, &actor.team, &part.into()).await?.map(TeamMember::from))
}

/// Gives a member of the actor's team another role. Neither the old role nor the new one may allow more than the actor may.
pub async fn change_role(tx: &mut Tx, actor: &Actor, member: &MemberId, to: &RoleId) -> Result<TeamMember> {
    let actor = &lock(tx, actor).await?;
    let changed = give(tx, actor, member, to).await?;
    must_have_an_owner(tx, actor).await?;
    Ok(changed.member)
}

/// Gives members of the actor's team other roles, all of them or none, and returns those whose role is another one now. The
/// actor's own role counts as it was before, and a team may change its only owner in one act.
pub async fn change_roles(tx: &mut Tx, actor: &Actor, to: &[(MemberId, RoleId)]) -> Result<Vec<TeamMember>> {
    let actor = &lock(tx, actor).await?;
    actor.must_have("members:write")?;
    if to.len() as i64 > MEMBERS_MAX {
        return Err(errors::too_many_changes());
    }
    let mut changed = Vec::new();
    for (member, role) in to {
        changed.push(give(tx, actor, member, role).await?);
    }
    must_have_an_owner(tx, actor).await?;
    Ok(changed.into_iter().filter(|given| given.is_new).map(|given| given.member).collect())
}

/// A member with the role that they were given.
struct Given {
    member: TeamMember,
    /// False if they had the role before.
    is_new: bool,
}

/// Gives a member a role, whoever is left as an owner.
async fn give(tx: &mut Tx, actor: &Actor, member: &MemberId, to: &RoleId) -> Result<Given> {
    let found = manageable(tx, actor, member).await?;
    let role = role::find(tx, &actor.team, to).await?;
    actor.must_cover(&role.scopes)?;
    if found.role_id == *to {
        return Ok(Given { member: found, is_new: false });
    }
    if found.is_home {
        return Err(errors::home_team());
    }
    store::update_role(tx, &actor.team, member, to).await?;
    let event = events::RoleChanged { name: &found.name, from: &found.role, to: &role.name, role_id: &role.id };
    audit::record(tx, actor, member.as_str(), &event);
    Ok(Given { member: TeamMember { role_id: role.id, role: role.name, ..found }, is_new: true })
}

/// Removes a member from the actor's team: their API keys of the team end, and so do the invitations they sent.
pub async fn remove(tx: &mut Tx, actor: &Actor, member: &MemberId) -> Result<()> {
    let actor = &lock(tx, actor).await?;
    let found = manageable(tx, actor, member).await?;
    end(tx, actor, &found).await?;
    audit::record(tx, actor, member.as_str(), &events::Removed { name: &found.name, role: &found.role });
    Ok(())
}

/// Ends the actor's own membership of their team.
pub(crate) async fn leave(tx: &mut Tx, actor: &Actor) -> Result<()> {
    let actor = &lock(tx, actor).await?;
    let leaving: TeamMember = store::find(tx, &actor.team, &actor.member).await?.ok_or_else(|| Error::not_found("member"))?.into();
    end(tx, actor, &leaving).await?;
    audit::record(tx, actor, actor.member.as_str(), &events::Left { name: &leaving.name, role: &leaving.role });
    Ok(())
}

/// Ends a membership and all that hangs on it.
async fn end(tx: &mut Tx, actor: &Actor, ending: &TeamMember) -> Result<()> {
    if ending.is_home {
        return Err(errors::home_team());
    }
    key::revoke_all_of(tx, actor, &ending.member_id).await?;
    invitation::revoke_all_of(tx, actor, &ending.member_id).await?;
    store::delete(tx, &actor.team, &ending.member_id).await?;
    must_have_an_owner(tx, actor).await
}

/// A member of the actor's team whom the actor may act on.
async fn manageable(tx: &mut Tx, actor: &Actor, member: &MemberId) -> Result<TeamMember> {
    actor.must_have("members:write")?;
    let found = store::find(tx, &actor.team, member).await?.ok_or_else(|| Error::not_found("member"))?;
    actor.must_cover(&found.scopes())?;
    Ok(found.into())
}

/// Fails if the transaction leaves the team without an owner. The team is held, so nobody else makes or ends one meanwhile.
async fn must_have_an_owner(tx: &mut Tx, actor: &Actor) -> Result<()> {
    match store::with_role(tx, &actor.team, OWNER).await? {
        0 => Err(errors::last_owner()),
        _ => Ok(()),
    }
}
