//! The next step of an unfinished job, as one line in a list.

use market::Money;
use market::job::{Card, Status};

/// What to do, what the button says, and what happens otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next {
    /// `Approve, revise or reject`
    pub step: String,
    /// `Review`
    pub act: String,
    /// `approved`
    pub otherwise: &'static str,
}

impl Next {
    fn new(step: impl Into<String>, act: impl Into<String>, otherwise: &'static str) -> Option<Self> {
        Some(Self { step: step.into(), act: act.into(), otherwise })
    }
}

/// What a poster has to do; none while it is somebody else's move.
pub fn for_poster(card: &Card) -> Option<Next> {
    match card.status {
        Status::Open if card.applications == 1 => Next::new("Look at 1 application", "Choose", "taken down"),
        Status::Open if card.applications > 1 => {
            Next::new(format!("Choose from {} applications", card.applications), "Choose", "taken down")
        }
        Status::PendingEscrow => Next::new(format!("Fund {}", worker(card)), format!("Fund {}", cost(card)), "the choice lapses"),
        Status::Delivered => Next::new("Approve, revise or reject", "Review", "approved"),
        Status::Disputed => Next::new("Approve after all, or wait", "Decide", "refunded to you"),
        _ => None,
    }
}

/// Whose move it is for a worker: theirs first.
pub fn for_worker(status: Status) -> (bool, &'static str) {
    match status {
        Status::PendingEscrow => (false, "Poster: fund it"),
        Status::InProgress => (true, "deliver"),
        Status::RevisionRequested => (true, "deliver a new version"),
        Status::Delivered => (false, "Poster: judge it"),
        Status::Disputed => (false, "Poster: approve, or be refunded"),
        Status::Releasing => (false, "Timer: pays you"),
        _ => (false, "Nobody"),
    }
}

fn worker(card: &Card) -> &str {
    card.worker.as_deref().unwrap_or("the chosen worker")
}

fn cost(card: &Card) -> Money {
    let price = card.price.unwrap_or_default();
    Money(price.0 + price.share(card.fee_bps).0)
}
