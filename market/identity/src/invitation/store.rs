//! Invitations as rows. Of the link's secret only the SHA-256 is kept.

use super::{Invitation, Status};
use crate::{Actor, role};
use kernel::id::{InvitationId, MemberId, RoleId, TeamId};
use kernel::{Paging, Result, Time};
use platform::db::{Conn, Tx, sql};
use serde::Deserialize;

#[derive(Deserialize)]
struct Row {
    id: InvitationId,
    team_id: TeamId,
    email: String,
    role_id: RoleId,
    role_name: Option<String>,
    invited_by: MemberId,
    inviter: String,
    status: Status,
    created_at: Time,
    sent_at: Time,
    expires_at: Time,
}

impl From<Row> for Invitation {
    fn from(row: Row) -> Self {
        let role = role::built_in(row.role_id.as_str()).map(|role| role.name.to_owned()).or(row.role_name).unwrap_or_default();
        let Row { id, email, role_id, invited_by, inviter, status, created_at, sent_at, expires_at, .. } = row;
        Self { id, email, role_id, role, invited_by, inviter, status, created_at, sent_at, expires_at }
    }
}

macro_rules! select {
    ($rest:literal) => {
        sql(concat!(
            "select i.id, i.team_id, i.email, i.role_id, r.name as role_name, i.invited_by, m.name as inviter, i.status, i.created_at, \
             i.sent_at, i.expires_at from invitation i join member m on m.id = i.invited_by \
             left join role r on r.id = i.role_id and r.team_id = i.team_id where ",
            $rest
        ))
    };
}

/// An invitation and its team.
pub(super) struct Found {
    pub(super) team_id: TeamId,
    pub(super) invitation: Invitation,
}

pub(super) async fn by_token(conn: &mut Conn, token_hash: &str) -> Result<Option<Found>> {
    let row: Option<Row> = select!("i.token_hash = $1").bind(token_hash).optional(conn).await?;
    Ok(row.map(|row| Found { team_id: row.team_id.clone(), invitation: row.into() }))
}

/// An invitation with its team, whichever that is.
pub(super) async fn of_any_team(conn: &mut Conn, id: &InvitationId) -> Result<Option<(TeamId, Invitation)>> {
    let row: Option<Row> = select!("i.id = $1").bind(id).optional(conn).await?;
    Ok(row.map(|row| (row.team_id.clone(), row.into())))
}

/// A team's pending invitations, the newest first.
pub(super) async fn list(conn: &mut Conn, team: &TeamId, paging: Paging) -> Result<Vec<Invitation>> {
    let rows: Vec<Row> = select!("i.team_id = $1 and i.ended_at is null order by i.created_at desc, i.id desc limit $2 offset $3")
        .bind(team)
        .page(paging)
        .all(conn)
        .await?;
    Ok(rows.into_iter().map(Invitation::from).collect())
}

/// The pending invitations of a team that a member sent.
pub(super) async fn pending_by(conn: &mut Conn, team: &TeamId, member: &MemberId) -> Result<Vec<Invitation>> {
    let rows: Vec<Row> = select!("i.team_id = $1 and i.invited_by = $2 and i.ended_at is null order by i.created_at, i.id")
        .bind(team)
        .bind(member)
        .all(conn)
        .await?;
    Ok(rows.into_iter().map(Invitation::from).collect())
}

/// Counts the pending invitations of a team.
pub(super) async fn pending(conn: &mut Conn, team: &TeamId) -> Result<i64> {
    sql("select count(*) from invitation where team_id = $1 and ended_at is null").bind(team).count(conn).await
}

/// Counts the letters that a member had sent after `since`: an invitation counts all of its letters while its last is that new.
pub(super) async fn letters_since(conn: &mut Conn, member: &MemberId, since: Time) -> Result<i64> {
    sql("select cast(coalesce(sum(letters), 0) as bigint) from invitation where invited_by = $1 and sent_at > $2")
        .bind(member)
        .bind(since)
        .count(conn)
        .await
}

/// Returns true if a member of the team has this address.
pub(super) async fn is_member(conn: &mut Conn, team: &TeamId, email: &str) -> Result<bool> {
    let there = sql("select count(*) from team_member s join member m on m.id = s.member_id where s.team_id = $1 and m.email = $2");
    Ok(there.bind(team).bind(email).count(conn).await? > 0)
}

/// False if the address has a pending invitation to the team. Its secret comes with the letter.
pub(super) async fn insert(tx: &mut Tx, id: &InvitationId, actor: &Actor, email: &str, role: &RoleId, expires_at: Time) -> Result<bool> {
    let now = tx.now;
    let made = sql("insert into invitation (id, team_id, email, role_id, invited_by, status, letters, created_at, sent_at, expires_at) \
         values ($1, $2, $3, $4, $5, $6, 1, $7, $7, $8) on conflict (team_id, email) where ended_at is null do nothing")
    .bind(id)
    .bind(&actor.team)
    .bind(email)
    .bind(role)
    .bind(&actor.member)
    .bind(Status::Pending.as_str())
    .bind(now)
    .bind(expires_at)
    .run(tx)
    .await?;
    Ok(made == 1)
}

/// Counts one more letter of a pending invitation; false when there were as many as there can be.
pub(super) async fn send_again(tx: &mut Tx, id: &InvitationId, actor: &Actor, expires_at: Time, letters_max: i64) -> Result<bool> {
    let now = tx.now;
    let sent = sql("update invitation set letters = letters + 1, sent_at = $2, expires_at = $3, invited_by = $4 \
         where id = $1 and ended_at is null and letters < $5")
    .bind(id)
    .bind(now)
    .bind(expires_at)
    .bind(&actor.member)
    .bind(letters_max)
    .run(tx)
    .await?;
    Ok(sent == 1)
}

/// Replaces the link's secret: the one before is worth nothing from now on.
pub(super) async fn set_token(tx: &mut Tx, id: &InvitationId, token_hash: &str) -> Result<()> {
    sql("update invitation set token_hash = $2 where id = $1").bind(id).bind(token_hash).run(tx).await?;
    Ok(())
}

/// Offers another role from now on, on the word of whoever changed it.
pub(super) async fn update_role(tx: &mut Tx, id: &InvitationId, actor: &Actor, role: &RoleId) -> Result<()> {
    sql("update invitation set role_id = $2, invited_by = $3 where id = $1 and ended_at is null")
        .bind(id)
        .bind(role)
        .bind(&actor.member)
        .run(tx)
        .await?;
    Ok(())
}

/// Ends a pending invitation; false if it has ended before.
pub(super) async fn end(tx: &mut Tx, id: &InvitationId, status: Status) -> Result<bool> {
    let now = tx.now;
    let ended = sql("update invitation set status = $2, ended_at = $3, token_hash = null where id = $1 and ended_at is null")
        .bind(id)
        .bind(status.as_str())
        .bind(now)
        .run(tx)
        .await?;
    Ok(ended == 1)
}

/// Forgets invitations that ended before `since`, a batch at a time.
pub(super) async fn delete_ended(tx: &mut Tx, since: Time, limit: i64) -> Result<u64> {
    sql("delete from invitation where id in (select id from invitation where ended_at < $1 order by ended_at limit $2)")
        .bind(since)
        .bind(limit)
        .run(tx)
        .await
}
