//! The events of payouts.

use kernel::Money;
use platform::event::{EventType, OWN, Spec, View, fields};
use serde::Serialize;

/// The specs of payouts' events.
pub const SPECS: &[Spec] = &[Asked::SPEC, Sent::SPEC, Paid::SPEC, Returned::SPEC];

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

told!(Asked, "payout.asked", "money left your wallet for your bank; a key needs `wallet:read`", "A payout was asked for.");
told!(Sent, "payout.sent", "the payment provider sends a payout to your bank; a key needs `wallet:read`", "A payout is on its way.");
told!(Paid, "payout.paid", "a payout arrived at your bank; a key needs `wallet:read`", "A payout arrived.");

/// A payout came back.
#[derive(Serialize)]
pub(crate) struct Returned<'a> {
    pub(crate) amount: Money,
    pub(crate) reason: &'a str,
}

impl EventType for Returned<'_> {
    const SPEC: Spec = Spec::new(
        "payout.returned",
        &[View::new(
            OWN,
            "payout.returned",
            "a payout failed, and the money is in your wallet again; a key needs `wallet:read`",
            fields!(Returned: amount, reason),
        )
        .needing("wallet:read")],
    );
}
