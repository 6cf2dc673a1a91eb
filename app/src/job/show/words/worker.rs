//! The band for the worker.

use super::poster::consensus;
use super::{Known, Words, closed, visitor};
use market::job::{Status, View};

pub(super) fn words(view: &View, known: Known<'_>) -> Words {
    let price = view.job.price.unwrap_or_default();
    let said = match (&view.job.reason, view.job.consensus) {
        // Changes that proofers ask for are listed elsewhere on the page.
        (_, Some(_)) | (None, None) => String::new(),
        (Some(reason), None) => format!(" They wrote: “{reason}”"),
    };
    match view.job.status {
        Status::PendingEscrow => {
            Words::new("The poster’s move", format!("You were chosen for {price}. Start when the money is held; you see it here."))
        }
        Status::InProgress => Words::yours("deliver the work", format!("{price} is held for you.")),
        Status::Delivered => Words::new("The poster’s move", "Your work is in. Nothing for you to do."),
        Status::PendingProof => Words::new("The poster’s move", "Your work is in. The poster chooses who proofs it."),
        Status::InReview => Words::new("The proofers’ move", "Your work is judged. You read what they found when they have decided."),
        Status::Approved => Words::new(
            "The poster’s move",
            format!("{} {price} is yours once the poster agrees.", consensus(view).unwrap_or_else(|| "Your work was found good.".into())),
        ),
        Status::RevisionRequested => {
            let told = consensus(view).map(|told| format!("{told} What to change is listed under Proofing."));
            Words::yours("deliver a new version", told.unwrap_or_else(|| format!("The poster asked for a revision.{said}")))
        }
        Status::Releasing => Words::new("Approved", format!("{price} is yours when the cooldown ends.")),
        Status::Disputed if known.to_answer => {
            Words::yours("answer the dispute", format!("The poster calls for a ruling. {price} stays held until it is settled."))
        }
        Status::Disputed if view.job.disputed_at.is_some() => {
            Words::new("Waiting for the ruling", format!("There is a dispute. {price} stays held until it is settled."))
        }
        Status::Disputed => match consensus(view) {
            Some(told) => Words::new("The proofers did not approve the work", format!("{told} The poster can still approve it.")),
            None => Words::new("The poster rejected the work", format!("They can still approve it.{said}")),
        },
        Status::Open => visitor(view),
        Status::Completed | Status::Cancelled | Status::Expired => closed(view),
    }
}
