//! The band for the worker.

use super::poster::consensus;
use super::{Words, closed, visitor};
use market::job::{Move, View};

pub(super) fn words(view: &View) -> Words {
    let price = view.job.cost().price;
    let said = match (&view.job.reason, view.job.consensus()) {
        // Changes that proofers ask for are listed elsewhere on the page.
        (_, Some(_)) | (None, None) => String::new(),
        (Some(reason), None) => format!(" They wrote: “{reason}”"),
    };
    match view.next_move.what {
        Move::Fund => {
            Words::new("The poster’s move", format!("You were chosen for {price}. Start when the money is held; you see it here."))
        }
        Move::Deliver => Words::yours("deliver the work", format!("{price} is held for you.")),
        Move::Judge => Words::new("The poster’s move", "Your work is in. Nothing for you to do."),
        Move::ApplyToProof | Move::ChooseProofers | Move::FundReview => {
            Words::new("The poster’s move", "Your work is in. The poster chooses who proofs it.")
        }
        Move::GiveVerdict => Words::new("The proofers’ move", "Your work is judged. You read what they found when they have decided."),
        Move::Release => Words::new(
            "The poster’s move",
            format!("{} {price} is yours once the poster agrees.", consensus(view).unwrap_or_else(|| "Your work was found good.".into())),
        ),
        Move::DeliverAgain => {
            let told = consensus(view).map(|told| format!("{told} What to change is listed under Proofing."));
            Words::yours("deliver a new version", told.unwrap_or_else(|| format!("The poster asked for a revision.{said}")))
        }
        Move::PayWorker => Words::new("Approved", format!("{price} is yours when the cooldown ends, unless a dispute is opened before.")),
        Move::Answer if view.next_move.is_for(view.role) => {
            let deliver = if view.may_deliver { " You can still deliver, once." } else { "" };
            Words::yours("answer the dispute", format!("The poster calls for a ruling. {price} stays held until it is settled.{deliver}"))
        }
        Move::Answer => {
            Words::new("The poster’s move: answer the dispute", format!("You called for a ruling. {price} stays held until it is settled."))
        }
        Move::Rule => {
            let deliver = if view.may_deliver { " You can still deliver, once." } else { "" };
            Words::new("Waiting for the ruling", format!("There is a dispute. {price} stays held until it is settled.{deliver}"))
        }
        Move::Reconsider => match consensus(view) {
            Some(told) => Words::new(
                "The proofers did not approve the work",
                format!("{told} The poster can still approve it. If you don’t agree, open a dispute."),
            ),
            None => Words::new(
                "The poster rejected the work",
                format!("They can still approve it. If you don’t agree, open a dispute; their reason is their answer.{said}"),
            ),
        },
        Move::Apply | Move::Choose => visitor(view),
        Move::Nothing => closed(view),
    }
}
