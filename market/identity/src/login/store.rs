//! The tables of wrong passwords and of known networks, by the hash of the account's address.

use kernel::{Result, Time};
use platform::db::{Conn, Tx, sql};

/// Counts a wrong password. The count begins anew if it began before `since`.
pub(super) async fn count_failure(tx: &mut Tx, account: &str, since: Time) -> Result<()> {
    let now = tx.now;
    sql("insert into login_failure (account, wrong, since) values ($1, 1, $2) on conflict (account) do update set \
         wrong = case when login_failure.since > $3 then login_failure.wrong + 1 else 1 end, \
         since = case when login_failure.since > $3 then login_failure.since else $2 end")
    .bind(account)
    .bind(now)
    .bind(since)
    .run(tx)
    .await?;
    Ok(())
}

/// Returns true if an account had so many wrong passwords since `since`.
pub(super) async fn has_failures(conn: &mut Conn, account: &str, least: i64, since: Time) -> Result<bool> {
    let found = sql("select count(*) from login_failure where account = $1 and wrong >= $2 and since > $3");
    Ok(found.bind(account).bind(least).bind(since).count(conn).await? > 0)
}

pub(super) async fn delete_failures(tx: &mut Tx, account: &str) -> Result<()> {
    sql("delete from login_failure where account = $1").bind(account).run(tx).await?;
    Ok(())
}

/// Returns true if somebody has logged in to the account from a network.
pub(super) async fn is_known(conn: &mut Conn, account: &str, network: &str) -> Result<bool> {
    Ok(sql("select count(*) from login_network where account = $1 and network = $2").bind(account).bind(network).count(conn).await? > 0)
}

/// Returns true if somebody has logged in to the account from a network after `since`.
pub(super) async fn was_seen(conn: &mut Conn, account: &str, network: &str, since: Time) -> Result<bool> {
    let found = sql("select count(*) from login_network where account = $1 and network = $2 and seen_at > $3");
    Ok(found.bind(account).bind(network).bind(since).count(conn).await? > 0)
}

/// Records a login from a network.
pub(super) async fn note(tx: &mut Tx, account: &str, network: &str) -> Result<()> {
    let now = tx.now;
    sql("insert into login_network (account, network, seen_at) values ($1, $2, $3) \
         on conflict (account, network) do update set seen_at = $3")
    .bind(account)
    .bind(network)
    .bind(now)
    .run(tx)
    .await?;
    Ok(())
}

/// Deletes the networks of an account but the newest.
pub(super) async fn delete_older(tx: &mut Tx, account: &str, most: i64) -> Result<()> {
    sql("delete from login_network where account = $1 and network not in \
         (select network from login_network where account = $1 order by seen_at desc, network limit $2)")
    .bind(account)
    .bind(most)
    .run(tx)
    .await?;
    Ok(())
}

pub(super) async fn delete_expired_failures(tx: &mut Tx, before: Time, limit: i64) -> Result<u64> {
    sql("delete from login_failure where account in (select account from login_failure where since <= $1 order by since, account limit $2)")
        .bind(before)
        .bind(limit)
        .run(tx)
        .await
}

pub(super) async fn delete_expired_networks(tx: &mut Tx, before: Time, limit: i64) -> Result<u64> {
    sql("delete from login_network where (account, network) in \
         (select account, network from login_network where seen_at <= $1 order by seen_at, account limit $2)")
    .bind(before)
    .bind(limit)
    .run(tx)
    .await
}
