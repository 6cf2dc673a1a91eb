//! Reviews: several proofers judge a delivery without seeing each other's verdicts, and the majority decides.
//!
//! A **seat** is a proofer's place in one **round**, which judges one version of the work. A **proof** is the seat's
//! verdict; it never changes. A round ends with a **consensus**. A proofer who is in time is paid, whatever the verdict.

mod consensus;
pub mod errors;
pub mod events;
mod settings;
mod submission;
mod view;

mod actions;
mod draft;
mod eligible;
mod few;
mod queries;
mod queue;
mod record;
mod round;
mod store;
mod trends;
mod unfunded;
mod verdict;

pub use actions::{Slots, accept, accept_all, change_settings, fund, unaccept};
pub use consensus::{Tally, consensus};
pub use draft::{Desk, draft, save_draft};
pub use eligible::may_proof;
pub(crate) use eligible::{must_be_eligible, must_be_strangers};
pub use few::TIMERS;
pub(crate) use few::watch;
use kernel::text_enum;
pub use queries::{assignments, needed, view};
pub(crate) use queries::{heard_by, may_see_peers};
pub use record::Review;
pub(crate) use record::{ReviewColumns, save};
pub(crate) use round::{begin, call, close_early, fall_back, resume, skip_review};
pub use settings::{Change, PROOFERS_MAX, Plan, ROUNDS_USUAL, Section, Settings};
pub(crate) use store::silent;
pub use submission::{Item, Judgement, SectionScore, Submission};
pub use trends::trends;
pub(crate) use unfunded::{free_unfunded, vacate};
pub(crate) use verdict::end_review;
pub use verdict::submit;
pub use view::{
    Assignment, Average, Coaching, Frequency, Point, ReviewToFill, ReviewView, Round, Seat, Summary, Trends, VerdictView, Viewer,
};

text_enum! {
    /// The verdict of a proofer, and the consensus of a round.
    Verdict {
        /// The work meets the brief.
        Approve = "approve",
        /// The work needs changes; the revision items say which.
        NeedsRevision = "needs_revision",
        /// The work does not meet the brief.
        Reject = "reject",
    }
}

text_enum! {
    /// The priority of a revision item.
    Priority {
        /// The work is unusable without the change.
        High = "high",
        /// The change should be made.
        Medium = "medium",
        /// The change is optional.
        Low = "low",
    }
}

text_enum! {
    /// The status of a seat.
    SeatStatus {
        /// Chosen; the fee is not held yet.
        Accepted = "accepted",
        /// The fee is held; the verdict is due.
        Funded = "funded",
        /// The verdict is in; the fee is paid when the round ends.
        Submitted = "submitted",
        /// Paid.
        Paid = "paid",
        /// Freed: the verdict did not come in time, or the round ended before the seat was funded.
        Freed = "freed",
    }
}
