//! Jobs with their next moves, and the words by which interfaces name states: both dialects of jobs use them.

use market::application;
use market::db::{Conn, Tx};
use market::job::{self, Card, Job, NextMove, Status};
use market::text::any_of;
use market::{Actor, Error, Page, Result};

/// A job in a list, with its next move.
pub type Listed = (Card, NextMove);

/// Adds their next moves to the jobs of a page.
pub async fn listed(conn: &mut Conn, actor: &Actor, page: Page<Card>) -> Result<Page<Listed>> {
    let items = job::with_next_moves(conn, actor, page.items, |card| &card.id).await?;
    Ok(Page { items, total: page.total, limit: page.limit, offset: page.offset })
}

/// Adds its next move to a job that was just changed.
pub async fn changed(tx: &mut Tx, actor: &Actor, job: Job) -> Result<(Job, NextMove)> {
    let mut moved = job::with_next_moves(tx, actor, vec![job], |job| &job.id).await?;
    moved.pop().ok_or_else(Error::internal)
}

/// Reads a status by its public word.
pub fn status_of(word: &str) -> Result<Status> {
    let known = || any_of(Status::public().map(Status::as_str));
    Status::public().find(|status| status.as_str() == word).ok_or_else(|| Error::field("status", format!("It must be {}.", known())))
}

/// Returns the other status that a list narrowed to this one shows: to interfaces a rejection is a dispute.
pub fn or_status(status: Option<Status>) -> Option<Status> {
    status.filter(|status| *status == Status::Disputed).map(|_| Status::Rejected)
}

/// Returns the word for an application's status; a declined one is rejected in the references.
pub const fn application_word(status: application::Status) -> &'static str {
    match status {
        application::Status::Declined => "rejected",
        other => other.as_str(),
    }
}
