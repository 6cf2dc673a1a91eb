//! The tables of deposits, and of what was taken back of them.

use super::{Deposit, Status, UnderWay};
use crate::payment::{self, Checkout};
use kernel::id::{DepositId, TeamId};
use kernel::{Duration, Error, Money, Page, Paging, Result, Time};
use platform::db::{Conn, Tx, sql};
use platform::ledger::Finding;
use serde::Deserialize;

/// Selects deposits that meet a condition.
macro_rules! select {
    ($condition:literal) => {
        concat!(
            "select id, team_id, member_id, amount, fee, method, status, provider, is_charge, session, payment, checkout_url, back, credited, \
             changes, created_at, expires_at, settled_at from deposit ",
            $condition
        )
    };
}

/// Writes a deposit; false if the same request wrote one at the same moment.
pub(super) async fn insert(tx: &mut Tx, deposit: &Deposit, request: Option<&str>) -> Result<bool> {
    let inserted = sql("insert into deposit (id, team_id, member_id, amount, fee, method, status, provider, request, check_at, expires_at, created_at, back, \
         is_charge) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) on conflict (request) where request is not null do nothing")
    .bind(&deposit.id)
    .bind(&deposit.team_id)
    .bind(&deposit.member_id)
    .bind(deposit.amount)
    .bind(deposit.fee)
    .bind(deposit.method.as_str())
    .bind(deposit.status.as_str())
    .bind(&deposit.provider)
    .bind(request)
    .bind(next_check(deposit, deposit.created_at))
    .bind(deposit.expires_at)
    .bind(deposit.created_at)
    .bind(&deposit.back)
    .bind(i64::from(deposit.is_charge))
    .run(tx)
    .await?;
    Ok(inserted == 1)
}

/// Writes the kind of the timer that is due once a deposit is paid.
pub(super) async fn set_on_paid(tx: &mut Tx, id: &DepositId, kind: &str) -> Result<()> {
    sql("update deposit set on_paid = $1 where id = $2").bind(kind).bind(id).run(tx).await?;
    Ok(())
}

/// Returns the kind of the timer that is due once a deposit is paid.
pub(super) async fn on_paid(conn: &mut Conn, id: &DepositId) -> Result<Option<String>> {
    Ok(sql("select on_paid from deposit where id = $1").bind(id).optional::<Option<String>>(conn).await?.flatten())
}

pub(super) async fn find(conn: &mut Conn, id: &DepositId) -> Result<Option<Deposit>> {
    sql(select!("where id = $1")).bind(id).optional(conn).await
}

/// Finds the deposit that an earlier try of a request made.
pub(super) async fn of_request(conn: &mut Conn, team: &TeamId, request: &str) -> Result<Option<Deposit>> {
    sql(select!("where request = $1 and team_id = $2")).bind(request).bind(team).optional(conn).await
}

/// Finds the deposit of a payment, as the provider calls it.
pub(crate) async fn of_payment(conn: &mut Conn, payment: &str) -> Result<Option<DepositId>> {
    sql("select id from deposit where payment = $1").bind(payment).optional(conn).await
}

/// Counts the deposits of a team that wait for their payer.
pub(super) async fn count_open(conn: &mut Conn, team: &TeamId) -> Result<i64> {
    sql("select count(*) from deposit where team_id = $1 and status = 'open' and is_charge = 0").bind(team).count(conn).await
}

/// Lists a team's deposits, newest first.
pub(super) async fn list(conn: &mut Conn, team: &TeamId, paging: Paging) -> Result<Page<Deposit>> {
    let total = sql("select count(*) from deposit where team_id = $1").bind(team).count(conn).await?;
    let items = sql(select!("where team_id = $1 order by created_at desc, id desc limit $2 offset $3"));
    Ok(Page::new(items.bind(team).page(paging).all(conn).await?, total, paging))
}

/// Lists the last charges of a team's saved card, newest first.
pub(super) async fn charges(conn: &mut Conn, team: &TeamId, limit: i64) -> Result<Vec<Deposit>> {
    sql(select!("where team_id = $1 and is_charge = 1 order by created_at desc, id desc limit $2")).bind(team).bind(limit).all(conn).await
}

/// Sums the deposits of a team that a bank was asked for.
pub(super) async fn under_way(conn: &mut Conn, team: &TeamId) -> Result<UnderWay> {
    let sums = sql("select count(*) as count, cast(coalesce(sum(amount), 0) as bigint) as amount from deposit \
         where team_id = $1 and status = 'processing'");
    sums.bind(team).optional(conn).await?.ok_or_else(Error::internal)
}

/// Sums what a team's wallet gained by deposits that were paid after a time, and did not lose again.
pub(crate) async fn credited_after(conn: &mut Conn, team: &TeamId, since: Time) -> Result<Money> {
    let sum = sql("select cast(coalesce(sum(credited), 0) as bigint) from deposit \
         where team_id = $1 and status = 'paid' and credited > 0 and settled_at > $2");
    Ok(Money(sum.bind(team).bind(since).count(conn).await?))
}

/// The deposit at which a sum is reached.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(crate) struct Reached {
    pub(crate) settled_at: Time,
    /// The sum of the deposits up to it.
    pub(crate) sum: Money,
}

/// Finds the first of a team's deposits after a time with which their sum, oldest first, is more than an amount.
pub(crate) async fn first_beyond(conn: &mut Conn, team: &TeamId, since: Time, amount: Money) -> Result<Option<Reached>> {
    sql("select settled_at, cast(reached as bigint) as sum from (select settled_at, id, sum(credited) over (order by settled_at, id) as reached \
         from deposit where team_id = $1 and status = 'paid' and credited > 0 and settled_at > $2) d \
         where reached > $3 order by settled_at, id limit 1")
    .bind(team)
    .bind(since)
    .bind(amount)
    .optional(conn)
    .await
}

/// Writes the checkout that the provider opened. A second answer for one deposit names the same checkout.
pub(super) async fn set_checkout(tx: &mut Tx, id: &DepositId, checkout: &Checkout) -> Result<()> {
    sql("update deposit set session = $1, checkout_url = $2 where id = $3 and (session is null or session = $1)")
        .bind(&checkout.session)
        .bind(&checkout.url)
        .bind(id)
        .run(tx)
        .await?;
    Ok(())
}

/// Returns the time at which the provider is asked about a deposit next; none if there is nothing to ask.
fn next_check(deposit: &Deposit, now: Time) -> Option<Time> {
    let wait = match deposit.status {
        // Its checkouts are paid in this database. A charge may have been cut off before it was asked for.
        _ if deposit.provider == payment::SANDBOX && !deposit.is_charge => return None,
        Status::Open if deposit.session.is_none() && deposit.payment.is_none() => Duration::minutes(1),
        Status::Open => Duration::minutes(30),
        Status::Processing => Duration::hours(6),
        _ => return None,
    };
    Some(now.after(wait))
}

/// Puts the next question about a deposit off.
pub(super) async fn schedule_check(tx: &mut Tx, deposit: &Deposit) -> Result<()> {
    sql("update deposit set check_at = $1 where id = $2").bind(next_check(deposit, tx.now)).bind(&deposit.id).run(tx).await?;
    Ok(())
}

/// Lists the deposits that a provider is to be asked about, those that wait longest first.
pub(super) async fn due(conn: &mut Conn, provider: &str, limit: i64) -> Result<Vec<Deposit>> {
    let now = conn.now;
    sql(select!("where check_at <= $1 and provider = $2 order by check_at limit $3")).bind(now).bind(provider).bind(limit).all(conn).await
}

/// Writes the payment of a deposit, which refunds and disputes name, and the checkout if it was not known.
pub(crate) async fn note_payment(tx: &mut Tx, id: &DepositId, session: Option<&str>, payment: Option<&str>) -> Result<()> {
    sql("update deposit set session = coalesce(session, $1), payment = coalesce(payment, $2) where id = $3")
        .bind(session)
        .bind(payment)
        .bind(id)
        .run(tx)
        .await?;
    Ok(())
}

/// Writes the next status; false if the deposit has another one meanwhile.
pub(super) async fn set_status(tx: &mut Tx, deposit: &Deposit, to: Status, settled_at: Option<Time>) -> Result<bool> {
    let check_at = next_check(&Deposit { status: to, ..deposit.clone() }, tx.now);
    let written = sql("update deposit set status = $1, settled_at = $2, check_at = $3 where id = $4 and status = $5")
        .bind(to.as_str())
        .bind(settled_at)
        .bind(check_at)
        .bind(&deposit.id)
        .bind(deposit.status.as_str())
        .run(tx)
        .await?;
    Ok(written == 1)
}

/// Writes the part of a deposit that the wallet was credited with; a change that another made meanwhile is an error.
pub(super) async fn set_credited(tx: &mut Tx, deposit: &Deposit, changes: i64) -> Result<()> {
    let written = sql("update deposit set credited = $1, changes = $2 where id = $3 and changes = $4")
        .bind(deposit.credited)
        .bind(deposit.changes)
        .bind(&deposit.id)
        .bind(changes)
        .run(tx)
        .await?;
    if written == 1 { Ok(()) } else { Err(Error::try_again()) }
}

/// Sums the refunds and disputes of a deposit's payment, except those that were won.
pub(super) async fn reversed(conn: &mut Conn, id: &DepositId) -> Result<Money> {
    let sum = sql("select cast(coalesce(sum(r.amount), 0) as bigint) from deposit d join payment_reversal r on r.payment = d.payment \
         where d.id = $1 and r.state <> 'won'");
    Ok(Money(sum.bind(id).count(conn).await?))
}

/// Finds deposits whose credited part is not that of the ledger.
pub(super) async fn uncredited(conn: &mut Conn) -> Result<Vec<Finding>> {
    sql("select d.id, d.credited + coalesce(m.moved, 0) as off from deposit d left join \
         (select e.subject, cast(sum(l.amount) as bigint) as moved from leg l join entry e on e.key = l.entry_key \
         where l.account_key = (select key from account where id = 'provider') group by e.subject) m on m.subject = d.id \
         where d.credited + coalesce(m.moved, 0) <> 0 limit 100")
    .long()
    .all(conn)
    .await
}
