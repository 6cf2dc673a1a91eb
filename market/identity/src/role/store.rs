//! A team's own roles as rows. The built-in ones are no rows: they stand in the program.

use super::{Role, Uses};
use crate::key::words;
use kernel::id::{RoleId, TeamId};
use kernel::{Error, Result, Time};
use platform::db::{Conn, Tx, sql};
use serde::Deserialize;

/// A role of a team's own.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Row {
    pub(super) id: RoleId,
    pub(super) name: String,
    #[serde(with = "words")]
    pub(super) scopes: Vec<String>,
    pub(super) created_at: Time,
}

impl From<Row> for Role {
    fn from(row: Row) -> Self {
        let Row { id, name, scopes, created_at } = row;
        Self { id, name, about: String::new(), scopes, built_in: false, created_at: Some(created_at) }
    }
}

pub(super) async fn insert(tx: &mut Tx, team: &TeamId, role: &Row) -> Result<()> {
    sql("insert into role (id, team_id, name, scopes, created_at) values ($1, $2, $3, $4, $5)")
        .bind(&role.id)
        .bind(team)
        .bind(&role.name)
        .bind(role.scopes.join(" "))
        .bind(role.created_at)
        .run(tx)
        .await?;
    Ok(())
}

pub(super) async fn update(tx: &mut Tx, role: &Row) -> Result<()> {
    sql("update role set name = $1, scopes = $2 where id = $3").bind(&role.name).bind(role.scopes.join(" ")).bind(&role.id).run(tx).await?;
    Ok(())
}

pub(super) async fn delete(tx: &mut Tx, id: &RoleId) -> Result<()> {
    sql("delete from role where id = $1").bind(id).run(tx).await?;
    Ok(())
}

pub(super) async fn find(conn: &mut Conn, team: &TeamId, id: &RoleId) -> Result<Option<Row>> {
    sql("select id, name, scopes, created_at from role where id = $1 and team_id = $2").bind(id).bind(team).optional(conn).await
}

/// A team's own roles by name; there are few.
pub(super) async fn of_team(conn: &mut Conn, team: &TeamId) -> Result<Vec<Row>> {
    sql("select id, name, scopes, created_at from role where team_id = $1 order by name, id").bind(team).all(conn).await
}

/// Counts the members who have the role and the pending invitations that offer it.
pub(super) async fn uses(conn: &mut Conn, team: &TeamId, id: &RoleId) -> Result<Uses> {
    let used = sql("select (select count(*) from team_member where team_id = $1 and role_id = $2) as members, \
         (select count(*) from invitation where team_id = $1 and role_id = $2 and ended_at is null) as invitations");
    used.bind(team).bind(id).optional(conn).await?.ok_or_else(Error::internal)
}
