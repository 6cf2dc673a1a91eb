//! The events of card acceptances.

use kernel::Money;
use kernel::id::JobId;
use platform::event::{EventType, OWN, Spec, View, fields};
use serde::Serialize;

/// The specs of the events.
pub const SPECS: &[Spec] = &[Missed::SPEC];

/// A checkout was paid after its job had moved on.
#[derive(Serialize)]
pub(crate) struct Missed<'a> {
    pub(crate) job_id: &'a JobId,
    pub(crate) amount: Money,
}

impl EventType for Missed<'_> {
    const SPEC: Spec = Spec::new(
        "card_acceptance.missed",
        &[View::new(
            OWN,
            "card_acceptance.missed",
            "you paid for an acceptance and the job had moved on, so the money is in your wallet; a key needs `wallet:read`",
            fields!(Missed: amount),
        )
        .needing("wallet:read")],
    );
}
