//! The table of automatic refills.

use super::Refill;
use crate::payment::{CardRefusal, Checkout, SavedCard};
use kernel::id::{DepositId, TeamId};
use kernel::{Error, Money, Result, Time};
use platform::db::{Conn, Tx, sql};
use serde::Deserialize;

/// Selects refills that meet a condition.
macro_rules! select {
    ($condition:literal) => {
        concat!(
            "select team_id, member_id, threshold, amount, monthly_limit, is_enabled, off_reason, provider, customer, card, card_label, pages, \
             page, page_url, page_until, low_since, charging, paused_until, updated_at from refill ",
            $condition
        )
    };
}

/// Writes the settings of a team. A card stays if the same provider knows it.
pub(super) async fn write(tx: &mut Tx, refill: &Refill) -> Result<()> {
    sql("insert into refill (team_id, member_id, threshold, amount, monthly_limit, is_enabled, provider, updated_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (team_id) do update set member_id = excluded.member_id, \
         threshold = excluded.threshold, amount = excluded.amount, monthly_limit = excluded.monthly_limit, is_enabled = excluded.is_enabled, \
         off_reason = null, updated_at = excluded.updated_at, provider = excluded.provider, \
         paused_until = case when refill.amount = excluded.amount and coalesce(refill.monthly_limit, 0) = coalesce(excluded.monthly_limit, 0) \
         then refill.paused_until end, customer = case when refill.provider = excluded.provider then refill.customer end, \
         card = case when refill.provider = excluded.provider then refill.card end, \
         card_label = case when refill.provider = excluded.provider then refill.card_label end")
    .bind(&refill.team_id)
    .bind(&refill.member_id)
    .bind(refill.threshold)
    .bind(refill.amount)
    .bind(refill.monthly_limit)
    .bind(i64::from(refill.is_enabled))
    .bind(&refill.provider)
    .bind(refill.updated_at)
    .run(tx)
    .await?;
    Ok(())
}

pub(super) async fn find(conn: &mut Conn, team: &TeamId) -> Result<Option<Refill>> {
    sql(select!("where team_id = $1")).bind(team).optional(conn).await
}

/// Finds the refill whose open page this is.
pub(super) async fn of_page(conn: &mut Conn, page: &str) -> Result<Option<Refill>> {
    sql(select!("where page = $1")).bind(page).optional(conn).await
}

/// Writes the page that the provider opened, unless another was meanwhile.
pub(super) async fn set_page(tx: &mut Tx, refill: &Refill, opened: &Checkout, until: Time) -> Result<()> {
    sql("update refill set page = $1, page_url = $2, page_until = $3 where team_id = $4 and pages = $5 and page is null")
        .bind(&opened.session)
        .bind(&opened.url)
        .bind(until)
        .bind(&refill.team_id)
        .bind(refill.pages)
        .run(tx)
        .await?;
    Ok(())
}

/// Ends the open page, and writes the card that was saved on it.
pub(super) async fn end_page(tx: &mut Tx, team: &TeamId, card: Option<&SavedCard>) -> Result<()> {
    sql("update refill set page = null, page_url = null, page_until = null, pages = pages + 1, customer = coalesce($1, customer), \
         card = coalesce($2, card), card_label = coalesce($3, card_label), \
         off_reason = case when $2 is null then off_reason end where team_id = $4")
    .bind(card.map(|card| card.customer.as_str()))
    .bind(card.map(|card| card.card.as_str()))
    .bind(card.map(|card| card.label.as_str()))
    .bind(team)
    .run(tx)
    .await?;
    Ok(())
}

/// Switches the charges off, with the reason if a charge did.
pub(super) async fn switch_off(tx: &mut Tx, team: &TeamId, reason: Option<CardRefusal>) -> Result<()> {
    sql("update refill set is_enabled = 0, off_reason = $1 where team_id = $2")
        .bind(reason.map(CardRefusal::as_str))
        .bind(team)
        .run(tx)
        .await?;
    Ok(())
}

/// Forgets the card, also for a charge that is under way: it is not asked for again.
pub(super) async fn forget_card(tx: &mut Tx, team: &TeamId) -> Result<()> {
    sql("update refill set is_enabled = 0, off_reason = null, customer = null, card = null, card_label = null, \
         charging_customer = null, charging_card = null where team_id = $1")
    .bind(team)
    .run(tx)
    .await?;
    Ok(())
}

/// Lists teams whose balance fell below their threshold and who were not told.
pub(super) async fn fallen(conn: &mut Conn, limit: i64) -> Result<Vec<TeamId>> {
    sql("select r.team_id from refill r left join account a on a.id = 'wallet:' || r.team_id \
         where r.low_since is null and coalesce(a.balance, 0) < r.threshold limit $1")
    .bind(limit)
    .all(conn)
    .await
}

/// Lists teams whose balance rose to their threshold again.
pub(super) async fn risen(conn: &mut Conn, limit: i64) -> Result<Vec<TeamId>> {
    sql("select r.team_id from refill r join account a on a.id = 'wallet:' || r.team_id \
         where r.low_since is not null and a.balance >= r.threshold limit $1")
    .bind(limit)
    .all(conn)
    .await
}

/// Notes since when a balance is low; false if that was noted before, or the balance rose.
pub(super) async fn fall(tx: &mut Tx, team: &TeamId) -> Result<bool> {
    let fell = sql("update refill set low_since = $1 where team_id = $2 and low_since is null and threshold > \
         coalesce((select balance from account where id = 'wallet:' || refill.team_id), 0)")
    .bind(tx.now)
    .bind(team)
    .run(tx)
    .await?;
    Ok(fell == 1)
}

/// Notes that a balance is not low any more.
pub(super) async fn rise(tx: &mut Tx, team: &TeamId) -> Result<()> {
    sql("update refill set low_since = null where team_id = $1 and threshold <= \
         coalesce((select balance from account where id = 'wallet:' || refill.team_id), 0)")
    .bind(team)
    .run(tx)
    .await?;
    Ok(())
}

/// Lists the teams whose saved card is to be charged now, those whose balance is low for longest first.
pub(super) async fn to_charge(conn: &mut Conn, provider: &str, limit: i64) -> Result<Vec<TeamId>> {
    let now = conn.now;
    sql("select team_id from refill where low_since is not null and is_enabled = 1 and card is not null and charging is null \
         and (paused_until is null or paused_until <= $1) and provider = $2 order by low_since limit $3")
    .bind(now)
    .bind(provider)
    .bind(limit)
    .all(conn)
    .await
}

/// Notes the charge that is under way; false if another is, or the balance rose.
pub(super) async fn begin_charge(tx: &mut Tx, team: &TeamId, charge: &DepositId) -> Result<bool> {
    let begun = sql("update refill set charging = $1, charging_customer = customer, charging_card = card, paused_until = null where team_id = $2 and charging is null and is_enabled = 1 \
         and threshold > coalesce((select balance from account where id = 'wallet:' || refill.team_id), 0)")
    .bind(charge)
    .bind(team)
    .run(tx)
    .await?;
    Ok(begun == 1)
}

/// Notes that a charge is not under way any more.
pub(super) async fn end_charge(tx: &mut Tx, charge: &DepositId) -> Result<()> {
    sql("update refill set charging = null, charging_customer = null, charging_card = null where charging = $1")
        .bind(charge)
        .run(tx)
        .await?;
    Ok(())
}

/// The provider's ids of the payer and the card of a charge.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Charging {
    pub(super) customer: String,
    pub(super) card: String,
}

/// Returns the card of a charge that is under way; none if it was forgotten.
pub(super) async fn charging(conn: &mut Conn, charge: &DepositId) -> Result<Option<Charging>> {
    sql("select charging_customer as customer, charging_card as card from refill where charging = $1 and charging_card is not null")
        .bind(charge)
        .optional(conn)
        .await
}

/// Lets nothing be charged before a time.
pub(super) async fn pause(tx: &mut Tx, team: &TeamId, until: Time) -> Result<()> {
    sql("update refill set paused_until = $1 where team_id = $2").bind(until).bind(team).run(tx).await?;
    Ok(())
}

/// The number and the sum of charges, without fees.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) struct Charged {
    pub(super) count: i64,
    pub(super) amount: Money,
}

/// Sums the charges of a team since a time that were paid or still may be.
pub(super) async fn charged_since(conn: &mut Conn, team: &TeamId, since: Time) -> Result<Charged> {
    let sums = sql("select count(*) as count, cast(coalesce(sum(amount), 0) as bigint) as amount from deposit \
         where team_id = $1 and is_charge = 1 and created_at >= $2 and status in ('open', 'processing', 'paid')");
    sums.bind(team).bind(since).optional(conn).await?.ok_or_else(Error::internal)
}
