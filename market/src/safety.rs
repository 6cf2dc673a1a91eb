//! Safety: members report public things, admins hide them or not, owners appeal, and reporters hear of the decision.
//!
//! Reports of one thing join its case. A hidden thing is read by its owner's team, by the sides of its job and by admins; work and money
//! go on by their rules.

use kernel::id::{CaseId, JobId, MemberId, ReportId, TeamId};
use kernel::text::Check;
use kernel::{Duration, Page, Result, Time, text_enum};
use serde::{Deserialize, Serialize};

pub mod errors;
pub mod events;

mod appealing;
mod deciding;
mod queries;
mod reporting;
mod store;
mod subject;
pub use appealing::appeal;
pub use deciding::{TIMERS, decide};
pub use queries::{case, mine, of_team, queue, target};
pub use reporting::report;
pub(crate) use store::reporters;

/// The most characters of the details of a report.
pub const DETAILS_MAX: usize = 2_000;
/// The most characters of an appeal.
pub const APPEAL_MAX: usize = 2_000;
/// The most characters of the reason of a decision.
pub const REASON_MAX: usize = 500;
/// The most reports of one member that wait for a decision.
pub const WAITING_MAX: i64 = 20;
/// The most reports of one case: more tell an admin nothing new.
pub const REPORTS_MAX: i64 = 200;
/// The time after the hiding in which the owner can appeal.
pub const APPEAL_WINDOW: Duration = Duration::days(30);
/// The time in which admins decide; then a report is dismissed, and an appeal granted.
pub const DECISION_WINDOW: Duration = Duration::days(30);

text_enum! {
    /// The kind of a thing that can be reported.
    SubjectKind {
        /// A job.
        Job = "job",
        /// An agent, by its profile.
        Agent = "agent",
        /// A question on a job, with its answer.
        Question = "question",
        /// The comment of a rating.
        Rating = "rating",
    }
}

text_enum! {
    /// The reason of a report.
    Reason {
        /// Advertising, or the same thing again and again.
        Spam = "spam",
        /// A fraud.
        Scam = "scam",
        /// Against the law.
        Illegal = "illegal",
        /// An attack on somebody.
        Harassment = "harassment",
        /// Somebody's private data.
        PersonalData = "personal_data",
        /// A danger to people or systems.
        Unsafe = "unsafe",
        /// Somebody else's work.
        Copyright = "copyright",
        /// Anything else; the details say it.
        Other = "other",
    }
}

text_enum! {
    /// The status of a case.
    Status {
        /// It waits for a decision.
        Open = "open",
        /// The thing stays as it is.
        Dismissed = "dismissed",
        /// The thing is hidden, and its owner can appeal.
        Hidden = "hidden",
        /// The thing is hidden, and the appeal waits for a decision.
        Appealed = "appealed",
        /// The appeal was turned down; the thing stays hidden.
        Upheld = "upheld",
        /// The thing is shown again.
        Restored = "restored",
    }
}

text_enum! {
    /// A step of a case.
    Step {
        /// Hide the thing.
        Hide = "hide",
        /// Leave the thing as it is.
        Dismiss = "dismiss",
        /// Ask for a second decision; the owner's step.
        Appeal = "appeal",
        /// Turn the appeal down.
        Uphold = "uphold",
        /// Show the thing again.
        Restore = "restore",
    }
}

text_enum! {
    /// The outcome of a report, as its author learns it.
    Outcome {
        /// No admin has decided.
        Open = "open",
        /// The thing is hidden.
        Hidden = "hidden",
        /// The thing stays.
        Dismissed = "dismissed",
        /// The thing was hidden, and is shown again.
        Restored = "restored",
    }
}

/// A thing that is or can be reported, as an admin reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// Its owner.
    pub team_id: TeamId,
    /// The owner's name.
    pub owner: String,
    /// Its title: the job's, or the agent's name.
    pub title: String,
    /// Its words.
    pub text: String,
    /// More of its words: the brief unless it is confidential, or the answer; it may be empty.
    pub more: String,
    /// The job that it belongs to.
    pub job_id: Option<JobId>,
    /// True if an admin hid it.
    pub is_hidden: bool,
    /// True if others than its owner can read it by now.
    pub is_public: bool,
}

/// A thing that a member is about to report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// The kind.
    pub kind: SubjectKind,
    /// The words by which the member knows it: a title or name, or what was asked or said.
    pub words: String,
}

/// Input for a report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// A word of [`SubjectKind`].
    pub target_type: String,
    /// The id of the thing.
    pub target_id: String,
    /// A word of [`Reason`].
    pub reason: String,
    /// Up to 2,000 characters; `other` needs some.
    pub details: String,
}

/// A report, as its author reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Its id.
    pub id: ReportId,
    /// The kind of the thing.
    pub subject_kind: SubjectKind,
    /// The id of the thing.
    pub subject_id: String,
    /// The reason.
    pub reason: Reason,
    /// The details, which may be empty.
    pub details: String,
    /// The outcome.
    pub outcome: Outcome,
    /// When it was made.
    pub created_at: Time,
    /// When an admin last decided.
    pub decided_at: Option<Time>,
}

/// A report, as an admin reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reported {
    /// Its id.
    pub id: ReportId,
    /// The author.
    pub member_id: MemberId,
    /// The author's name.
    pub member: String,
    /// The reason.
    pub reason: Reason,
    /// The details, which may be empty.
    pub details: String,
    /// When it was made.
    pub created_at: Time,
}

/// A case: all reports of one thing until a decision, and what follows from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Its id.
    pub id: CaseId,
    /// The kind of the thing.
    pub subject_kind: SubjectKind,
    /// The id of the thing.
    pub subject_id: String,
    /// The owner of the thing.
    pub team_id: TeamId,
    /// The owner's name.
    pub owner: String,
    /// The title of the thing: the job's, or the agent's name.
    pub title: String,
    /// The job that it belongs to.
    pub job_id: Option<JobId>,
    /// The status.
    pub status: Status,
    /// The number of reports.
    pub reports: i64,
    /// The reason of the last decision.
    pub reason: Option<String>,
    /// When it was made.
    pub decided_at: Option<Time>,
    /// When the thing was hidden.
    pub hidden_at: Option<Time>,
    /// The owner's appeal.
    pub appeal: Option<String>,
    /// When the owner appealed.
    pub appealed_at: Option<Time>,
    /// When the default outcome happens: a report is dismissed, an appeal granted.
    pub due_at: Option<Time>,
    /// When it was opened.
    pub created_at: Time,
}

/// A case with all that an admin needs to decide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseFile {
    /// The case.
    pub case: Case,
    /// The thing.
    pub subject: Subject,
    /// A page of the reports, the oldest first.
    pub reports: Page<Reported>,
    /// True if the admin belongs to the owner's team, so that another one decides.
    pub is_own: bool,
}

/// Input for an admin's decision.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// A word of [`Step`].
    pub decision: String,
    /// 3 to 500 characters.
    pub reason: String,
}

impl SubjectKind {
    /// Returns the noun of a sentence about the thing.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Job => "job",
            Self::Agent => "agent",
            Self::Question => "question",
            Self::Rating => "rating",
        }
    }

    /// Returns the scope that an appeal for such a thing needs.
    pub(crate) const fn scope(self) -> &'static str {
        match self {
            Self::Agent => "agents:write",
            Self::Job | Self::Question | Self::Rating => "jobs:write",
        }
    }
}

impl Status {
    /// Returns the status after a step; none if the step is not possible.
    pub const fn after(self, step: Step) -> Option<Status> {
        match (self, step) {
            (Status::Open, Step::Hide) => Some(Status::Hidden),
            (Status::Open, Step::Dismiss) => Some(Status::Dismissed),
            (Status::Hidden, Step::Appeal) => Some(Status::Appealed),
            (Status::Appealed, Step::Uphold) => Some(Status::Upheld),
            (Status::Hidden | Status::Appealed | Status::Upheld, Step::Restore) => Some(Status::Restored),
            _ => None,
        }
    }

    /// Returns the steps of admins that are possible.
    pub fn decisions(self) -> impl Iterator<Item = Step> {
        Step::ALL.iter().copied().filter(move |&step| step != Step::Appeal && self.after(step).is_some())
    }

    /// Returns true if an admin has to decide.
    pub const fn waits(self) -> bool {
        matches!(self, Status::Open | Status::Appealed)
    }

    /// Returns true if nothing follows any more; another report of the thing opens another case.
    pub const fn is_closed(self) -> bool {
        matches!(self, Status::Dismissed | Status::Restored)
    }
}

impl Case {
    /// Returns the end of the time in which the owner can appeal; none if there is no appeal to make.
    pub fn appeal_until(&self) -> Option<Time> {
        self.hidden_at.filter(|_| self.status == Status::Hidden).map(|at| at.after(APPEAL_WINDOW))
    }
}

impl Draft {
    /// Checks all fields.
    fn check(&self) -> Result<(SubjectKind, Reason, String)> {
        use kernel::text::Word;
        let mut check = Check::new();
        let kind = check.take(SubjectKind::read("target_type", &self.target_type));
        let reason = check.take(Reason::read("reason", &self.reason));
        let details = check.prose("details", &self.details, 0..=DETAILS_MAX);
        if reason == Some(Reason::Other) && details.is_empty() {
            check.wrong("details", "The reason is other; say what is wrong.");
        }
        check.done()?;
        let (Some(kind), Some(reason)) = (kind, reason) else { return Err(kernel::Error::internal()) };
        Ok((kind, reason, details))
    }
}

impl Decision {
    /// Checks both fields.
    fn check(&self) -> Result<(Step, String)> {
        let mut check = Check::new();
        let step = Step::parse(&self.decision).filter(|&step| step != Step::Appeal);
        if step.is_none() {
            check.wrong("decision", "It must be hide, dismiss, uphold or restore.");
        }
        let reason = check.line("reason", &self.reason, 3..=REASON_MAX);
        check.done()?;
        Ok((step.ok_or_else(kernel::Error::internal)?, reason))
    }
}

#[cfg(test)]
mod tests;
