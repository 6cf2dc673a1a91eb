//! The events of payouts.

use crate::amount_event::amount_event;
use kernel::Money;
use platform::event::{EventType, OWN, Spec, View, fields};
use serde::Serialize;

/// The specs of payouts' events.
pub const SPECS: &[Spec] = &[Asked::SPEC, Sent::SPEC, Paid::SPEC, Reversed::SPEC, Returned::SPEC];

amount_event!(Asked, "payout.asked", "money left your wallet for your bank", "A payout was asked for.");
amount_event!(Sent, "payout.sent", "the payment provider sends a payout to your bank", "A payout is on its way.");
amount_event!(Paid, "payout.paid", "a payout arrived at your bank", "A payout arrived.");

amount_event!(
    Reversed,
    "payout.reversed",
    "the operator took a part of a payout back, and it is in your wallet again; the rest goes to your bank",
    "A part of a payout came back."
);

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
