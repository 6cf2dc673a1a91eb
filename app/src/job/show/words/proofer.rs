//! The band for a proofer: while blind it says only what the proofer's own seat says.

use super::poster::given;
use super::{Words, found};
use market::job::View;
use market::proof::{Proofs, Seat, SeatStatus};

pub(super) fn words(view: &View, proofs: Option<&Proofs>) -> Words {
    let Some(proofs) = proofs else { return Words::new("Proofing", "You hold a seat in this review.") };
    let decided = proofs.rounds.first().filter(|last| last.round == proofs.round);
    match (&proofs.assignment, decided) {
        (Some(seat), None) => at(view, seat, proofs),
        (seat, Some(round)) => {
            let fee = seat.as_ref().map(|seat| format!(" {} was paid to you.", seat.fee)).unwrap_or_default();
            Words::new(format!("Round {} is decided", round.round), format!("The proofers {}.{fee}", found(round.consensus)))
        }
        (None, None) => Words::new("Not your move", "This round is proofed by others."),
    }
}

fn at(view: &View, seat: &Seat, proofs: &Proofs) -> Words {
    let fee = seat.fee;
    match seat.status {
        SeatStatus::Accepted => Words::new(
            "The poster’s move",
            format!("You are chosen to proof the work for {fee}. Start when it is funded; you see it here."),
        ),
        SeatStatus::Funded => Words::yours("give your verdict", format!("{fee} is yours when the round is decided, whatever you find.")),
        SeatStatus::Submitted => {
            Words::new("Your verdict is in", format!("{} {fee} is yours when the round is decided.", given(Some(proofs))))
        }
        SeatStatus::Paid => Words::new("Your verdict is in", format!("{fee} was paid to you.")),
        SeatStatus::Freed => {
            Words::new("Your seat was freed", format!("The round of “{}” ended before your verdict was in.", view.job.title))
        }
    }
}
