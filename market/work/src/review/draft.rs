//! Drafts of verdicts. Only the proofer reads their own draft.

use super::{Seat, SeatStatus, Submission, errors, store};
use crate::job::{self, Access, Job};
use identity::Actor;
use kernel::id::JobId;
use kernel::{Error, Result, Time};
use platform::db::{Conn, Tx, inconsistent};

/// The largest draft, in bytes of JSON: larger than the longest verdict.
const BYTES_MAX: usize = 256 * 1024;

/// A place where a draft is written, such as one tab of a browser, and the draft that was read there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Desk {
    /// A random name of the place.
    pub place: String,
    /// The time at which the draft that it began with was saved; none if there was none.
    pub read: Option<Time>,
}

/// Saves the actor's draft. Only its size is checked. With a desk it fails if the draft was saved elsewhere since it was read there,
/// so that neither text is lost; without one it replaces what is there.
pub async fn save_draft(tx: &mut Tx, actor: &Actor, id: &JobId, draft: &Submission, desk: Option<&Desk>) -> Result<Time> {
    actor.must_have("jobs:write")?;
    let job = job::visible(tx, actor, id).await?;
    let seat = own_seat(tx, actor, &job).await?;
    if seat.status == SeatStatus::Submitted || seat.status == SeatStatus::Paid {
        return Err(errors::verdict_given());
    }
    let body = serde_json::to_string(draft).map_err(|_| Error::internal())?;
    if body.len() > BYTES_MAX {
        return Err(errors::draft_too_large());
    }
    if !store::save_draft(tx, &seat.id, &body, desk).await? {
        let (_, at) = store::draft(tx, &seat.id).await?.ok_or_else(Error::try_again)?;
        return Err(errors::draft_moved(at));
    }
    Ok(tx.now)
}

/// Returns the actor's draft and the time it was saved.
pub async fn draft(conn: &mut Conn, access: &Access<'_>) -> Result<Option<(Submission, Time)>> {
    let actor = access.reader()?;
    let seat = own_seat(conn, actor, access.visible()?).await?;
    let kept = store::draft(conn, &seat.id).await?;
    let Some((body, at)) = kept else { return Ok(None) };
    let draft = serde_json::from_str(&body).map_err(|_| inconsistent("proof_draft", seat.id.as_str(), "it can't be read"))?;
    Ok(Some((draft, at)))
}

async fn own_seat(conn: &mut Conn, actor: &Actor, job: &Job) -> Result<Seat> {
    let seat = store::seat_of(conn, job.key, job.round(), &actor.team).await?;
    seat.filter(|seat| seat.status != SeatStatus::Freed && actor.can_be(&seat.agent_id)).ok_or_else(|| Error::not_found("assignment"))
}
