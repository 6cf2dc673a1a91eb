//! The reminder of a move: one timer for each job, a day before its time is over, or halfway if that is sooner.

use super::directory::Directory;
use super::{Mailing, letter, moves, store};
use kernel::id::JobId;
use kernel::{Duration, Result, Time};
use platform::db::Tx;
use platform::registry::Boxed;
use platform::timer::{self, Timer};
use work::internal::{Turn, turn};

/// The kind of the timer.
pub(super) const REMIND: &str = "notification.remind";
/// The longest time between a reminder and the end of the time for the move.
const LEAD_MAX: Duration = Duration::hours(24);

fn timer_of(job: &JobId) -> String {
    format!("remind:{job}")
}

/// Sets the reminder of a job's next move. It replaces that of an earlier move; setting it again changes nothing.
pub(super) async fn set(tx: &mut Tx, turn: &Turn, about: &str) -> Result<()> {
    let Some(due) = turn.next.at.filter(|due| *due > tx.now) else { return clear(tx, &turn.job_id).await };
    let payload = serde_json::to_string(about).map_err(|_| kernel::Error::internal())?;
    let timer = Timer::new(timer_of(&turn.job_id), REMIND, turn.job_id.as_str(), reminded_at(tx.now, due));
    if timer::has(tx, &timer.id, &payload).await? {
        return Ok(());
    }
    timer::set(tx, &Timer { payload, ..timer }).await
}

/// Clears the reminder of a job.
pub(super) async fn clear(tx: &mut Tx, job: &JobId) -> Result<()> {
    timer::clear(tx, &timer_of(job)).await
}

/// Returns when a move is told again.
fn reminded_at(now: Time, due: Time) -> Time {
    let half = Duration::ms(due.since(now).as_ms() / 2);
    due.before(half.min(LEAD_MAX))
}

/// Tells those who still have the move once more.
pub(super) fn remind<'a>(tx: &'a mut Tx, timer: &'a Timer) -> Boxed<'a, Result<()>> {
    Box::pin(async move {
        let Some(turn) = turn(tx, &JobId::from(timer.subject.as_str())).await? else { return Ok(()) };
        let about = moves::about(&turn);
        if serde_json::to_string(&about).is_ok_and(|about| about != timer.payload) {
            return Ok(()); // The move was made meanwhile, and the next one has a reminder of its own.
        }
        let mut directory = Directory::default();
        for (team, member) in directory.movers(tx, &turn).await? {
            let Some(asked) = moves::of(&turn, &team) else { continue };
            // A reminder comes at once or not at all: tomorrow's list is too late.
            let mailing = match directory.mailing(tx, &member, asked.kind).await? {
                Mailing::Due | Mailing::Sent => Mailing::Sent,
                Mailing::None => Mailing::None,
            };
            store::tell_again(tx, &member.member_id, &about, mailing).await?;
            if mailing == Mailing::Sent {
                letter::reminder(tx, &member, asked.kind, asked.sentence, &turn).await?;
            }
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reminder_comes_a_day_before_or_halfway() {
        let now = Time::from_ms(1_790_000_000_000);
        assert_eq!(reminded_at(now, now.after(Duration::days(3))), now.after(Duration::days(2)));
        assert_eq!(reminded_at(now, now.after(Duration::hours(4))), now.after(Duration::hours(2)));
    }
}
