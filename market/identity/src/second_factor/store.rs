//! The tables of second factors, recovery codes and challenges.

use super::{TRIES_MAX, WRONG_MAX};
use kernel::id::MemberId;
use kernel::{Result, Time};
use platform::db::{Conn, Tx, sql};
use serde::Deserialize;

/// A row of the table.
#[derive(Deserialize)]
pub(super) struct Row {
    pub(super) secret: String,
    pub(super) created_at: Time,
    pub(super) confirmed_at: Option<Time>,
}

pub(super) async fn find(conn: &mut Conn, member: &MemberId) -> Result<Option<Row>> {
    sql("select secret, created_at, confirmed_at from second_factor where member_id = $1").bind(member).optional(conn).await
}

/// Begins a set-up instead of an earlier one; false if the second factor is on.
pub(super) async fn begin(tx: &mut Tx, member: &MemberId, secret: &str) -> Result<bool> {
    let now = tx.now;
    let made = sql("insert into second_factor (member_id, secret, created_at) values ($1, $2, $3) \
         on conflict (member_id) do update set secret = excluded.secret, created_at = excluded.created_at, step = 0, wrong = 0, wrong_inside = 0 \
         where second_factor.confirmed_at is null")
    .bind(member)
    .bind(secret)
    .bind(now)
    .run(tx)
    .await?;
    Ok(made == 1)
}

/// Turns a begun second factor on, with the step of its first code; false if it is not this one any more.
pub(super) async fn confirm(tx: &mut Tx, member: &MemberId, secret: &str, step: i64) -> Result<bool> {
    let now = tx.now;
    let turned = sql("update second_factor set confirmed_at = $1, step = $2 where member_id = $3 and secret = $4 and confirmed_at is null")
        .bind(now)
        .bind(step)
        .bind(member)
        .bind(secret)
        .run(tx)
        .await?;
    Ok(turned == 1)
}

/// Records the step of an accepted code; false if it or a later one was accepted before.
pub(super) async fn advance(tx: &mut Tx, member: &MemberId, step: i64) -> Result<bool> {
    let advanced =
        sql("update second_factor set step = $1, wrong = 0, wrong_inside = 0 where member_id = $2 and step < $1").bind(step).bind(member);
    Ok(advanced.run(tx).await? == 1)
}

/// Where a code was typed; each place has a count of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In a sign-in, after the password.
    SignIn,
    /// In a browser that is signed in.
    Inside,
}

macro_rules! count_try {
    ($wrong:literal) => {
        concat!(
            "update second_factor set ",
            $wrong,
            " = case when ",
            $wrong,
            "_since > $1 then ",
            $wrong,
            " + 1 else 1 end, ",
            $wrong,
            "_since = case when ",
            $wrong,
            "_since > $1 then ",
            $wrong,
            "_since else $2 end \
             where member_id = $3 and (",
            $wrong,
            " < $4 or ",
            $wrong,
            "_since is null or ",
            $wrong,
            "_since <= $1)"
        )
    };
}

/// Counts a try, as wrong until it turns out to be right; false if there were too many since `since`.
pub(super) async fn count_try(tx: &mut Tx, member: &MemberId, place: Place, since: Time) -> Result<bool> {
    let now = tx.now;
    let counted = match place {
        Place::SignIn => sql(count_try!("wrong")),
        Place::Inside => sql(count_try!("wrong_inside")),
    }
    .bind(since)
    .bind(now)
    .bind(member)
    .bind(WRONG_MAX)
    .run(tx)
    .await?;
    Ok(counted == 1)
}

/// Records that the member is told of wrong codes now, if there are so many and they were not told since `since`; false if not.
pub(super) async fn warn(tx: &mut Tx, member: &MemberId, least: i64, since: Time) -> Result<bool> {
    let now = tx.now;
    let warned = sql("update second_factor set warned_at = $1 where member_id = $2 and confirmed_at is not null \
         and ((wrong >= $3 and wrong_since > $4) or (wrong_inside >= $3 and wrong_inside_since > $4)) \
         and (warned_at is null or warned_at <= $4)");
    Ok(warned.bind(now).bind(member).bind(least).bind(since).run(tx).await? == 1)
}

/// Forgets the wrong codes of a member.
pub(super) async fn forget_tries(tx: &mut Tx, member: &MemberId) -> Result<()> {
    sql("update second_factor set wrong = 0, wrong_inside = 0 where member_id = $1").bind(member).run(tx).await?;
    Ok(())
}

/// Deletes a second factor that was never confirmed.
pub(super) async fn delete_begun(tx: &mut Tx, member: &MemberId) -> Result<()> {
    sql("delete from second_factor where member_id = $1 and confirmed_at is null").bind(member).run(tx).await?;
    Ok(())
}

/// Deletes a member's second factor with all that belongs to it; false if there was none.
pub(super) async fn delete(tx: &mut Tx, member: &MemberId) -> Result<bool> {
    delete_recovery_codes(tx, member).await?;
    delete_challenges(tx, member).await?;
    Ok(sql("delete from second_factor where member_id = $1").bind(member).run(tx).await? == 1)
}

pub(super) async fn delete_recovery_codes(tx: &mut Tx, member: &MemberId) -> Result<()> {
    sql("delete from recovery_code where member_id = $1").bind(member).run(tx).await?;
    Ok(())
}

pub(super) async fn insert_recovery_code(tx: &mut Tx, member: &MemberId, hash: &str) -> Result<()> {
    sql("insert into recovery_code (member_id, hash) values ($1, $2)").bind(member).bind(hash).run(tx).await?;
    Ok(())
}

/// Uses a recovery code up; false if it is none of the member's, or was used.
pub(super) async fn use_recovery_code(tx: &mut Tx, member: &MemberId, hash: &str) -> Result<bool> {
    let now = tx.now;
    let used = sql("update recovery_code set used_at = $1 where member_id = $2 and hash = $3 and used_at is null");
    Ok(used.bind(now).bind(member).bind(hash).run(tx).await? == 1)
}

/// Counts the recovery codes that are left.
pub(super) async fn codes_left(conn: &mut Conn, member: &MemberId) -> Result<i64> {
    sql("select count(*) from recovery_code where member_id = $1 and used_at is null").bind(member).count(conn).await
}

/// A sign-in that waits for its code.
#[derive(Deserialize)]
pub(super) struct Challenge {
    pub(super) member_id: MemberId,
    pub(super) epoch: i64,
}

pub(super) async fn insert_challenge(tx: &mut Tx, hash: &str, challenge: &Challenge, expires_at: Time) -> Result<()> {
    sql("insert into sign_in_challenge (token_hash, member_id, epoch, expires_at) values ($1, $2, $3, $4)")
        .bind(hash)
        .bind(&challenge.member_id)
        .bind(challenge.epoch)
        .bind(expires_at)
        .run(tx)
        .await?;
    Ok(())
}

/// Finds a challenge that can still be answered.
pub(super) async fn find_challenge(conn: &mut Conn, hash: &str) -> Result<Option<Challenge>> {
    let now = conn.now;
    sql("select member_id, epoch from sign_in_challenge where token_hash = $1 and expires_at > $2 and tries < $3")
        .bind(hash)
        .bind(now)
        .bind(TRIES_MAX)
        .optional(conn)
        .await
}

/// Counts a try of a challenge; false if it is over.
pub(super) async fn count_challenge_try(tx: &mut Tx, hash: &str) -> Result<bool> {
    let now = tx.now;
    let counted = sql("update sign_in_challenge set tries = tries + 1 where token_hash = $1 and expires_at > $2 and tries < $3");
    Ok(counted.bind(hash).bind(now).bind(TRIES_MAX).run(tx).await? == 1)
}

/// Ends the challenges of a member.
pub(super) async fn delete_challenges(tx: &mut Tx, member: &MemberId) -> Result<()> {
    sql("delete from sign_in_challenge where member_id = $1").bind(member).run(tx).await?;
    Ok(())
}

pub(super) async fn delete_expired_challenges(tx: &mut Tx, limit: i64) -> Result<u64> {
    let now = tx.now;
    sql("delete from sign_in_challenge where token_hash in \
         (select token_hash from sign_in_challenge where expires_at <= $1 order by expires_at limit $2)")
    .bind(now)
    .bind(limit)
    .run(tx)
    .await
}
