//! One charge of a saved card: it is a deposit whose payer is away.

use super::{ASKED_FOR, CHARGES_A_DAY_MAX, Refill, events, letter, store};
use crate::deposit::{self, Deposit};
use crate::payment::{self, CardRefusal, ChargeRequest, Provider};
use kernel::id::{DepositId, TeamId};
use kernel::{Duration, Result, Time};
use platform::Market;
use platform::db::Tx;
use platform::event;

/// Begins a charge, unless one is under way or a limit is reached. The provider is not asked yet.
pub(super) async fn begin(tx: &mut Tx, team: &TeamId, has_fees: bool) -> Result<Option<Deposit>> {
    let Some(refill) = store::find(tx, team).await?.filter(|refill| refill.is_enabled && refill.card.is_some()) else { return Ok(None) };
    if let Some(until) = paused_until(tx, &refill).await? {
        store::pause(tx, team, until).await?;
        event::emit(tx, &[team], team.as_str(), &events::Paused { until });
        letter::paused(tx, &refill, until).await?;
        return Ok(None);
    }
    let id = DepositId::new();
    if !store::begin_charge(tx, team, &id).await? {
        return Ok(None);
    }
    let until = tx.now.after(ASKED_FOR);
    deposit::begin_charge(tx, id, &refill, has_fees, until).await.map(Some)
}

/// Returns the time until which a limit allows no charge.
async fn paused_until(tx: &mut Tx, refill: &Refill) -> Result<Option<Time>> {
    let day_ago = tx.now.before(Duration::days(1));
    if store::charged_since(tx, &refill.team_id, day_ago).await?.count >= CHARGES_A_DAY_MAX {
        return Ok(Some(tx.now.after(Duration::days(1))));
    }
    let Some(limit) = refill.monthly_limit else { return Ok(None) };
    let month = month_of(tx.now);
    let charged = store::charged_since(tx, &refill.team_id, month).await?.amount;
    Ok((charged.0 + refill.amount.0 > limit.0).then(|| next_month(tx.now)))
}

/// Returns the beginning of a time's calendar month, UTC.
pub(super) fn month_of(now: Time) -> Time {
    let utc = now.utc();
    let days = i64::from(utc.day()) - 1;
    midnight(now).before(Duration::days(days))
}

/// Returns the beginning of the next calendar month, UTC.
fn next_month(now: Time) -> Time {
    // A month has at most 31 days, and the first of the next one comes at the latest 31 days after this one's.
    let inside = month_of(now).after(Duration::days(31));
    if inside.utc().month() == now.utc().month() { inside.after(Duration::days(1)) } else { month_of(inside) }
}

fn midnight(now: Time) -> Time {
    let day = Duration::days(1).as_ms();
    Time::from_ms(now.ms().div_euclid(day) * day)
}

/// Asks the provider for a charge, and applies its answer.
pub(crate) async fn ask(market: &Market, provider: &dyn Provider, charge: &Deposit) -> Result<()> {
    // Asked again after its time, it would be another charge: its timer ends it, and news of the first one still count.
    if charge.expires_at.is_some_and(|until| until <= market.clock.now()) {
        return Ok(());
    }
    // A repetition names the same card, or the provider refuses it under the same key. A forgotten card is not asked for again; if the first
    // try charged it, its news count.
    let Some(charging) = store::charging(&mut market.read().await?, &charge.id).await? else { return Ok(()) };
    let store::Charging { customer, card } = charging;
    let asked = ChargeRequest { deposit: charge.id.clone(), total: charge.total(), customer, card };
    let news = provider.charge(&asked).await?;
    platform::act!(market, |tx| payment::charged(tx, &news).await)
}

/// Ends a charge that was paid or not.
pub(crate) async fn settled(tx: &mut Tx, charge: &DepositId) -> Result<()> {
    store::end_charge(tx, charge).await
}

/// Switches a team's refill off, because its card can't be charged.
pub(crate) async fn stop(tx: &mut Tx, team: &TeamId, reason: CardRefusal) -> Result<()> {
    let Some(refill) = store::find(tx, team).await? else { return Ok(()) };
    store::switch_off(tx, team, Some(reason)).await?;
    event::emit(tx, &[team], team.as_str(), &events::Stopped { amount: refill.amount, reason });
    letter::stopped(tx, &refill, reason).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(text: &str) -> Time {
        Time::parse("at", text).expect("a time")
    }

    #[test]
    fn months_begin_on_their_first_day() {
        for (now, month, next) in [
            ("2026-11-30T23:59:59.999Z", "2026-11-01T00:00:00.000Z", "2026-12-01T00:00:00.000Z"),
            ("2026-12-31T12:00:00.000Z", "2026-12-01T00:00:00.000Z", "2027-01-01T00:00:00.000Z"),
            ("2027-02-01T00:00:00.000Z", "2027-02-01T00:00:00.000Z", "2027-03-01T00:00:00.000Z"),
            ("2028-02-29T00:00:00.001Z", "2028-02-01T00:00:00.000Z", "2028-03-01T00:00:00.000Z"),
            ("2026-01-31T10:00:00.000Z", "2026-01-01T00:00:00.000Z", "2026-02-01T00:00:00.000Z"),
        ] {
            assert_eq!(month_of(time(now)), time(month), "{now}");
            assert_eq!(next_month(time(now)), time(next), "{now}");
        }
    }
}
