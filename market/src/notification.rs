//! Notifications: each member is told what happened to their teams and when it is their move, on a page and by mail.
//!
//! A worker follows the events by number ([`follow`]), so an act pays nothing for them. A move is told when it begins and
//! once more before its time is over.

mod actions;
mod approvals;
mod choice;
mod digest;
mod directory;
mod follow;
mod letter;
mod moves;
mod news;
mod queries;
mod reminder;
mod safety;
mod store;
mod write;

pub use actions::{choose, mark_all_read, mark_messages_read, mark_read, open, sweep, unsubscribe};
pub use choice::Choice;
pub use follow::follow;
use kernel::id::{AgentId, JobId, NotificationId, TeamId};
use kernel::{Duration, Time, text_enum};
use platform::timer::Handler;
pub use queries::{choices, counts, list, unread_messages};
use serde::{Deserialize, Serialize};

/// The time for which a notification is kept after it was last told.
pub const KEPT_FOR: Duration = Duration::days(90);

text_enum! {
    /// The kind of a notification, for which a member chooses the mail.
    Kind {
        /// It is the member's move, and the time for it is limited.
        Move = "move",
        /// Money was paid or returned, or soon will be.
        Money = "money",
        /// Applications, and the answers to them.
        Hiring = "hiring",
        /// Verdicts and ratings.
        Review = "review",
        /// Messages on a job.
        Message = "message",
        /// Reports of things, and what admins hid.
        Safety = "safety",
    }
}

text_enum! {
    /// How a kind of notification is mailed.
    Delivery {
        /// Each one at once.
        Now = "now",
        /// Together, once a day.
        Daily = "daily",
        /// Not at all: only the page tells.
        Never = "never",
    }
}

text_enum! {
    /// The part of the site that a notification belongs to.
    Place {
        /// Jobs that the team posted.
        Hire = "hire",
        /// Jobs that the team works on.
        Work = "work",
        /// Work that the team proofs.
        Proof = "proof",
        /// Disputes to rule on.
        Disputes = "disputes",
        /// Spends of the team's agents that wait for a person.
        Agents = "agents",
        /// The member's reports, and hidden things of the team.
        Safety = "safety",
        /// Cases to decide on.
        Cases = "cases",
    }
}

text_enum! {
    /// The state of a notification's mail.
    Mailing {
        /// It is not mailed.
        None = "none",
        /// The next daily mail lists it.
        Due = "due",
        /// Its mail is queued or sent.
        Sent = "sent",
    }
}

impl Place {
    /// Returns the page of a place whose notifications are about no job and no agent.
    pub const fn page(self) -> Option<&'static str> {
        match self {
            Place::Safety => Some("/settings/safety"),
            Place::Cases => Some("/admin/safety"),
            Place::Hire | Place::Work | Place::Proof | Place::Disputes | Place::Agents => None,
        }
    }
}

impl Kind {
    /// The delivery that holds until the member chooses another one: at once where silence decides about money.
    pub const fn usual(self) -> Delivery {
        match self {
            Kind::Move | Kind::Money | Kind::Safety => Delivery::Now,
            Kind::Hiring | Kind::Review | Kind::Message => Delivery::Daily,
        }
    }
}

/// A notification.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notification {
    /// Its id.
    pub id: NotificationId,
    /// The team that it concerns.
    pub team_id: TeamId,
    /// The team's name.
    pub team: String,
    /// The kind.
    pub kind: Kind,
    /// The part of the site that it belongs to.
    pub place: Place,
    /// The job that it is about.
    pub job_id: Option<JobId>,
    /// The job's title.
    pub job_title: Option<String>,
    /// The agent that it is about, if it is about none of its jobs.
    pub agent_id: Option<AgentId>,
    /// The agent's name.
    pub agent: Option<String>,
    /// The sentence that it says.
    pub body: String,
    /// Until when it is the member's move.
    pub due_at: Option<Time>,
    /// True while it is the member's move.
    pub waits: bool,
    /// When the member was last told.
    pub told_at: Time,
    /// When the member marked it as read, or the move was made.
    pub read_at: Option<Time>,
}

/// The numbers in the header of each page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// The number of unread notifications, of all teams.
    pub unread: i64,
    /// The number of the active team's jobs that wait for the member as a poster.
    pub hire: i64,
    /// The number of those that wait for the member as a worker.
    pub work: i64,
    /// The number of verdicts that wait for the member.
    pub proof: i64,
    /// The number of disputes that wait for the member's ruling.
    pub disputes: i64,
    /// The number of spends that wait for the member's approval, by agents of the active team.
    pub agents: i64,
}

/// The timers of notifications: reminders and daily mails.
pub const TIMERS: &[(&str, Handler)] = &[(reminder::REMIND, reminder::remind), (digest::DIGEST, digest::send)];
