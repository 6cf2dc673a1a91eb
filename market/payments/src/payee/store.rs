//! The table of payees.

use super::Payee;
use kernel::id::TeamId;
use kernel::{Result, Time};
use platform::db::{Conn, Tx, sql};

/// Selects payees that meet a condition.
macro_rules! select {
    ($condition:literal) => {
        concat!("select team_id, provider, account, state, missing, is_weekly, asked_at, updated_at from payee ", $condition)
    };
}

pub(super) async fn find(conn: &mut Conn, team: &TeamId) -> Result<Option<Payee>> {
    sql(select!("where team_id = $1")).bind(team).optional(conn).await
}

/// Finds the payee of an account, as the provider calls it.
pub(super) async fn of_account(conn: &mut Conn, account: &str) -> Result<Option<Payee>> {
    sql(select!("where account = $1")).bind(account).optional(conn).await
}

/// Writes the account that the provider opened; false if it is known.
pub(super) async fn open(tx: &mut Tx, team: &TeamId, provider: &str, account: &str) -> Result<bool> {
    let written = sql("insert into payee (team_id, provider, account, state, missing, is_weekly, updated_at) \
         values ($1, $2, $3, 'onboarding', '', 0, $4) on conflict (team_id) do update set provider = excluded.provider, \
         account = excluded.account, state = excluded.state, missing = '', known_at = null, asked_at = null, \
         updated_at = excluded.updated_at \
         where payee.account <> excluded.account and payee.provider <> excluded.provider")
    .bind(team)
    .bind(provider)
    .bind(account)
    .bind(tx.now)
    .run(tx)
    .await?;
    Ok(written == 1)
}

/// Writes another account of a team.
pub(super) async fn set_account(tx: &mut Tx, team: &TeamId, account: &str) -> Result<()> {
    sql("update payee set account = $1 where team_id = $2").bind(account).bind(team).run(tx).await?;
    Ok(())
}

/// Notes that a reader has the provider asked; false if one did since a time.
pub(super) async fn ask(tx: &mut Tx, team: &TeamId, since: Time) -> Result<bool> {
    let asked = sql("update payee set asked_at = $1 where team_id = $2 and (asked_at is null or asked_at <= $3)")
        .bind(tx.now)
        .bind(team)
        .bind(since)
        .run(tx)
        .await?;
    Ok(asked == 1)
}

/// Notes when the question began whose answer is known; false if the answer to a later one is.
pub(super) async fn know(tx: &mut Tx, team: &TeamId, asked_at: Time) -> Result<bool> {
    let known = sql("update payee set known_at = $1 where team_id = $2 and (known_at is null or known_at <= $1)")
        .bind(asked_at)
        .bind(team)
        .run(tx)
        .await?;
    Ok(known == 1)
}

/// Writes the state; false if it was known.
pub(super) async fn set_state(tx: &mut Tx, payee: &Payee) -> Result<bool> {
    let written = sql("update payee set state = $1, missing = $2, updated_at = $3 where team_id = $4 and (state <> $1 or missing <> $2)")
        .bind(payee.state.as_str())
        .bind(&payee.missing)
        .bind(payee.updated_at)
        .bind(&payee.team_id)
        .run(tx)
        .await?;
    Ok(written == 1)
}

/// Writes whether the wallet is paid out every week.
pub(super) async fn set_weekly(tx: &mut Tx, team: &TeamId, is_weekly: bool) -> Result<()> {
    sql("update payee set is_weekly = $1 where team_id = $2").bind(i64::from(is_weekly)).bind(team).run(tx).await?;
    Ok(())
}

/// Lists accounts that are not ready and were not looked at since a time.
pub(super) async fn to_check(conn: &mut Conn, provider: &str, before: Time, limit: i64) -> Result<Vec<String>> {
    sql("select account from payee where state <> 'ready' and updated_at < $1 and provider = $2 order by updated_at limit $3")
        .bind(before)
        .bind(provider)
        .bind(limit)
        .all(conn)
        .await
}

/// Notes that an account was looked at.
pub(super) async fn checked(tx: &mut Tx, account: &str) -> Result<()> {
    sql("update payee set updated_at = $1 where account = $2").bind(tx.now).bind(account).run(tx).await?;
    Ok(())
}
