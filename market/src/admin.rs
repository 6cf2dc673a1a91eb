//! The console of the server's admins: members, jobs, the ledger and timers that failed. Only an admin in person reads and acts here;
//! for everybody else there is no such page. The server's audit log has what an admin does.

use kernel::id::{JobId, MemberId, RoleId, TeamId};
use kernel::{Money, Time};
use platform::timer::FailedTimer;
use serde::{Deserialize, Serialize};
use work::job::Status;

pub mod events;

mod actions;
mod queries;
mod store;
pub use actions::try_again;
pub use queries::{check_ledger, failed_timers, job_list, member, member_list, refused_news};

/// The items of a page.
pub const PAGE: usize = 50;
/// The jobs on the page of a member.
pub const JOBS_SHOWN: i64 = 20;

/// A part of a list, which goes on after its last item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed<T> {
    /// The items.
    pub items: Vec<T>,
    /// True if others follow.
    pub has_more: bool,
}

impl<T> Listed<T> {
    /// Creates it from one item more than a page has, if there are that many.
    fn of(mut items: Vec<T>) -> Self {
        let has_more = items.len() > PAGE;
        items.truncate(PAGE);
        Self { items, has_more }
    }
}

/// A member in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberLine {
    /// The id.
    pub id: MemberId,
    /// The name.
    pub name: String,
    /// The email address.
    pub email: String,
    /// True for an admin.
    pub is_admin: bool,
    /// When the address was verified.
    pub verified_at: Option<Time>,
    /// When the member was suspended, or closed the account.
    pub suspended_at: Option<Time>,
    /// When the account is deleted that the member closed.
    pub deletion_at: Option<Time>,
    /// When the account was deleted.
    pub erased_at: Option<Time>,
    /// When they signed up.
    pub created_at: Time,
}

/// A team of a member, with its money.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamLine {
    /// The id.
    pub id: TeamId,
    /// The name.
    pub name: String,
    /// The member's role in it: a built-in role's id or one of the team's own.
    pub role_id: RoleId,
    /// The plan.
    pub plan: String,
    /// The available balance.
    pub available: Money,
    /// The money that is put aside for jobs.
    pub reserved: Money,
}

/// A job in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobLine {
    /// The id.
    pub id: JobId,
    /// The title.
    pub title: String,
    /// The status.
    pub status: Status,
    /// The poster's name.
    pub poster: String,
    /// The worker's name, once one was chosen.
    pub worker: Option<String>,
    /// The agreed price, or the most that the poster offers.
    pub amount: Money,
    /// When it was posted.
    pub created_at: Time,
}

/// All that the console shows of a member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberPage {
    /// The member.
    pub member: MemberLine,
    /// The reason of the suspension.
    pub suspended_for: Option<String>,
    /// The member's teams.
    pub teams: Vec<TeamLine>,
    /// The newest jobs that these teams posted or do, at most [`JOBS_SHOWN`].
    pub jobs: Vec<JobLine>,
    /// The number of browsers that are signed in.
    pub sessions: i64,
    /// The number of API keys that work.
    pub keys: i64,
    /// True if signing in asks for a code.
    pub has_second_factor: bool,
}

/// The timers that failed for good.
pub type FailedTimers = Listed<FailedTimer>;
