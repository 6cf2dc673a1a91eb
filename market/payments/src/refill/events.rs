//! The events of automatic refill.

use crate::payment::CardRefusal;
use kernel::{Money, Time};
use platform::event::{EventType, OWN, Spec, View, fields};
use serde::Serialize;

/// The specs of the events.
pub const SPECS: &[Spec] = &[Changed::SPEC, CardSaved::SPEC, CardForgotten::SPEC, LowBalance::SPEC, Stopped::SPEC, Paused::SPEC];

/// The area of the audit log.
const AREA: &str = "wallet";

/// The settings were changed.
#[derive(Serialize)]
pub(crate) struct Changed {
    pub(crate) threshold: Money,
    pub(crate) amount: Money,
    pub(crate) monthly_limit: Option<Money>,
    pub(crate) is_enabled: bool,
}

impl EventType for Changed {
    const SPEC: Spec = Spec::internal("refill.changed").audited(AREA);
}

/// A card was saved.
#[derive(Serialize)]
pub(crate) struct CardSaved<'a> {
    pub(crate) card: &'a str,
}

impl EventType for CardSaved<'_> {
    const SPEC: Spec = Spec::internal("refill.card_saved").audited(AREA);
}

/// The saved card was forgotten.
#[derive(Serialize)]
pub(crate) struct CardForgotten<'a> {
    pub(crate) card: &'a str,
}

impl EventType for CardForgotten<'_> {
    const SPEC: Spec = Spec::internal("refill.card_forgotten").audited(AREA);
}

/// The available balance fell below the threshold.
#[derive(Serialize)]
pub(crate) struct LowBalance {
    pub(crate) available: Money,
    pub(crate) threshold: Money,
}

impl EventType for LowBalance {
    const SPEC: Spec = Spec::new(
        "credits.low_balance",
        &[View::new(
            OWN,
            "credits.low_balance",
            "your available balance fell below the threshold of the automatic refill; a key needs `wallet:read`",
            fields!(LowBalance: available, threshold),
        )
        .needing("wallet:read")],
    );
}

/// A card could not be charged, so the refill is off.
#[derive(Serialize)]
pub(crate) struct Stopped {
    pub(crate) amount: Money,
    pub(crate) reason: CardRefusal,
}

impl EventType for Stopped {
    const SPEC: Spec = Spec::new(
        "refill.stopped",
        &[View::new(
            OWN,
            "refill.stopped",
            "the saved card could not be charged, so the automatic refill is off; a key needs `wallet:read`",
            fields!(Stopped: amount, reason),
        )
        .needing("wallet:read")],
    );
}

/// A limit was reached, so nothing is charged for a while.
#[derive(Serialize)]
pub(crate) struct Paused {
    pub(crate) until: Time,
}

impl EventType for Paused {
    const SPEC: Spec = Spec::new(
        "refill.paused",
        &[View::new(
            OWN,
            "refill.paused",
            "a limit of the automatic refill is reached, so the card is not charged until then; a key needs `wallet:read`",
            fields!(Paused: until),
        )
        .needing("wallet:read")],
    );
}
