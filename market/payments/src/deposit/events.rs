//! The events of deposits.

use crate::amount_event::amount_event;
use kernel::Money;
use platform::event::{EventType, Spec};
use serde::Serialize;

/// The specs of deposits' events.
pub const SPECS: &[Spec] =
    &[Started::SPEC, Processing::SPEC, Paid::SPEC, Failed::SPEC, Cancelled::SPEC, Expired::SPEC, Reversed::SPEC, Restored::SPEC];

/// A checkout was opened.
#[derive(Serialize)]
pub(crate) struct Started {
    pub(crate) amount: Money,
}

impl EventType for Started {
    const SPEC: Spec = Spec::internal("deposit.started");
}

amount_event!(Paid, "deposit.paid", "money arrived in your wallet", "A deposit was paid.");
amount_event!(Processing, "deposit.processing", "a bank was asked for a deposit, which takes days", "A bank was asked for the money.");
amount_event!(Failed, "deposit.failed", "a bank did not pay a deposit", "A bank did not pay.");
amount_event!(
    Reversed,
    "deposit.reversed",
    "a paid deposit was refunded or disputed, and the money is taken back",
    "Money was taken back."
);
amount_event!(
    Restored,
    "deposit.restored",
    "money of a deposit that was taken back is in your wallet again",
    "Money that was taken back came again."
);

/// A checkout was cancelled.
#[derive(Serialize)]
pub(crate) struct Cancelled {}

impl EventType for Cancelled {
    const SPEC: Spec = Spec::internal("deposit.cancelled");
}

/// A checkout expired.
#[derive(Serialize)]
pub(crate) struct Expired {}

impl EventType for Expired {
    const SPEC: Spec = Spec::internal("deposit.expired");
}
