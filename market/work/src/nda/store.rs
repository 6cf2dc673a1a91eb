//! The table of agreements to NDAs.

use super::VERSION;
use crate::job::JobKey;
use identity::Actor;
use kernel::id::TeamId;
use kernel::{Result, Time};
use platform::db::{Conn, Tx, sql};

/// Inserts an agreement; false if the team has agreed before.
pub(super) async fn insert(tx: &mut Tx, job: JobKey, actor: &Actor) -> Result<bool> {
    let now = tx.now;
    let made = sql("insert into nda (job_key, team_id, member_id, version, agreed_at) \
         values ($1, $2, $3, $4, $5) on conflict (job_key, team_id) do nothing")
    .bind(job)
    .bind(&actor.team)
    .bind(&actor.member)
    .bind(VERSION)
    .bind(now)
    .run(tx)
    .await?;
    Ok(made == 1)
}

pub(super) async fn agreed_at(conn: &mut Conn, job: JobKey, team: &TeamId) -> Result<Option<Time>> {
    sql("select agreed_at from nda where job_key = $1 and team_id = $2").bind(job).bind(team).optional(conn).await
}
