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
    Ok(RoleView { may_change: role::must_be_changeable(&actor, &role).is_ok(), uses, gives: gives(&actor), role })
}

/// Loads what the form of a new role needs: the permissions that the member can give.
pub async fn new() -> Result<Vec<&'static str>, Fault> {
    let (_, actor) = visitor()?;
    actor.must_have("roles:write")?;
    Ok(gives(&actor))
}

fn gives(actor: &Actor) -> Vec<&'static str> {
    PERMISSIONS.iter().map(|(scope, _)| *scope).filter(|scope| actor.may(scope)).collect()
}
