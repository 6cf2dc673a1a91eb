//! Featuring: for a price a day, an open job stands above the others in every list of open jobs.
//!
//! A timer ends it and says so, so no list has to ask for the time, and a list that is kept until something happens is right.

use super::commands::posted_by;
use super::events::{Featured, Unfeatured};
use super::{FEATURED_DAYS, FEATURED_DAYS_USUAL, Job, Status, errors, store};
use crate::db::Tx;
use crate::id::JobId;
use crate::timer::{self, Timer};
use crate::{Actor, Error, Money, Result, Span, Time, escrow, event};

/// The timer that ends it.
pub(super) const UNFEATURE: &str = "job.unfeature";

/// Puts an open job of the actor's above others for so many days more, paid from the wallet at once and not given back. No
/// day is sold that would begin after the job closes by itself.
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
    let days = days_to_sell(&job, days, tx.now)?;
    let price = Money(tx.terms.feature_fee.0 * days);
    let until = job.featured_until.map_or(tx.now, |until| until.max(tx.now)).after(Span::days(days));
    (job.featured_until, job.updated_at) = (Some(until), tx.now);
    timer::set(tx, &Timer::new(format!("feature:{id}"), UNFEATURE, id.as_str(), until)).await?;
    if !store::feature(tx, &mut job).await? {
        return Err(Error::try_again());
    }
    escrow::feature(tx, &job, price).await?;
    event::emit(tx, &[&job.team_id], id.as_str(), &Featured { title: &job.title, featured_until: until, days, price });
    Ok(job)
}

/// Reads for how many days; as many as usual, or as there are, if nobody says.
fn days_to_sell(job: &Job, days: Option<i64>, now: Time) -> Result<i64> {
    let most = job.featured_days_most(now);
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

/// The days are over. Run by its timer alone.
pub(super) async fn unfeature(tx: &mut Tx, id: &JobId) -> Result<()> {
    store::lock(tx, id).await?;
    let job = store::find(tx, id).await?.ok_or_else(|| Error::not_found("job"))?;
    store::unfeature(tx, id).await?;
    // Nobody sees a difference in a job that left the list before.
    if job.featured().is_some() {
        event::emit(tx, &[&job.team_id], job.id.as_str(), &Unfeatured { title: &job.title });
    }
    Ok(())
}
