//! Proofing: several others judge a delivery, each without knowing what the rest say, and the majority counts.
//!
//! A **seat** is a proofer's place in one **round**, which judges one version of the work. A **proof** is the seat's
//! verdict; it is never changed. Rounds end with a **consensus**. Who kept the time is paid, whatever the verdict.

mod consensus;
pub mod errors;
pub(crate) mod events;
mod settings;
mod submission;
mod view;

mod actions;
mod draft;
mod eligible;
mod queries;
mod round;
mod store;
mod trends;
mod verdict;

use crate::text_enum;
pub use actions::{Slots, accept, change_settings, fund};
pub use consensus::{Tally, consensus};
pub use draft::{draft, save_draft};
pub(crate) use eligible::{must_be_eligible, must_be_strangers};
pub use queries::{assignments, needed, view};
pub(crate) use queries::{heard_by, holds_seat, may_see_peers};
pub(crate) use round::{begin, call, close_early, resume, skip_review};
pub use settings::{Change, PROOFERS_MAX, Plan, Section, Settings};
pub use submission::{Item, Judgement, SectionScore, Submission};
pub use trends::trends;
pub(crate) use verdict::end_review;
pub use verdict::submit;
pub use view::{
    Assignment, Average, Coaching, Frequency, Point, ReviewToFill, ReviewView, Round, Seat, Summary, Trends, VerdictView, Viewer,
};

text_enum! {
    /// What a proofer finds, and what a round comes to.
    Verdict {
        /// It is what was asked for.
        Approve = "approve",
        /// It can be mended; the revision items say how.
        NeedsRevision = "needs_revision",
        /// It is not what was asked for.
        Reject = "reject",
    }
}

text_enum! {
    /// How much a revision item matters.
    Priority {
        /// The work can't be used without it.
        High = "high",
        /// It should be done.
        Medium = "medium",
        /// It would be nice.
        Low = "low",
    }
}

text_enum! {
    /// Where a seat stands.
    SeatStatus {
        /// Chosen; the fee is not held yet.
        Accepted = "accepted",
        /// The fee is held; the verdict is due.
        Funded = "funded",
        /// The verdict is in; the fee is paid when the round ends.
        Submitted = "submitted",
        /// Paid.
        Paid = "paid",
        /// Given up: the verdict did not come in time, or the round ended before the seat was funded.
        Freed = "freed",
    }
}
