//! The table of teams.

use super::{Kind, Mine, Team};
use crate::actor::Plan;
use crate::role;
use kernel::id::{MemberId, RoleId, TeamId};
use kernel::{Result, Time};
use platform::db::{Conn, Tx, sql};
use serde::Deserialize;

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

pub(super) async fn find(conn: &mut Conn, id: &TeamId) -> Result<Option<Team>> {
    sql("select id, name, kind, plan, created_at from team where id = $1").bind(id).optional(conn).await
}

#[derive(Deserialize)]
struct Row {
    id: TeamId,
    name: String,
    kind: Kind,
    plan: Plan,
    created_at: Time,
    role_id: RoleId,
    role_name: Option<String>,
    members: i64,
}

impl From<Row> for Mine {
    fn from(row: Row) -> Self {
        let role = role::built_in(row.role_id.as_str()).map(|role| role.name.to_owned()).or(row.role_name).unwrap_or_default();
        let Row { id, name, kind, plan, created_at, role_id, members, .. } = row;
        Self { team: Team { id, name, kind, plan, created_at }, role_id, role, members }
    }
}

/// The teams that a person is in, their own first.
pub(super) async fn of_member(conn: &mut Conn, member: &MemberId) -> Result<Vec<Mine>> {
    let rows: Vec<Row> = sql("select t.id, t.name, t.kind, t.plan, t.created_at, s.role_id, r.name as role_name, \
         (select count(*) from team_member o where o.team_id = t.id) as members from team_member s join team t on t.id = s.team_id \
         join member m on m.id = s.member_id left join role r on r.id = s.role_id and r.team_id = s.team_id where s.member_id = $1 \
         order by case when m.team_id = t.id then 0 else 1 end, t.name, t.id")
    .bind(member)
    .all(conn)
    .await?;
    Ok(rows.into_iter().map(Mine::from).collect())
}

/// Updates the name of a personal team; a shared team has a name of its own.
pub(crate) async fn update_personal_name(tx: &mut Tx, id: &TeamId, name: &str) -> Result<()> {
    sql("update team set name = $1 where id = $2 and kind = 'personal'").bind(name).bind(id).run(tx).await?;
    Ok(())
}

/// Gives a team a name of its own, which follows nobody's from now on.
pub(super) async fn rename(tx: &mut Tx, id: &TeamId, name: &str) -> Result<()> {
    sql("update team set name = $1, kind = 'shared' where id = $2").bind(name).bind(id).run(tx).await?;
    Ok(())
}

/// Somebody joined: the team is no person's alone any more.
pub(crate) async fn share(tx: &mut Tx, id: &TeamId) -> Result<()> {
    sql("update team set kind = 'shared' where id = $1 and kind = 'personal'").bind(id).run(tx).await?;
    Ok(())
}

pub(super) async fn update_plan(tx: &mut Tx, id: &TeamId, plan: Plan) -> Result<()> {
    sql("update team set plan = $1 where id = $2").bind(plan.as_str()).bind(id).run(tx).await?;
    Ok(())
}

/// Locks a team until this transaction ends, so that concurrent transactions on PostgreSQL don't count its things at the same time.
pub async fn hold(tx: &mut Tx, id: &TeamId) -> Result<()> {
    if tx.is_alone() {
        return Ok(());
    }
    sql("update team set plan = plan where id = $1").bind(id).run(tx).await?;
    Ok(())
}

/// Holds the team that a person signed up with, so that what they have across all teams is counted by one at a time.
pub(super) async fn hold_home(tx: &mut Tx, member: &MemberId) -> Result<()> {
    if tx.is_alone() {
        return Ok(());
    }
    sql("update team set plan = plan where id = (select team_id from member where id = $1)").bind(member).run(tx).await?;
    Ok(())
}
