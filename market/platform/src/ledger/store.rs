//! The tables of the ledger, and the only function that writes them.

use super::{Account, Entry, Purpose, errors};
use crate::db::{Conn, Tx, sql};
use kernel::text::hex;
use kernel::{Error, Money, Result, Time};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::fmt::Write;

#[derive(Deserialize)]
struct ChainHead {
    seq: i64,
    hash: String,
}

/// Posts an entry inside the caller's transaction. An overdraft is an error, which fails the caller's act.
///
/// It locks the chain's head first and then the accounts by id, so that there is no deadlock.
pub async fn post(tx: &mut Tx, entry: &Entry) -> Result<()> {
    if !entry.is_sound() {
        tracing::error!(entry = entry.id, "an unsound entry was refused");
        return Err(Error::internal());
    }
    let now = tx.now;
    let head: Option<ChainHead> = sql("update chain_head set seq = seq + 1 where chain = 'entry' returning seq, hash").optional(tx).await?;
    let head = head.ok_or_else(Error::internal)?;
    let mut legs = entry.legs.clone();
    legs.sort();
    let hash = link(&head.hash, head.seq, entry, &legs, now);
    let inserted =
        sql("insert into entry (id, seq, reason, subject, posted_at, hash) values ($1, $2, $3, $4, $5, $6) on conflict (id) do nothing")
            .bind(&entry.id)
            .bind(head.seq)
            .bind(entry.reason.as_str())
            .bind(&entry.subject)
            .bind(now)
            .bind(&hash)
            .run(tx)
            .await?;
    if inserted == 0 {
        return Err(errors::already_posted(&entry.id));
    }
    for (account, amount) in &legs {
        let moved = shift(tx, account, *amount).await?;
        sql("insert into leg (seq, account_key, amount, balance) values ($1, $2, $3, $4)")
            .bind(head.seq)
            .bind(moved.key)
            .bind(*amount)
            .bind(moved.balance)
            .run(tx)
            .await?;
    }
    sql("update chain_head set hash = $1 where chain = 'entry'").bind(hash).run(tx).await?;
    Ok(())
}

#[derive(Deserialize)]
struct Moved {
    key: i64,
    balance: Money,
}

/// Moves one balance and returns it, with the account's key.
async fn shift(tx: &mut Tx, account: &Account, amount: Money) -> Result<Moved> {
    if amount > Money::ZERO || account.purpose == Purpose::Provider {
        let moved = sql("insert into account (id, purpose, team_id, balance) values ($1, $2, $3, $4) \
             on conflict (id) do update set balance = account.balance + excluded.balance returning key, balance")
        .bind(&account.id)
        .bind(account.purpose.as_str())
        .bind(&account.owner)
        .bind(amount)
        .optional(tx)
        .await?;
        return moved.ok_or_else(Error::internal);
    }
    let moved = sql("update account set balance = balance + $1 where id = $2 and balance + $1 >= 0 returning key, balance")
        .bind(amount)
        .bind(&account.id)
        .optional(tx)
        .await?;
    match moved {
        Some(moved) => Ok(moved),
        None => Err(errors::insufficient_funds(balance(tx, account).await?, Money(-amount.0))),
    }
}

/// Computes the hash of an entry: SHA-256 over the previous hash and the whole entry.
pub(super) fn link(before: &str, seq: i64, entry: &Entry, legs: &[(Account, Money)], at: Time) -> String {
    let mut text = format!("{before}\n{seq}\n{}\n{}\n{}\n{at}\n", entry.id, entry.reason, entry.subject);
    for (account, amount) in legs {
        // Writing to a String can't fail.
        let _ = writeln!(text, "{} {}", account.id, amount.0);
    }
    hex(&Sha256::digest(text.as_bytes()))
}

/// Returns the balance of an account; zero if it was never used.
pub async fn balance(conn: &mut Conn, account: &Account) -> Result<Money> {
    Ok(Money(sql("select balance from account where id = $1").bind(&account.id).count(conn).await?))
}
