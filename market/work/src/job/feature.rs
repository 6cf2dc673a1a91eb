//! Featured jobs: for a daily fee, an open job is listed above the others.
//!
//! A timer clears `featured_until` and emits an event, so lists need no clock and cached lists are invalidated.

use super::actions::posted_by;
use super::events::{Featured, Unfeatured};
use super::{FEATURED_DAYS, FEATURED_DAYS_USUAL, Job, Status, errors, store};
use crate::escrow;
use identity::Actor;
use kernel::id::JobId;
use kernel::{Duration, Error, Money, Result, Time};
use platform::db::Tx;
use platform::event;
use platform::timer::{self, Timer};

/// The kind of the timer that ends the featuring.
pub(super) const UNFEATURE: &str = "job.unfeature";

/// Features an open job of the actor for some more days, paid from the wallet at once and not refunded. A day that would begin after
/// the job closes by itself is not sold.
pub async fn feature(tx: &mut Tx, actor: &Actor, id: &JobId, days: Option<i64>) -> Result<Job> {
    actor.must_have("wallet:write")?;
    actor.must_be_verified()?;
    if let Some(days) = days.filter(|days| !FEATURED_DAYS.contains(days)) {
        let message = format!("It is {days}; give {} to {}.", FEATURED_DAYS.start(), FEATURED_DAYS.end());
        return Err(Error::field("days", message));
    }
    store::lock_featuring(tx, id).await?;
    let mut job = posted_by(tx, actor, id).await?;
    if job.status != Status::Open {
        return Err(errors::only_open_is_featured(job.status));
    }
    job.must_be_shown()?;
    let days = days_to_sell(&job, days, tx.now)?;
    let price = Money(tx.rules.feature_fee.0 * days);
    let until = job.featured_until.map_or(tx.now, |until| until.max(tx.now)).after(Duration::days(days));
    (job.featured_until, job.updated_at) = (Some(until), tx.now);
    timer::set(tx, &Timer::new(format!("feature:{id}"), UNFEATURE, id.as_str(), until)).await?;
    if !store::feature(tx, &mut job).await? {
        return Err(Error::try_again());
    }
    escrow::feature(tx, actor, &job, price).await?;
    event::emit(tx, &[&job.team_id], id.as_str(), &Featured { title: &job.title, featured_until: until, days, price });
    Ok(job)
}

/// Checks the number of days; the default is the usual number, or the most that can be sold.
fn days_to_sell(job: &Job, days: Option<i64>, now: Time) -> Result<i64> {
    let most = job.featured_days_max(now);
    let days = days.unwrap_or(FEATURED_DAYS_USUAL.min(most));
    if (1..=most).contains(&days) {
        return Ok(days);
    }
    let closes = job.due_at.map(|at| at.to_string()).unwrap_or_default();
    let message = match most {
        0 => format!("The job is featured until it closes by itself at {closes}; leave it as it is."),
        most => format!("It is {days}, but the job closes by itself at {closes}; give {most} at the most."),
    };
    Err(Error::field("days", message).with("most", most))
}

/// Ends the featuring. Only its timer calls this.
pub(super) async fn unfeature(tx: &mut Tx, id: &JobId) -> Result<()> {
    store::lock(tx, id).await?;
    let job = store::find(tx, id).await?.ok_or_else(|| Error::not_found("job"))?;
    store::unfeature(tx, id).await?;
    // A job that is not open any more is in no list, so there is nothing to announce.
    if job.featured().is_some() {
        event::emit(tx, &[&job.team_id], job.id.as_str(), &Unfeatured { title: &job.title });
    }
    Ok(())
}
