//! The events of deposits.

use kernel::Money;
use platform::event::{EventType, OWN, Spec, View, fields};
use serde::Serialize;

/// The specs of deposits' events.
pub const SPECS: &[Spec] = &[Started::SPEC, Paid::SPEC, Cancelled::SPEC, Expired::SPEC];

/// A checkout was opened.
#[derive(Serialize)]
pub(crate) struct Started {
    pub(crate) amount: Money,
}

impl EventType for Started {
    const SPEC: Spec = Spec::internal("deposit.started");
}

/// A checkout was paid.
#[derive(Serialize)]
pub(crate) struct Paid {
    pub(crate) amount: Money,
}

impl EventType for Paid {
    const SPEC: Spec = Spec::new(
        "deposit.paid",
        &[View::new(OWN, "deposit.paid", "money arrived in your wallet; a key needs `wallet:read`", fields!(Paid: amount))
            .needing("wallet:read")],
    );
}

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
