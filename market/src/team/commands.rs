//! Making a team and changing what it pays for.

use super::events::PlanChanged;
use super::{Kind, Seat, Team, store};
use crate::actor::Plan;
use crate::db::{Conn, Tx};
use crate::id::TeamId;
use crate::member::Member;
use crate::{Actor, Error, Result, event};

/// Makes the team a new member owns. A part of signing up, whose event tells of it.
pub async fn personal(tx: &mut Tx, member: &Member) -> Result<Team> {
    let team = Team { id: member.team_id.clone(), name: member.name.clone(), kind: Kind::Personal, plan: Plan::Free, created_at: tx.now };
    store::insert(tx, &team).await?;
    store::insert_seat(tx, &team.id, &member.id, Seat::Owner).await?;
    Ok(team)
}

/// The caller's team.
pub async fn show(conn: &mut Conn, actor: &Actor) -> Result<Team> {
    find(conn, &actor.team).await
}

/// Puts a team on another plan. An admin's act.
pub async fn change_plan(tx: &mut Tx, actor: &Actor, id: &TeamId, plan: Plan) -> Result<Team> {
    actor.must_be_admin()?;
    actor.must_have("system:write")?;
    let team = find(tx, id).await?;
    if team.plan == plan {
        return Ok(team);
    }
    store::update_plan(tx, id, plan).await?;
    event::emit(tx, &[id], id.as_str(), &PlanChanged { from: team.plan, to: plan });
    Ok(Team { plan, ..team })
}

async fn find(conn: &mut Conn, id: &TeamId) -> Result<Team> {
    store::find(conn, id).await?.ok_or_else(|| Error::not_found("team"))
}
