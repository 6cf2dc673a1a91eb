//! The tables of teams and their members.

use super::{Seat, Team};
use crate::Result;
use crate::actor::Plan;
use crate::db::{Conn, Tx, sql};
use crate::id::{MemberId, TeamId};

pub(super) async fn insert(tx: &mut Tx, team: &Team) -> Result<()> {
    sql("insert into team (id, name, kind, plan, created_at) values ($1, $2, $3, $4, $5)")
        .bind(&team.id)
        .bind(&team.name)
        .bind(team.kind.as_str())
        .bind(team.plan.as_str())
        .bind(team.created_at)
        .run(tx)
        .await?;
    Ok(())
}

pub(super) async fn insert_seat(tx: &mut Tx, team: &TeamId, member: &MemberId, seat: Seat) -> Result<()> {
    let now = tx.now;
    sql("insert into team_member (team_id, member_id, role, created_at) values ($1, $2, $3, $4)")
        .bind(team)
        .bind(member)
        .bind(seat.as_str())
        .bind(now)
        .run(tx)
        .await?;
    Ok(())
}

pub(super) async fn find(conn: &mut Conn, id: &TeamId) -> Result<Option<Team>> {
    sql("select id, name, kind, plan, created_at from team where id = $1").bind(id).optional(conn).await
}

/// Updates the name of a personal team; a shared team has a name of its own.
pub(crate) async fn update_personal_name(tx: &mut Tx, id: &TeamId, name: &str) -> Result<()> {
    sql("update team set name = $1 where id = $2 and kind = 'personal'").bind(name).bind(id).run(tx).await?;
    Ok(())
}

pub(super) async fn update_plan(tx: &mut Tx, id: &TeamId, plan: Plan) -> Result<()> {
    sql("update team set plan = $1 where id = $2").bind(plan.as_str()).bind(id).run(tx).await?;
    Ok(())
}

/// Locks a team until this transaction ends, so that concurrent transactions on PostgreSQL don't count its things at the same time.
pub(crate) async fn hold(tx: &mut Tx, id: &TeamId) -> Result<()> {
    sql("update team set plan = plan where id = $1").bind(id).run(tx).await?;
    Ok(())
}
