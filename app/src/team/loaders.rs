//! The reads of the team pages.

use crate::fault::Fault;
use crate::visitor::{guest, visitor};
use market::audit::{self, Area, Entry};
use market::db::Conn;
use market::id::{MemberId, RoleId};
use market::invitation::{self, Invitation, Preview};
use market::membership::{self, TeamMember};
use market::role::{self, Role};
use market::team::{self, Mine, Team};
use market::{Actor, Page, Paging, Result};

/// The page of a team as the signed-in member sees it.
pub struct TeamView {
    pub(super) team: Team,
    pub(super) me: MemberId,
    pub(super) members: Page<TeamMember>,
    pub(super) invitations: Page<Invitation>,
    /// The roles that the member may give.
    pub(super) roles: Vec<Role>,
    /// The ids of the roles whose members the member may act on.
    pub(super) manages: Vec<RoleId>,
    pub(super) mine: Vec<Mine>,
    pub(super) may_invite: bool,
    pub(super) may_rename: bool,
    pub(super) may_see_members: bool,
    pub(super) may_see_team: bool,
}

/// Loads the page of the team that the member acts for.
pub async fn team(members: i64, invitations: i64) -> Result<TeamView, Fault> {
    let (market, actor) = visitor()?;
    let conn = &mut market.read().await?;
    let may_see_members = actor.may("members:read");
    let roles = giveable(conn, &actor).await?;
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
    })
}

/// Returns the roles that allow no more than the actor may.
async fn giveable(conn: &mut Conn, actor: &Actor) -> Result<Vec<Role>> {
    if !actor.may("roles:read") {
        return Ok(Vec::new());
    }
    let mut roles = role::list(conn, actor).await?;
    roles.retain(|role| actor.must_cover(&role.scopes).is_ok());
    Ok(roles)
}

/// Loads the invitation of a link, for anybody who has the link.
pub async fn preview(token: String) -> Result<Preview, Fault> {
    let visitor = guest()?;
    Ok(invitation::preview(&mut visitor.market.read().await?, visitor.actor.as_ref(), &token).await?)
}

/// Loads the audit log of the team that the member acts for.
pub async fn audit(area: Option<Area>, offset: i64) -> Result<Page<Entry>, Fault> {
    let (market, actor) = visitor()?;
    Ok(audit::list(&mut market.read().await?, &actor, area, Paging::new(Some(20), Some(offset))?).await?)
}
