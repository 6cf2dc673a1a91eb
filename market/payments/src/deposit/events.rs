//! The events of deposits.

use kernel::Money;
use platform::event::{EventType, OWN, Spec, View, fields};
use serde::Serialize;

/// The specs of deposits' events.
pub const SPECS: &[Spec] =
    &[Started::SPEC, Processing::SPEC, Paid::SPEC, Failed::SPEC, Cancelled::SPEC, Expired::SPEC, Reversed::SPEC, Restored::SPEC];

/// Declares an event about an amount, which the team's own readers of the wallet receive.
macro_rules! told {
    ($name:ident, $type:literal, $says:literal, $doc:literal) => {
        #[doc = $doc]
        #[derive(Serialize)]
        pub(crate) struct $name {
            pub(crate) amount: Money,
        }

        impl EventType for $name {
            const SPEC: Spec = Spec::new($type, &[View::new(OWN, $type, $says, fields!($name: amount)).needing("wallet:read")]);
        }
    };
}

/// A checkout was opened.
#[derive(Serialize)]
pub(crate) struct Started {
    pub(crate) amount: Money,
}

impl EventType for Started {
    const SPEC: Spec = Spec::internal("deposit.started");
}

told!(Paid, "deposit.paid", "money arrived in your wallet; a key needs `wallet:read`", "A deposit was paid.");
told!(
    Processing,
    "deposit.processing",
    "a bank was asked for a deposit, which takes days; a key needs `wallet:read`",
    "A bank was asked for the money."
);
told!(Failed, "deposit.failed", "a bank did not pay a deposit; a key needs `wallet:read`", "A bank did not pay.");
told!(
    Reversed,
    "deposit.reversed",
    "a paid deposit was refunded or disputed, and the money is taken back; a key needs `wallet:read`",
    "Money was taken back."
);
told!(
    Restored,
    "deposit.restored",
    "money of a deposit that was taken back is in your wallet again; a key needs `wallet:read`",
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
