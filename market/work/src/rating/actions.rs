//! The acts and reads of ratings.

use super::events::{Given, Revealed, Said};
use super::{Draft, Rating, Ratings, WINDOW, errors, store};
use crate::job::{self, Access, Job, Status};
use crate::party::Party;
use identity::Actor;
use kernel::id::{JobId, RatingId};
use kernel::page::Part;
use kernel::{Error, Page, Result, Time};
use platform::db::{Conn, Tx};
use platform::event;
use platform::registry::Boxed;
use platform::timer::{self, Handler, Timer};

/// The kind of the timer that makes ratings visible.
const REVEAL: &str = "rating.reveal";
/// The timers of ratings.
pub const TIMERS: &[(&str, Handler)] = &[(REVEAL, reveal)];

fn timer_of(id: &JobId) -> String {
    format!("rating:{id}")
}

/// Rates the other side of a completed job: once, within 14 days of its end. The second rating makes both visible.
pub async fn rate(tx: &mut Tx, actor: &Actor, id: &JobId, draft: &Draft) -> Result<Rating> {
    actor.must_have("jobs:write")?;
    let job = job::visible(tx, actor, id).await?;
    let side = party_of(&job, actor)?;
    let (stars, comment) = draft.check()?;
    let until = until(&job).ok_or_else(|| errors::not_completed(job.status))?;
    if until <= tx.now {
        return Err(errors::rating_over());
    }
    let Some(rated) = side.other().team(&job).cloned() else { return Err(Error::internal()) };
    // Lock the timer first: of two simultaneous ratings the second waits and then sees the first.
    timer::set(tx, &Timer::new(timer_of(&job.id), REVEAL, job.id.as_str(), until)).await?;
    let rating = RatingId::new();
    let row = store::NewRating { id: &rating, job: &job, side, actor, rated: &rated, stars, comment: &comment, visible_at: until };
    if !store::insert(tx, &row).await? {
        return Err(errors::already_rated());
    }
    event::emit(tx, &[&actor.team, &rated], job.id.as_str(), &Given { by: side });
    if store::given(tx, job.key).await? == 2 {
        timer::clear(tx, &timer_of(&job.id)).await?;
        store::uncover(tx, job.key).await?;
        emit_revealed(tx, &job).await?;
    }
    store::find(tx, &rating).await?.ok_or_else(Error::internal)
}

/// Returns the ratings of a job for its two sides: the own one, and the other once it is visible.
pub async fn list(conn: &mut Conn, access: &Access<'_>) -> Result<Ratings> {
    let actor = access.reader()?;
    let job = access.visible()?;
    let side = party_of(job, actor)?;
    let now = conn.now;
    let mut items = store::of_job(conn, job.key).await?;
    let rated = items.iter().any(|rating| rating.side == side);
    items.retain(|rating| rating.side == side || rating.visible_at <= now);
    let until = until(job);
    Ok(Ratings { items, may_rate: !rated && until.is_some_and(|until| until > now), until })
}

/// Lists the visible ratings of the actor's team, newest first.
pub async fn received(conn: &mut Conn, actor: &Actor, part: impl Into<Part>) -> Result<Page<Rating>> {
    actor.must_have("jobs:read")?;
    store::received(conn, &actor.team, &part.into()).await
}

/// Makes a single rating visible after the time to rate. Only the timer calls this.
fn reveal<'a>(tx: &'a mut Tx, timer: &'a Timer) -> Boxed<'a, Result<()>> {
    Box::pin(async move {
        let job = job::find(tx, &JobId::from(timer.subject.as_str())).await?.ok_or_else(|| Error::not_found("job"))?;
        emit_revealed(tx, &job).await
    })
}

async fn emit_revealed(tx: &mut Tx, job: &Job) -> Result<()> {
    let ratings = store::of_job(tx, job.key).await?;
    job::emit(tx, job, &Revealed { ratings: ratings.iter().map(Said::from).collect() });
    Ok(())
}

fn party_of(job: &Job, actor: &Actor) -> Result<Party> {
    Party::of(job, &actor.team).ok_or_else(|| Error::not_found("job"))
}

/// Returns the end of the time to rate a completed job.
fn until(job: &Job) -> Option<Time> {
    job.closed_at.filter(|_| job.status == Status::Completed).map(|closed| closed.after(WINDOW))
}
