//! The daily mail: what a member wants to read together, once a day.

use super::{letter, store};
use identity::internal;
use kernel::id::MemberId;
use kernel::{Duration, Result, Time};
use platform::db::Tx;
use platform::registry::Boxed;
use platform::timer::{self, Timer};

/// The kind of the timer.
pub(super) const DIGEST: &str = "notification.digest";
/// The hour of the day at which the daily mail goes out, in UTC.
const HOUR: i64 = 7;
/// The most notifications of one mail.
pub(super) const LINES_MAX: i64 = 50;

/// Sets the next daily mail of a member; setting it again on the same day changes nothing.
pub(super) async fn set(tx: &mut Tx, member: &MemberId) -> Result<()> {
    let at = next(tx.now);
    timer::set(tx, &Timer::new(format!("digest:{member}"), DIGEST, member.as_str(), at)).await
}

/// Returns the next time at which daily mails go out.
fn next(now: Time) -> Time {
    let day = Duration::days(1).as_ms();
    let today = Time::from_ms(now.ms().div_euclid(day) * day + Duration::hours(HOUR).as_ms());
    if today > now { today } else { today.after(Duration::days(1)) }
}

/// Sends a member's daily mail, unless all of it was read meanwhile.
pub(super) fn send<'a>(tx: &'a mut Tx, timer: &'a Timer) -> Boxed<'a, Result<()>> {
    Box::pin(async move {
        let id = MemberId::from(timer.subject.as_str());
        let due = store::due(tx, &id, LINES_MAX + 1).await?;
        store::set_sent(tx, &id).await?;
        match internal::member(tx, &id).await?.filter(|member| member.verified_at.is_some()) {
            Some(member) if !due.is_empty() => letter::daily(tx, &member, &due).await,
            _ => Ok(()),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_daily_mail_goes_out_in_the_morning() {
        let midnight = Time::from_ms(20_000 * Duration::days(1).as_ms());
        let morning = midnight.after(Duration::hours(HOUR));
        assert_eq!(next(midnight), morning);
        assert_eq!(next(morning), morning.after(Duration::days(1)));
        assert_eq!(next(morning.after(Duration::hours(3))), morning.after(Duration::days(1)));
    }
}
