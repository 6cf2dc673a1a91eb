//! Weekly payouts: on Monday morning all that may leave the wallet is paid out, if it is worth it.

use super::actions;
use kernel::id::{MemberId, TeamId};
use kernel::{Duration, Error, Kind, Result, Time};
use platform::db::Tx;
use platform::registry::Boxed;
use platform::timer::{self, Handler, Timer};
use serde::{Deserialize, Serialize};

/// The kind of the timer.
const WEEKLY: &str = "payout.weekly";
/// The timers of payouts.
pub const TIMERS: &[(&str, Handler)] = &[(WEEKLY, pay)];

/// The hour of the day, UTC.
const HOUR: i64 = 8;
/// The first of January 1970 was a Thursday, so the fifth was a Monday.
const FIRST_MONDAY: i64 = 4;
const WEEK: i64 = 7;

/// The member who switched weekly payouts on.
#[derive(Serialize, Deserialize)]
struct Payload {
    member: MemberId,
}

/// Sets the next weekly payout of a team, or takes it away.
pub(crate) async fn schedule(tx: &mut Tx, team: &TeamId, member: &MemberId, is_on: bool) -> Result<()> {
    if !is_on {
        return timer::clear(tx, &timer_of(team)).await;
    }
    let payload = serde_json::to_string(&Payload { member: member.clone() }).map_err(|_| Error::internal())?;
    let timer = Timer::new(timer_of(team), WEEKLY, team.as_str(), next(tx.now));
    timer::set(tx, &Timer { payload, ..timer }).await
}

fn timer_of(team: &TeamId) -> String {
    format!("payout:{team}")
}

/// Returns the next Monday morning after a time.
fn next(now: Time) -> Time {
    let day = Duration::days(1).as_ms();
    let today = now.ms().div_euclid(day);
    let monday = today - (today - FIRST_MONDAY).rem_euclid(WEEK);
    let morning = Time::from_ms(monday * day).after(Duration::hours(HOUR));
    if morning > now { morning } else { morning.after(Duration::days(WEEK)) }
}

fn pay<'a>(tx: &'a mut Tx, timer: &'a Timer) -> Boxed<'a, Result<()>> {
    Box::pin(async move {
        let team = TeamId::from(timer.subject.as_str());
        let Payload { member } = serde_json::from_str(&timer.payload).map_err(|_| Error::internal())?;
        schedule(tx, &team, &member, true).await?;
        // The account may be at a provider that this server had before; it is refused as one that is not ready.
        let Some(provider) = tx.rules.payment_provider.clone() else { return Ok(()) };
        match actions::ask_for_all(tx, &team, &member, &provider).await {
            // A payee that is not ready, or a debt: next week again.
            Err(error) if matches!(error.kind, Kind::Conflict) => Ok(()),
            asked => asked,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn payouts_go_out_on_monday_morning() {
        let at = |text: &str| Time::parse("at", text).expect("a time");
        for (now, monday) in [
            ("2026-11-30T07:59:59.999Z", "2026-11-30T08:00:00.000Z"),
            ("2026-11-30T08:00:00.000Z", "2026-12-07T08:00:00.000Z"),
            ("2026-12-06T23:00:00.000Z", "2026-12-07T08:00:00.000Z"),
            ("2026-12-03T00:00:00.000Z", "2026-12-07T08:00:00.000Z"),
        ] {
            assert_eq!(next(at(now)), at(monday), "{now}");
        }
    }
}
