//! Making a team's own roles, changing them, and reading all that there are.

use super::{BUILT_IN, Change, Draft, ROLES_MAX, Role, Uses, built_in, errors, events, store};
use crate::{Actor, audit, membership, scope};
use kernel::id::{RoleId, TeamId};
use kernel::{Error, Result};
use platform::db::{Conn, Tx};

/// The team's roles: the built-in ones from the mightiest down, then its own by name.
pub async fn list(conn: &mut Conn, actor: &Actor) -> Result<Vec<Role>> {
    actor.must_have("roles:read")?;
    let own = store::of_team(conn, &actor.team).await?;
    Ok(BUILT_IN.iter().map(Role::from).chain(own.into_iter().map(Role::from)).collect())
}

/// One of the team's roles.
pub async fn show(conn: &mut Conn, actor: &Actor, id: &RoleId) -> Result<Role> {
    actor.must_have("roles:read")?;
    find(conn, &actor.team, id).await
}

/// Counts who holds one of the team's roles.
pub async fn uses(conn: &mut Conn, actor: &Actor, id: &RoleId) -> Result<Uses> {
    actor.must_have("roles:read")?;
    store::uses(conn, &actor.team, id).await
}

/// A role that the team's members can have.
pub(crate) async fn find(conn: &mut Conn, team: &TeamId, id: &RoleId) -> Result<Role> {
    if let Some(role) = built_in(id.as_str()) {
        return Ok(role.into());
    }
    let own = store::find(conn, team, id).await?;
    own.map(Role::from).ok_or_else(|| Error::not_found("role"))
}

/// Makes a role that allows no more than its maker may.
pub async fn create(tx: &mut Tx, actor: &Actor, draft: &Draft) -> Result<Role> {
    let actor = &membership::lock(tx, actor).await?;
    actor.must_have("roles:write")?;
    let draft = draft.check()?;
    actor.must_cover(&draft.scopes)?;
    let own = store::of_team(tx, &actor.team).await?;
    if own.len() as i64 >= ROLES_MAX {
        return Err(errors::too_many_roles());
    }
    must_be_free(&own, &draft.name, None)?;
    let role = store::Row { id: RoleId::new(), name: draft.name, scopes: draft.scopes, created_at: tx.now };
    store::insert(tx, &actor.team, &role).await?;
    audit::record(tx, actor, role.id.as_str(), &events::Created { name: &role.name, scopes: &role.scopes });
    Ok(role.into())
}

/// Changes a role for all who have it, at once. It may allow no more than the actor may, before as after.
pub async fn update(tx: &mut Tx, actor: &Actor, id: &RoleId, change: &Change) -> Result<Role> {
    let actor = &membership::lock(tx, actor).await?;
    let (role, others) = own(tx, actor, id).await?;
    let draft = Draft {
        name: change.name.clone().unwrap_or_else(|| role.name.clone()),
        scopes: change.scopes.clone().unwrap_or_else(|| role.scopes.clone()),
    };
    let draft = draft.check()?;
    actor.must_cover(&draft.scopes)?;
    must_be_free(&others, &draft.name, Some(id))?;
    let (added, removed) = (scope::gained(&role.scopes, &draft.scopes), scope::gained(&draft.scopes, &role.scopes));
    let saved = store::Row { name: draft.name, scopes: draft.scopes, ..role.clone() };
    store::update(tx, &saved).await?;
    let event = events::Changed { name: &saved.name, from: &role.name, scopes: &saved.scopes, added: &added, removed: &removed };
    audit::record(tx, actor, saved.id.as_str(), &event);
    Ok(saved.into())
}

/// Deletes a role that nobody has and no invitation offers.
pub async fn delete(tx: &mut Tx, actor: &Actor, id: &RoleId) -> Result<()> {
    let actor = &membership::lock(tx, actor).await?;
    let (role, _) = own(tx, actor, id).await?;
    if store::uses(tx, &actor.team, id).await?.any() {
        return Err(errors::role_in_use());
    }
    store::delete(tx, id).await?;
    audit::record(tx, actor, role.id.as_str(), &events::Deleted { name: &role.name });
    Ok(())
}

/// A role of the team's own that the actor may change, and all of the team's own.
async fn own(tx: &mut Tx, actor: &Actor, id: &RoleId) -> Result<(store::Row, Vec<store::Row>)> {
    actor.must_have("roles:write")?;
    if let Some(role) = built_in(id.as_str()) {
        must_be_changeable(actor, &role.into())?;
    }
    let all = store::of_team(tx, &actor.team).await?;
    let role = all.iter().find(|role| role.id == *id).cloned().ok_or_else(|| Error::not_found("role"))?;
    must_be_changeable(actor, &role.clone().into())?;
    Ok((role, all))
}

/// Fails unless the actor may change and delete a role: it is the team's own, and allows no more than the actor may.
pub fn must_be_changeable(actor: &Actor, role: &Role) -> Result<()> {
    actor.must_have("roles:write")?;
    if role.built_in {
        return Err(errors::built_in_role());
    }
    actor.must_cover(&role.scopes)
}

fn must_be_free(own: &[store::Row], name: &str, but: Option<&RoleId>) -> Result<()> {
    let wanted = name.to_lowercase();
    let mut taken = BUILT_IN.iter().map(|role| (role.name, None)).chain(own.iter().map(|role| (role.name.as_str(), Some(&role.id))));
    match taken.any(|(name, id)| (id.is_none() || id != but) && name.to_lowercase() == wanted) {
        true => Err(errors::role_exists()),
        false => Ok(()),
    }
}
