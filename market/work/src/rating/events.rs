//! The events of ratings. Their subject is the job.

use crate::party::Party;
use platform::event::{BOTH, EventType, Spec, View, fields};
use serde::Serialize;

/// The specs of ratings' events.
pub const SPECS: &[Spec] = &[Given::SPEC, Revealed::SPEC];

/// One side rated the other.
#[derive(Serialize)]
pub(crate) struct Given {
    pub(crate) by: Party,
}

impl EventType for Given {
    const SPEC: Spec = Spec::new(
        "rating.given",
        &[View::new(BOTH, "rating.given", "one side rated the other; it is read when both did, or after 14 days", fields!(Given: by))],
    );
}

/// A revealed rating.
#[derive(Serialize)]
pub(crate) struct Said<'a> {
    by: Party,
    stars: i64,
    comment: &'a str,
}

impl<'a> From<&'a super::Rating> for Said<'a> {
    fn from(rating: &'a super::Rating) -> Self {
        Self { by: rating.side, stars: rating.stars, comment: &rating.comment }
    }
}

/// The ratings of a job were revealed.
#[derive(Serialize)]
pub(crate) struct Revealed<'a> {
    pub(crate) ratings: Vec<Said<'a>>,
}

impl EventType for Revealed<'_> {
    const SPEC: Spec =
        Spec::new("rating.revealed", &[View::new(BOTH, "rating.revealed", "both ratings can be read", fields!(Revealed: ratings))]);
}
