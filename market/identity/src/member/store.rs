//! The table of members. The password's hash leaves this module only to be verified.

use super::Member;
use super::closing::Closing;
use crate::actor::Role;
use kernel::id::MemberId;
use kernel::{Result, Time};
use platform::db::{Conn, Tx, sql};
use platform::password::PasswordHash;
use serde::Deserialize;

/// Inserts a member; false if the email address is taken.
pub(super) async fn insert(tx: &mut Tx, member: &Member, hash: &PasswordHash) -> Result<bool> {
    let inserted = sql("insert into member (id, email, name, password_hash, role, team_id, verified_at, epoch, created_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (email) do nothing")
    .bind(&member.id)
    .bind(&member.email)
    .bind(&member.name)
    .bind(hash.as_phc())
    .bind(member.role.as_str())
    .bind(&member.team_id)
    .bind(member.verified_at)
    .bind(member.epoch)
    .bind(member.created_at)
    .run(tx)
    .await?;
    Ok(inserted == 1)
}

/// Finds a member.
pub async fn find(conn: &mut Conn, id: &MemberId) -> Result<Option<Member>> {
    sql("select id, email, name, role, team_id, verified_at, epoch, created_at from member where id = $1").bind(id).optional(conn).await
}

pub(crate) async fn find_by_email(conn: &mut Conn, email: &str) -> Result<Option<Member>> {
    sql("select id, email, name, role, team_id, verified_at, epoch, created_at from member where email = $1")
        .bind(email)
        .optional(conn)
        .await
}

#[derive(Deserialize)]
struct StoredHash {
    password_hash: String,
}

pub(super) async fn password_hash(conn: &mut Conn, id: &MemberId) -> Result<Option<String>> {
    let row: Option<StoredHash> = sql("select password_hash from member where id = $1").bind(id).optional(conn).await?;
    Ok(row.map(|row| row.password_hash))
}

/// Updates the password's hash; false if the epoch has changed since the old password was verified, or the link was read.
pub(crate) async fn update_password(tx: &mut Tx, member: &Member, hash: &PasswordHash) -> Result<bool> {
    let updated = sql("update member set password_hash = $1, epoch = epoch + 1 where id = $2 and epoch = $3")
        .bind(hash.as_phc())
        .bind(&member.id)
        .bind(member.epoch)
        .run(tx)
        .await?;
    Ok(updated == 1)
}

/// Ends the sessions and tokens of a member, whose password stays.
pub(crate) async fn end_logins(tx: &mut Tx, id: &MemberId) -> Result<()> {
    sql("update member set epoch = epoch + 1 where id = $1").bind(id).run(tx).await?;
    Ok(())
}

pub(super) async fn update_name(tx: &mut Tx, id: &MemberId, name: &str) -> Result<()> {
    sql("update member set name = $1 where id = $2").bind(name).bind(id).run(tx).await?;
    Ok(())
}

/// Takes an unverified account away from its address: `lapsed` is none, so nobody logs in by it or verifies it. False if the address
/// was verified meanwhile.
pub(super) async fn lapse(tx: &mut Tx, id: &MemberId, lapsed: &str) -> Result<bool> {
    let updated = sql("update member set email = $1, epoch = epoch + 1 where id = $2 and verified_at is null and suspended_at is null")
        .bind(lapsed)
        .bind(id)
        .run(tx)
        .await?;
    Ok(updated == 1)
}

/// Changes the email address, which is verified by that; false if another account has it, or if the member's was changed meanwhile.
pub(crate) async fn update_email(tx: &mut Tx, member: &Member, email: &str) -> Result<bool> {
    let now = tx.now;
    let updated = sql("update member set email = $1, verified_at = $2 where id = $3 and email = $4 \
         and not exists (select 1 from member other where other.email = $1)")
    .bind(email)
    .bind(now)
    .bind(&member.id)
    .bind(&member.email)
    .run(tx)
    .await?;
    Ok(updated == 1)
}

pub(super) async fn update_role(tx: &mut Tx, id: &MemberId, role: Role) -> Result<()> {
    sql("update member set role = $1 where id = $2").bind(role.as_str()).bind(id).run(tx).await?;
    Ok(())
}

/// Records the verification; false if it was verified before.
pub(crate) async fn set_verified(tx: &mut Tx, id: &MemberId) -> Result<bool> {
    let now = tx.now;
    let updated = sql("update member set verified_at = $1 where id = $2 and verified_at is null").bind(now).bind(id).run(tx).await?;
    Ok(updated == 1)
}

/// Closes an account until its deletion, and ends its sessions and tokens; false if it is suspended already.
pub(super) async fn close(tx: &mut Tx, id: &MemberId, deletion_at: Time) -> Result<bool> {
    let now = tx.now;
    let closed = sql("update member set suspended_at = $1, deletion_at = $2, epoch = epoch + 1 where id = $3 and suspended_at is null");
    Ok(closed.bind(now).bind(deletion_at).bind(id).run(tx).await? == 1)
}

/// Opens a closed account again; false if it is not closed, or is being erased.
pub(super) async fn reopen(tx: &mut Tx, id: &MemberId) -> Result<bool> {
    let opened =
        sql("update member set suspended_at = null, deletion_at = null where id = $1 and deletion_at is not null and erasing_at is null");
    Ok(opened.bind(id).run(tx).await? == 1)
}

/// Finds the closed account whose deletion was due first.
pub(super) async fn closing(conn: &mut Conn) -> Result<Option<Closing>> {
    let now = conn.now;
    sql("select id, email, team_id, deletion_at, erasing_at from member where deletion_at is not null and deletion_at <= $1 \
         order by deletion_at limit 1")
    .bind(now)
    .optional(conn)
    .await
}

/// Takes a closed account for erasing; false if it was opened again, put off or taken since it was read.
pub(super) async fn begin_erasing(tx: &mut Tx, closing: &Closing) -> Result<bool> {
    let now = tx.now;
    let begun = sql("update member set erasing_at = $1 where id = $2 and deletion_at = $3 and erasing_at is null");
    Ok(begun.bind(now).bind(&closing.id).bind(closing.deletion_at).run(tx).await? == 1)
}

/// Records that an account was deleted; false if that was done before.
pub(super) async fn set_erased(tx: &mut Tx, id: &MemberId) -> Result<bool> {
    let now = tx.now;
    let erased = sql("update member set deletion_at = null, erased_at = $1 where id = $2 and deletion_at is not null");
    Ok(erased.bind(now).bind(id).run(tx).await? == 1)
}

/// Puts the deletion of an account off; false if it was opened again, put off or taken since it was read.
pub(super) async fn put_off(tx: &mut Tx, closing: &Closing, until: Time) -> Result<bool> {
    let put_off = sql("update member set deletion_at = $1 where id = $2 and deletion_at = $3 and erasing_at is null");
    Ok(put_off.bind(until).bind(&closing.id).bind(closing.deletion_at).run(tx).await? == 1)
}
