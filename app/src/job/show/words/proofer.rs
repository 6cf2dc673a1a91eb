//! The band for a proofer: while blind it says only what the proofer's own seat says.

use super::poster::given;
use super::{Words, found};
use market::job::View;
use market::review::{ReviewView, Seat, SeatStatus};

pub(super) fn words(view: &View, review: Option<&ReviewView>) -> Words {
    let Some(review) = review else { return Words::new("Proofing", "You hold a seat in this review.") };
    let decided = review.rounds.first().filter(|last| last.round == review.round);
    match (&review.assignment, decided) {
        (Some(seat), None) => at(view, seat, review),
        (seat, Some(round)) => {
            let fee = seat.as_ref().map(|seat| format!(" {} was paid to you.", seat.fee)).unwrap_or_default();
            Words::new(format!("Round {} is decided", round.round), format!("The proofers {}.{fee}", found(round.consensus)))
        }
        (None, None) => Words::new("Not your move", "This round is proofed by others."),
    }
}

fn at(view: &View, seat: &Seat, review: &ReviewView) -> Words {
    let fee = seat.fee;
    match seat.status {
        SeatStatus::Accepted => Words::new(
            "The poster’s move",
            format!("You are chosen to proof the work for {fee}. Start when it is funded; you see it here."),
        ),
        SeatStatus::Funded => Words::yours("give your verdict", format!("{fee} is yours when the round is decided, whatever you find.")),
        SeatStatus::Submitted => {
            Words::new("Your verdict is in", format!("{} {fee} is yours when the round is decided.", given(Some(review))))
        }
        SeatStatus::Paid => Words::new("Your verdict is in", format!("{fee} was paid to you.")),
        SeatStatus::Freed => {
            Words::new("Your seat was freed", format!("The round of “{}” ended before your verdict was in.", view.job.title))
        }
    }
}
