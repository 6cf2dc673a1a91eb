//! The table of payouts.

use super::{LOOKED_AT_AFTER, Payout, State};
use crate::payment::PayoutNews;
use kernel::id::{PayoutId, TeamId};
use kernel::{Duration, Money, Page, Paging, Result, Time};
use platform::db::{Conn, Tx, sql};
use platform::ledger::Finding;

/// Selects payouts that meet a condition.
macro_rules! select {
    ($condition:literal) => {
        concat!(
            "select id, team_id, member_id, amount, state, provider, account, transfer, bank_payment, reason, reversed, was_paid, refusals, \
             created_at, settled_at from payout ",
            $condition
        )
    };
}

/// Writes a payout. The provider is asked at once.
pub(super) async fn insert(tx: &mut Tx, payout: &Payout) -> Result<()> {
    sql("insert into payout (id, team_id, member_id, amount, state, provider, account, was_paid, refusals, created_at, check_at) \
         values ($1, $2, $3, $4, $5, $6, $7, 0, 0, $8, $8)")
    .bind(&payout.id)
    .bind(&payout.team_id)
    .bind(&payout.member_id)
    .bind(payout.amount)
    .bind(payout.state.as_str())
    .bind(&payout.provider)
    .bind(&payout.account)
    .bind(payout.created_at)
    .run(tx)
    .await?;
    Ok(())
}

pub(super) async fn find(conn: &mut Conn, id: &PayoutId) -> Result<Option<Payout>> {
    sql(select!("where id = $1")).bind(id).optional(conn).await
}

/// Finds a payout by the provider's id of the payment to the bank.
pub(super) async fn of_bank_payment(conn: &mut Conn, id: &str) -> Result<Option<Payout>> {
    sql(select!("where bank_payment = $1")).bind(id).optional(conn).await
}

/// Finds a payout by the provider's id of the transfer.
pub(super) async fn of_transfer(conn: &mut Conn, id: &str) -> Result<Option<Payout>> {
    sql(select!("where transfer = $1")).bind(id).optional(conn).await
}

/// Lists a team's payouts, newest first.
pub(super) async fn list(conn: &mut Conn, team: &TeamId, paging: Paging) -> Result<Page<Payout>> {
    let total = sql("select count(*) from payout where team_id = $1").bind(team).count(conn).await?;
    let items = sql(select!("where team_id = $1 order by created_at desc, id desc limit $2 offset $3"));
    Ok(Page::new(items.bind(team).page(paging).all(conn).await?, total, paging))
}

/// Counts the payouts of a team that are on their way.
pub(super) async fn count_under_way(conn: &mut Conn, team: &TeamId) -> Result<i64> {
    sql("select count(*) from payout where team_id = $1 and state in ('asked', 'sent', 'returning')").bind(team).count(conn).await
}

/// Sums the payouts of a team that are on their way.
pub(super) async fn on_the_way(conn: &mut Conn, team: &TeamId) -> Result<Money> {
    let sum = sql(
        "select cast(coalesce(sum(amount - reversed), 0) as bigint) from payout where team_id = $1 and state in ('asked', 'sent', 'returning')",
    );
    Ok(Money(sum.bind(team).count(conn).await?))
}

/// Lists the payouts that a provider is to be asked about, those that wait longest first.
pub(super) async fn due(conn: &mut Conn, provider: &str, limit: i64) -> Result<Vec<Payout>> {
    let now = conn.now;
    sql(select!("where check_at <= $1 and provider = $2 order by check_at limit $3")).bind(now).bind(provider).bind(limit).all(conn).await
}

/// Returns the time at which the provider is asked about a payout next; none if there is nothing to ask.
fn next_check(state: State, payout: &Payout, now: Time) -> Option<Time> {
    let is_sandbox = payout.provider == crate::payment::SANDBOX;
    let wait = match state {
        State::Sent if !is_sandbox => Duration::hours(6),
        State::Asked | State::Sent | State::Returning => Duration::minutes(1),
        State::Paid if !is_sandbox && now < payout.created_at.after(LOOKED_AT_AFTER) => Duration::days(1),
        State::Paid | State::Returned => return None,
    };
    Some(now.after(wait))
}

/// Takes a payout that is due, and puts the next question about it off; false if another process took it.
pub(super) async fn claim(tx: &mut Tx, payout: &Payout) -> Result<bool> {
    let taken = sql("update payout set check_at = $1 where id = $2 and state = $3 and check_at <= $4")
        .bind(next_check(payout.state, payout, tx.now))
        .bind(&payout.id)
        .bind(payout.state.as_str())
        .bind(tx.now)
        .run(tx)
        .await?;
    Ok(taken == 1)
}

/// Writes the next state; false if the payout has another one meanwhile, or another part of it came back: the money that moves with the
/// state was counted without that part.
pub(super) async fn set_state(tx: &mut Tx, payout: &Payout, to: State) -> Result<bool> {
    // Money that comes back is fetched at once.
    let check_at = if to == State::Returning { Some(tx.now) } else { next_check(to, payout, tx.now) };
    let written =
        sql("update payout set state = $1, check_at = $2, settled_at = $3, was_paid = case when $1 = 'paid' then 1 else was_paid end \
         where id = $4 and state = $5 and reversed = $6")
        .bind(to.as_str())
        .bind(check_at)
        .bind((!to.is_under_way()).then_some(tx.now))
        .bind(&payout.id)
        .bind(payout.state.as_str())
        .bind(payout.reversed)
        .run(tx)
        .await?;
    Ok(written == 1)
}

/// Writes the provider's ids, as far as news tell them.
pub(super) async fn set_ids(tx: &mut Tx, payout: &Payout, news: &PayoutNews) -> Result<()> {
    sql("update payout set transfer = coalesce(transfer, $1), bank_payment = coalesce(bank_payment, $2) where id = $3")
        .bind(news.transfer.as_deref())
        .bind(&news.bank_payment)
        .bind(&payout.id)
        .run(tx)
        .await?;
    Ok(())
}

/// Writes the provider's id of the transfer.
pub(super) async fn set_transfer(tx: &mut Tx, payout: &Payout, transfer: &str) -> Result<()> {
    sql("update payout set transfer = coalesce(transfer, $1) where id = $2").bind(transfer).bind(&payout.id).run(tx).await?;
    Ok(())
}

/// Writes the part of a transfer that was taken back, and why; false if the payout has another state or part meanwhile.
pub(super) async fn set_reversed(tx: &mut Tx, payout: &Payout, reversed: Money, reason: &str) -> Result<bool> {
    let written = sql("update payout set reversed = $1, reason = $2 where id = $3 and state = $4 and reversed = $5")
        .bind(reversed)
        .bind(reason)
        .bind(&payout.id)
        .bind(payout.state.as_str())
        .bind(payout.reversed)
        .run(tx)
        .await?;
    Ok(written == 1)
}

/// Writes the reason why a payout comes back.
pub(super) async fn set_reason(tx: &mut Tx, id: &PayoutId, reason: &str) -> Result<()> {
    sql("update payout set reason = $1 where id = $2").bind(reason).bind(id).run(tx).await?;
    Ok(())
}

/// Counts that the provider refused a payout, and puts the next question off.
pub(super) async fn count_refusal(tx: &mut Tx, payout: &Payout) -> Result<()> {
    sql("update payout set refusals = refusals + 1, check_at = $1 where id = $2 and state = 'asked'")
        .bind(tx.now.after(Duration::hours(1)))
        .bind(&payout.id)
        .run(tx)
        .await?;
    Ok(())
}

/// Finds payouts whose account holds another amount than their state says.
pub(super) async fn unbalanced(conn: &mut Conn) -> Result<Vec<Finding>> {
    sql("select p.id, coalesce(a.balance, 0) - case when p.state in ('asked', 'sent') or (p.state = 'returning' and p.was_paid = 0) \
         then p.amount - p.reversed else 0 end as off from payout p left join account a on a.id = 'payout:' || p.id \
         where coalesce(a.balance, 0) <> case when p.state in ('asked', 'sent') or (p.state = 'returning' and p.was_paid = 0) \
         then p.amount - p.reversed else 0 end limit 100")
    .long()
    .all(conn)
    .await
}
