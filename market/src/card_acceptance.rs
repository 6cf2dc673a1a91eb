//! Card acceptances: a checkout pays for one acceptance. Once it is paid, the application is accepted and the escrow is funded in one
//! transaction; if the job moved on meanwhile, the money stays in the wallet and the payer is told.

use kernel::id::{ApplicationId, DepositId, JobId};
use kernel::{Money, text_enum};
use platform::timer::Handler;
use serde::{Deserialize, Serialize};

pub mod errors;
pub mod events;

mod actions;
mod complete;
mod store;
pub use actions::{Chosen, start};

/// The kind of the timer that completes an acceptance.
const COMPLETE: &str = "card_acceptance.complete";
/// The timers of card acceptances.
pub const TIMERS: &[(&str, Handler)] = &[(COMPLETE, complete::complete)];

text_enum! {
    /// The state of a card acceptance.
    State {
        /// It waits for its payment.
        Open = "open",
        /// The application is accepted and funded.
        Done = "done",
        /// The job had moved on; the money is in the wallet.
        Missed = "missed",
    }
}

/// An acceptance that a checkout pays for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardAcceptance {
    /// The checkout.
    pub deposit_id: DepositId,
    /// The job.
    pub job_id: JobId,
    /// The application.
    pub application_id: ApplicationId,
    /// The price that the payer agreed to.
    pub price: Money,
    /// The state.
    pub state: State,
}
