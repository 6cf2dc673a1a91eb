//! The balances and lines of wallets, read from the ledger.

use super::{Filter, Receipt, Transaction, Wallet};
use identity::Actor;
use kernel::page::{Paging, Part};
use kernel::{Error, Money, Page, Result};
use platform::db::{Conn, Query, sql};
use platform::ledger::{self, Account};
use serde::Deserialize;
use work::job_statuses;

/// Returns the balances of the actor's team.
pub async fn show(conn: &mut Conn, actor: &Actor) -> Result<Wallet> {
    let available = available(conn, actor).await?;
    // `<> 'wallet'` adds nothing to the words before it, but the index of money that is put aside serves only where it stands.
    let reserved = sql("select cast(coalesce(sum(balance), 0) as bigint) from account \
         where team_id = $1 and purpose in ('escrow', 'review') and purpose <> 'wallet' and balance > 0")
    .bind(&actor.team)
    .count(conn)
    .await?;
    let earned = sql("select cast(coalesce(sum(fee), 0) as bigint) from proof_seat where team_id = $1 and status = 'submitted'")
        .bind(&actor.team)
        .count(conn)
        .await?;
    let pending = sql(concat!(
        "select cast(coalesce(sum(price), 0) as bigint) from job where worker_team_id = $1 and closed_at is null and status in ",
        job_statuses!(paying)
    ))
    .bind(&actor.team)
    .count(conn)
    .await?;
    let owed = Money(-ledger::balance(conn, &Account::debt(&actor.team)).await?.0);
    Ok(Wallet { available, reserved: Money(reserved), pending: Money(pending + earned), staked: Money::ZERO, owed })
}

/// Returns the available balance of the actor's team.
pub async fn available(conn: &mut Conn, actor: &Actor) -> Result<Money> {
    actor.must_have("wallet:read")?;
    ledger::balance(conn, &Account::wallet(&actor.team)).await
}

/// Lists the wallet's ledger lines, newest first.
pub async fn transactions(conn: &mut Conn, actor: &Actor, part: impl Into<Part>) -> Result<Page<Transaction>> {
    lines(conn, actor, &Filter::default(), part).await
}

/// The condition on a wallet's legs: `$2` is a reason, `$3` a month.
macro_rules! wanted {
    () => {
        "l.account_key = (select key from account where id = $1) and (cast($2 as text) is null or e.reason = $2) \
         and (cast($3 as text) is null or (e.posted_at >= $3 || '-00' and e.posted_at < $3 || '-32'))"
    };
}

/// Selects the state of the fees of the review round of an entry `e` that holds some. The id of such an entry is its reason, its job and
/// its moment; two letters from there tell rounds apart.
macro_rules! round_state {
    () => {
        "(select case when sum(m.amount) > 0 then 'held' when sum(case when x.reason = 'pay_proof' then 1 else 0 end) = 0 then 'returned' \
         when sum(case when x.reason = 'refund_proof' then 1 else 0 end) = 0 then 'paid' else 'part_paid' end \
         from account a join leg m on m.account_key = a.key join entry x on x.key = m.entry_key where a.id = 'proof:' || e.subject and \
         substr(x.id, length(x.reason) + length(e.subject) + 3, 2) = substr(e.id, length(e.reason) + length(e.subject) + 3, 2))"
    };
}

/// Selects the state of the money of an entry `e` that holds some for a job `j`; null for other entries.
macro_rules! hold_state {
    () => {
        concat!(
            "case e.reason when 'hold' then case j.escrow when 'released' then 'paid' when 'refunded' then 'returned' \
             when 'split' then 'divided' else 'held' end when 'hold_proof' then ",
            round_state!(),
            " end"
        )
    };
}

/// The columns of a line, from a leg and its entry.
macro_rules! select_line {
    () => {
        concat!(
            "select e.id, e.reason, e.subject, j.title, l.amount, l.balance, e.posted_at, ",
            hold_state!(),
            " as held from leg l join entry e on e.key = l.entry_key left join job j on j.id = e.subject "
        )
    };
}

/// Lists the wallet's ledger lines that match the filter, newest first. A part after a line is read from the index, however far
/// back it lies.
pub async fn lines(conn: &mut Conn, actor: &Actor, filter: &Filter, part: impl Into<Part>) -> Result<Page<Transaction>> {
    actor.must_have("wallet:read")?;
    let Part { paging, after } = part.into();
    let wallet = Account::wallet(&actor.team).id;
    let total = count(conn, &wallet, filter).await?;
    let before = match after {
        Some(after) => line(conn, &wallet, &after).await?.ok_or_else(Part::unknown)?,
        None => i64::MAX,
    };
    let items = page(conn, &wallet, filter, paging, before).await?;
    Ok(Page::new(items, total, paging))
}

/// Reads the next lines of a statement, newest first: those after the entry `after`, at most `limit`.
pub async fn statement(conn: &mut Conn, actor: &Actor, filter: &Filter, after: Option<&str>, limit: i64) -> Result<Vec<Transaction>> {
    actor.must_have("wallet:read")?;
    let wallet = Account::wallet(&actor.team).id;
    let before = match after {
        Some(after) => line(conn, &wallet, after).await?.ok_or_else(Part::unknown)?,
        None => i64::MAX,
    };
    page(conn, &wallet, filter, Paging::first(limit), before).await
}

/// The owner of a wallet, and the hash of an entry that moved it.
#[derive(Deserialize)]
struct Sealed {
    team: String,
    hash: String,
}

/// Returns the receipt of an entry that moved the team's wallet.
pub async fn receipt(conn: &mut Conn, actor: &Actor, id: &str) -> Result<Receipt> {
    actor.must_have("wallet:read")?;
    let wallet = Account::wallet(&actor.team).id;
    let line = sql(concat!(select_line!(), "where l.account_key = (select key from account where id = $1) and e.id = $2"));
    let line: Transaction = line.bind(&wallet).bind(id).optional(conn).await?.ok_or_else(|| Error::not_found("entry"))?;
    let about = sql("select t.name as team, e.hash from entry e join team t on t.id = $2 where e.id = $1");
    let Sealed { team, hash } = about.bind(&line.id).bind(&actor.team).optional(conn).await?.ok_or_else(Error::internal)?;
    Ok(Receipt { line, team, hash })
}

async fn page(conn: &mut Conn, wallet: &str, filter: &Filter, paging: Paging, before: i64) -> Result<Vec<Transaction>> {
    // The numbers come first, so that nothing else is read of the lines that are skipped.
    if *filter == Filter::default() {
        let items = sql(concat!(
            select_line!(),
            "where l.account_key = (select key from account where id = $1) and l.entry_key in (select w.entry_key from leg w \
             where w.account_key = (select key from account where id = $1) and w.entry_key < $4 order by w.entry_key desc limit $2 offset $3) \
             order by l.entry_key desc"
        ));
        return items.bind(wallet).page(paging).bind(before).long().all(conn).await;
    }
    let items = sql(concat!(select_line!(), "where ", wanted!(), " and l.entry_key < $6 order by l.entry_key desc limit $4 offset $5"));
    narrowed(items, wallet, filter).page(paging).bind(before).long().all(conn).await
}

/// Returns the key of an entry that moved the wallet.
async fn line(conn: &mut Conn, wallet: &str, id: &str) -> Result<Option<i64>> {
    let found = sql("select l.entry_key from leg l join entry e on e.key = l.entry_key \
         where l.account_key = (select key from account where id = $1) and e.id = $2");
    found.bind(wallet).bind(id).optional(conn).await
}

async fn count(conn: &mut Conn, wallet: &str, filter: &Filter) -> Result<i64> {
    if *filter == Filter::default() {
        return sql("select count(*) from leg where account_key = (select key from account where id = $1)").bind(wallet).count(conn).await;
    }
    let wanted = sql(concat!("select count(*) from leg l join entry e on e.key = l.entry_key where ", wanted!()));
    narrowed(wanted, wallet, filter).long().count(conn).await
}

fn narrowed(query: Query, wallet: &str, filter: &Filter) -> Query {
    query.bind(wallet).bind(filter.reason.map(|reason| reason.as_str())).bind(filter.month.map(|month| month.to_string()))
}
