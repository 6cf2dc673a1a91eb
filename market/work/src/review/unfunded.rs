//! Seats whose fee is not held: how they are freed.

use super::round::{RoundState, ended};
use super::{Seat, SeatStatus, store};
use crate::application::{self, Application};
use crate::job::Job;
use kernel::Result;
use platform::db::Tx;

/// Frees the unfunded seat of an accepted application, which is pending again.
pub(crate) async fn vacate(tx: &mut Tx, job: &Job, accepted: &Application) -> Result<()> {
    let Some(seat) = store::seat_of(tx, job.key, job.round(), &accepted.team_id).await? else { return Ok(()) };
    if seat.status == SeatStatus::Accepted {
        application::return_to_pending(tx, &seat.application_id).await?;
        // Without a row of this round the proofer can be chosen again.
        store::remove_seat(tx, &seat.id).await?;
        ended(tx, job, &seat, false);
    }
    Ok(())
}

/// Frees the seats of the round whose fee is not held. The applications for them are locked here, before any money moves.
pub(crate) async fn free_unfunded(tx: &mut Tx, job: &Job) -> Result<()> {
    let running = RoundState::load(tx, job).await?;
    for seat in running.of(SeatStatus::Accepted) {
        free(tx, job, seat).await?;
    }
    Ok(())
}

/// Frees an unfunded seat. The proofer never began through no fault of theirs, so the application is pending again.
pub(super) async fn free(tx: &mut Tx, job: &Job, seat: &Seat) -> Result<()> {
    application::return_to_pending(tx, &seat.application_id).await?;
    store::move_seat(tx, seat, SeatStatus::Freed).await?;
    ended(tx, job, seat, false);
    Ok(())
}
