//! Approvals: a person allows, or denies, one spend above the amount from which the mandate of an agent asks.
//!
//! The spend itself is refused and changes nothing; [`ask`] keeps the request afterwards, in a transaction of its own. Once it is
//! approved, the same request goes through, once, within a day.

use kernel::id::{AgentId, ApprovalId, JobId, KeyId, MemberId, TeamId};
use kernel::{Duration, Money, Time, text_enum};
use serde::{Deserialize, Serialize};

mod actions;
pub mod errors;
pub mod events;
mod letter;
mod queries;
mod store;
pub use actions::{TIMERS, approve, ask, deny, sweep};
pub(crate) use actions::{denied, take};
pub use queries::{list, show};

/// The time for which a request waits, for which an approval can be used, and for which a denial holds.
pub const LIFE: Duration = Duration::hours(24);
/// The most requests of one agent that wait at a time.
pub const WAITING_MAX: i64 = 20;
/// The time for which an approval is kept after its end.
pub const KEPT: Duration = Duration::days(90);
/// The kind of the timer that ends a request or an approval.
pub const LAPSE: &str = "approval.lapse";

text_enum! {
    /// The state of an approval.
    Status {
        /// It waits for a person.
        Pending = "pending",
        /// A person allowed it; it was not used yet.
        Approved = "approved",
        /// A person denied it.
        Denied = "denied",
        /// The spend went through.
        Used = "used",
        /// Its time passed.
        Lapsed = "lapsed",
    }
}

/// A request to approve one spend, and the answer to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// Its id.
    pub id: ApprovalId,
    /// The team whose money it is.
    pub team_id: TeamId,
    /// The agent that would spend.
    pub agent_id: AgentId,
    /// The agent's name.
    pub agent: String,
    /// The job; none for one that is not posted yet.
    pub job_id: Option<JobId>,
    /// The act, a word of [`Act`](crate::mandate::Act).
    pub act: crate::mandate::Act,
    /// The job's title.
    pub title: String,
    /// The job's category.
    pub category: String,
    /// The most that is spent.
    pub amount: Money,
    /// The state.
    pub status: Status,
    /// When it was asked for.
    pub asked_at: Time,
    /// The key that asked.
    pub key_id: Option<KeyId>,
    /// When the request, or the approval, ends.
    pub expires_at: Time,
    /// The member who decided.
    pub decided_by: Option<MemberId>,
    /// When.
    pub decided_at: Option<Time>,
}
