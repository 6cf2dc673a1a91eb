//! The reads of the team pages.

use super::audit::Links;
use crate::fault::Fault;
use crate::visitor::{guest, visitor};
use market::audit::{self, Area, Entry};
use market::id::{MemberId, RoleId};
use market::invitation::{self, Invitation, Preview};
use market::membership::{self, TeamMember};
use market::role::{self, Role};
use market::team::{self, Mine, Team};
use market::{Page, Paging, Result, endpoint};

/// The page of a team as the signed-in member sees it.
pub struct TeamView {
    pub(super) team: Team,
    pub(super) me: MemberId,
    pub(super) members: Page<TeamMember>,
    pub(super) invitations: Page<Invitation>,
    /// All roles of the team; none if the member may not see them.
    pub(super) all_roles: Vec<Role>,
    /// The roles that the member may give.
    pub(super) roles: Vec<Role>,
    /// The ids of the roles whose members the member may act on.
    pub(super) manages: Vec<RoleId>,
    pub(super) mine: Vec<Mine>,
    pub(super) may_invite: bool,
    pub(super) may_rename: bool,
    pub(super) may_see_members: bool,
    pub(super) may_see_team: bool,
    pub(super) may_make_roles: bool,
}

/// Loads the page of the team that the member acts for.
pub async fn team(members: i64, invitations: i64) -> Result<TeamView, Fault> {
    let (market, actor) = visitor()?;
    let conn = &mut market.read().await?;
    let may_see_members = actor.may("members:read");
    let all_roles = if actor.may("roles:read") { role::list(conn, &actor).await? } else { Vec::new() };
    let roles: Vec<_> = all_roles.iter().filter(|role| actor.must_cover(&role.scopes).is_ok()).cloned().collect();
    let may_invite = actor.may("members:write");
    Ok(TeamView {
        team: team::show(conn, &actor).await?,
        me: actor.member.clone(),
        members: match may_see_members {
            true => membership::list(conn, &actor, Paging::new(Some(20), Some(members))?).await?,
            false => Page::new(Vec::new(), 0, Paging::new(Some(20), Some(0))?),
        },
        invitations: match may_see_members {
            true => invitation::list(conn, &actor, Paging::new(Some(10), Some(invitations))?).await?,
            false => Page::new(Vec::new(), 0, Paging::new(Some(10), Some(0))?),
        },
        manages: if may_invite { roles.iter().map(|role| role.id.clone()).collect() } else { Vec::new() },
        roles,
        mine: team::mine(conn, &actor).await?,
        may_invite: may_invite && actor.verified,
        may_rename: actor.may("teams:write"),
        may_see_members,
        may_see_team: actor.may("teams:read"),
        may_make_roles: actor.may("roles:write"),
        all_roles,
    })
}

/// Loads the invitation of a link, for anybody who has the link.
pub async fn preview(token: String) -> Result<Preview, Fault> {
    let visitor = guest()?;
    Ok(invitation::preview(&mut visitor.market.read().await?, visitor.actor.as_ref(), &token).await?)
}

/// The audit log of a team as the signed-in member sees it.
pub struct AuditView {
    pub(super) entries: Page<Entry>,
    /// The things that lines can lead to.
    pub(super) links: Links,
    /// The team's name.
    pub(super) team: String,
}

/// Loads the audit log of the team that the member acts for.
pub async fn audit(area: Option<Area>, offset: i64) -> Result<AuditView, Fault> {
    let (market, actor) = visitor()?;
    let conn = &mut market.read().await?;
    let entries = audit::list(conn, &actor, area, Paging::new(Some(20), Some(offset))?).await?;
    let roles = if actor.may("roles:read") { role::list(conn, &actor).await? } else { Vec::new() };
    let roles = roles.into_iter().map(|role| role.id).collect();
    let webhooks = if actor.may("events:read") { endpoint::list(conn, &actor).await? } else { Vec::new() };
    let webhooks = webhooks.into_iter().map(|endpoint| endpoint.id).collect();
    let links = Links { roles, agents: actor.may("agents:write"), keys: actor.may("keys:read"), webhooks };
    Ok(AuditView { entries, links, team: team::show(conn, &actor).await?.name })
}
