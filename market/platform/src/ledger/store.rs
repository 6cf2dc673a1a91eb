//! The tables of the ledger, and the only function that writes them.

use super::{Account, Entry, Purpose, Reason, errors};
use crate::db::{Conn, Tx, sql};
use kernel::id::TeamId;
use kernel::text::hex;
use kernel::{Error, Money, Result, Time};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// Posts an entry inside the caller's transaction. An overdraft is an error, which fails the caller's act. A wallet that gains money pays
/// its team's debt first.
///
/// It locks the accounts by id, so that there is no deadlock, and only then takes the entry's key: so the keys of an account's entries
/// rise in the order in which they moved it.
pub async fn post(tx: &mut Tx, entry: &Entry) -> Result<()> {
    for (team, balance) in write(tx, entry).await? {
        let owed = Money(-self::balance(tx, &Account::debt(&team)).await?.0);
        let paid = owed.min(balance);
        if paid > Money::ZERO {
            let settled = Entry { id: format!("{}:{}", Reason::SettleDebt, entry.id), ..Entry::new(Reason::SettleDebt, &entry.subject) };
            write(tx, &settled.debit(Account::wallet(&team), paid).credit(Account::debt(&team), paid)).await?;
        }
    }
    Ok(())
}

/// Writes an entry and its legs, and returns the wallets that gained money, with their balances.
async fn write(tx: &mut Tx, entry: &Entry) -> Result<Vec<(TeamId, Money)>> {
    if !entry.is_sound() {
        tracing::error!(entry = entry.id, "an unsound entry was refused");
        return Err(Error::internal());
    }
    let mut legs = entry.legs.clone();
    legs.sort();
    let mut moved = Vec::with_capacity(legs.len());
    for (account, amount) in &legs {
        match shift(tx, account, *amount).await? {
            Some(shifted) => moved.push(shifted),
            None if is_posted(tx, entry).await? => return Err(errors::already_posted(&entry.id)),
            None => return Err(errors::insufficient_funds(balance(tx, account).await?, Money(-amount.0))),
        }
    }
    let key = insert(tx, entry, &legs).await?.ok_or_else(|| errors::already_posted(&entry.id))?;
    let gained = legs.iter().zip(&moved).filter(|((account, amount), _)| account.purpose == Purpose::Wallet && *amount > Money::ZERO);
    let gained = gained.filter_map(|((account, _), moved)| Some((account.owner.clone()?, moved.balance))).collect();
    let moved: Vec<_> = legs.iter().map(|(_, amount)| *amount).zip(moved).collect();
    for legs in moved.chunks(2) {
        insert_legs(tx, key, legs).await?;
    }
    tx.set_posted();
    Ok(gained)
}

/// Locks accounts until the transaction ends and returns their balances; zero for one that was never used. Name them by rising id, with
/// all that the following entry moves before the last of them.
pub async fn lock_balances(tx: &mut Tx, accounts: &[&Account]) -> Result<Vec<Money>> {
    let mut balances = Vec::with_capacity(accounts.len());
    for account in accounts {
        let locked = sql("update account set balance = balance where id = $1 returning balance").bind(&account.id).optional(tx).await?;
        balances.push(locked.unwrap_or_default());
    }
    Ok(balances)
}

/// Inserts one leg or two: most entries have two, and one statement for both.
async fn insert_legs(tx: &mut Tx, entry: i64, legs: &[(Money, Moved)]) -> Result<()> {
    let statement = match legs.len() {
        1 => sql("insert into leg (entry_key, account_key, amount, balance) values ($1, $2, $3, $4)"),
        _ => sql("insert into leg (entry_key, account_key, amount, balance) values ($1, $2, $3, $4), ($1, $5, $6, $7)"),
    };
    let values = legs.iter().fold(statement.bind(entry), |query, (amount, moved)| query.bind(moved.key).bind(*amount).bind(moved.balance));
    values.run(tx).await?;
    Ok(())
}

/// Inserts an entry and returns its key; none if it is there already. Where the act is the only writer, the entry gets its number and
/// its hash here, and else from the sequencer.
async fn insert(tx: &mut Tx, entry: &Entry, legs: &[(Account, Money)]) -> Result<Option<i64>> {
    let now = tx.now;
    let number = tx.heads().map(|heads| heads.entry + 1);
    let hash = tx.heads().map(|heads| link(&heads.hash, heads.entry + 1, entry, legs, now)).unwrap_or_default();
    let key: Option<i64> =
        sql("insert into entry (id, seq, reason, subject, posted_at, hash) values ($1, $2, $3, $4, $5, $6) on conflict (id) do nothing returning key")
            .bind(&entry.id)
            .bind(number)
            .bind(entry.reason.as_str())
            .bind(&entry.subject)
            .bind(now)
            .bind(&hash)
            .optional(tx)
            .await?;
    if let (Some(_), Some(heads), Some(number)) = (key, tx.heads(), number) {
        (heads.entry, heads.hash) = (number, hash);
    }
    Ok(key)
}

async fn is_posted(tx: &mut Tx, entry: &Entry) -> Result<bool> {
    Ok(sql("select count(*) from entry where id = $1").bind(&entry.id).count(tx).await? > 0)
}

#[derive(Deserialize)]
struct Moved {
    key: i64,
    balance: Money,
}

/// Moves one balance and returns it, with the account's key; none if there is too little.
async fn shift(tx: &mut Tx, account: &Account, amount: Money) -> Result<Option<Moved>> {
    if amount > Money::ZERO || account.purpose.may_be_negative() {
        return sql("insert into account (id, purpose, team_id, balance) values ($1, $2, $3, $4) \
             on conflict (id) do update set balance = account.balance + excluded.balance returning key, balance")
        .bind(&account.id)
        .bind(account.purpose.as_str())
        .bind(&account.owner)
        .bind(amount)
        .optional(tx)
        .await;
    }
    sql("update account set balance = balance + $1 where id = $2 and balance + $1 >= 0 returning key, balance")
        .bind(amount)
        .bind(&account.id)
        .optional(tx)
        .await
}

/// Computes the hash of an entry: SHA-256 over the previous hash and the whole entry.
pub(crate) fn link(before: &str, seq: i64, entry: &Entry, legs: &[(Account, Money)], at: Time) -> String {
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
