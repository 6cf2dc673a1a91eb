//! The reads of the role pages.

use crate::fault::Fault;
use crate::visitor::visitor;
use market::id::RoleId;
use market::role::{self, Role, Uses};
use market::scope::PERMISSIONS;
use market::{Actor, Result};

/// A role as the signed-in member sees it.
pub struct RoleView {
    pub(super) role: Role,
    pub(super) uses: Uses,
    /// True if the member may change and delete it.
    pub(super) may_change: bool,
    /// The permissions that the member can give.
    pub(super) gives: Vec<&'static str>,
}

/// Loads one of the team's roles.
pub async fn show(id: String) -> Result<RoleView, Fault> {
    let (market, actor) = visitor()?;
    let (conn, id) = (&mut market.read().await?, RoleId::from(id));
    let role = role::show(conn, &actor, &id).await?;
    let uses = role::uses(conn, &actor, &id).await?;
    Ok(RoleView { may_change: may_change(&actor, &role), uses, gives: gives(&actor), role })
}

/// Loads what the form of a new role needs: the permissions that the member can give.
pub async fn new() -> Result<Vec<&'static str>, Fault> {
    let (_, actor) = visitor()?;
    actor.must_have("roles:write")?;
    Ok(gives(&actor))
}

/// Returns true if the actor may change a role: it is the team's own, and allows no more than the actor may.
pub fn may_change(actor: &Actor, role: &Role) -> bool {
    !role.built_in && actor.may("roles:write") && actor.must_cover(&role.scopes).is_ok()
}

fn gives(actor: &Actor) -> Vec<&'static str> {
    PERMISSIONS.iter().map(|(scope, _)| *scope).filter(|scope| actor.may(scope)).collect()
}
