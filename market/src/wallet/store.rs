//! The wallet's sums and lines, read from the ledger.

use super::{Transaction, Wallet};
use crate::db::{Conn, sql};
use crate::ledger::{self, Account};
use crate::{Actor, Money, Page, Paging, Result};

/// What the actor's team has.
pub async fn show(conn: &mut Conn, actor: &Actor) -> Result<Wallet> {
    actor.must_have("wallet:read")?;
    let available = ledger::balance(conn, &Account::wallet(&actor.team)).await?;
    let reserved = sql("select cast(coalesce(sum(a.balance), 0) as bigint) from job j join account a on a.id = 'escrow:' || j.id \
         where j.team_id = $1 and j.escrow = 'held'")
    .bind(&actor.team)
    .count(conn)
    .await?;
    let proofing = sql("select cast(coalesce(sum(s.fee), 0) as bigint) from proof_seat s join job j on j.id = s.job_id \
         where j.team_id = $1 and s.status in ('funded', 'submitted')")
    .bind(&actor.team)
    .count(conn)
    .await?;
    let earned = sql("select cast(coalesce(sum(fee), 0) as bigint) from proof_seat where team_id = $1 and status = 'submitted'")
        .bind(&actor.team)
        .count(conn)
        .await?;
    let pending =
        sql("select cast(coalesce(sum(price), 0) as bigint) from job where worker_team_id = $1 and status in ('approved', 'releasing')")
            .bind(&actor.team)
            .count(conn)
            .await?;
    Ok(Wallet { available, reserved: Money(reserved + proofing), pending: Money(pending + earned), staked: Money::ZERO })
}

/// The wallet's lines, newest first.
pub async fn transactions(conn: &mut Conn, actor: &Actor, paging: Paging) -> Result<Page<Transaction>> {
    actor.must_have("wallet:read")?;
    let wallet = Account::wallet(&actor.team).id;
    let total = sql("select count(*) from leg where account_id = $1").bind(&wallet).count(conn).await?;
    let items =
        sql("select e.id, e.reason, e.subject, j.title, l.amount, l.balance, e.posted_at from leg l join entry e on e.id = l.entry_id \
         left join job j on j.id = e.subject where l.account_id = $1 order by l.seq desc limit $2 offset $3")
        .bind(&wallet)
        .bind(paging.limit)
        .bind(paging.offset)
        .all(conn)
        .await?;
    Ok(Page::new(items, total, paging))
}
