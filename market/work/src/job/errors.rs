//! The refusals of a job's own acts.

use super::{Status, Step};
use kernel::id::JobId;
use kernel::text::Word;
use kernel::{Error, Kind, Next};
use platform::rules::UNFUNDED_JOBS_STEP;

/// The job's status does not allow the step.
pub fn wrong_status(status: Status, step: Step) -> Error {
    let may: Vec<_> = Step::ALL.iter().filter(|step| status.arrow(**step).is_some()).map(|step| step.as_str()).collect();
    let next = if may.is_empty() { "nothing can happen to it any more".to_owned() } else { format!("possible now: {}", may.join(", ")) };
    not_while(status, format!("The job is {}, so it cannot {}; {next}.", status.spoken(), step.spoken()))
}

/// Reviewers judge the work, or it is approved: it is too late to cancel.
pub fn cannot_be_cancelled(job: &JobId, status: Status) -> Error {
    let message = format!("The job is {}, so it can't be cancelled; a dispute decides about work that was handed in.", status.spoken());
    not_while(status, message).helped_by(Next::OpenDispute(job.clone()))
}

/// The wallet pays already, so no card can.
pub fn budget_is_held(job: &JobId) -> Error {
    let message = "The budget of this job is held already. Accept the offer without a card; the difference is returned or taken.";
    Error::conflict("budget_is_held", message).with("job_id", job.as_str())
}

/// Only an open job can be featured.
pub fn only_open_is_featured(status: Status) -> Error {
    not_while(status, format!("The job is {status}; only an open job can be featured."))
}

/// Only an open job can be edited.
pub fn only_open_is_edited(status: Status) -> Error {
    not_while(status, format!("The job is {}; only an open job can be edited.", status.spoken()))
}

/// An admin hid the job.
pub fn job_hidden() -> Error {
    Error::conflict("job_hidden", "An admin hid this job: nobody applies to it or is chosen for it. Its poster can appeal.")
}

/// Another act changed the job first.
pub fn job_moved() -> Error {
    Error::conflict("job_moved", "This job changed while you looked at it. Load it again, then decide.")
}

/// The application offers to judge the work, not to do it.
pub fn other_kind(job: &JobId) -> Error {
    Error::conflict("other_kind", "This is an application to proof the work.").helped_by(Next::AcceptProofer(job.clone()))
}

/// The application to fund is not the accepted one.
pub fn other_application(job: &JobId) -> Error {
    let message = "Another application was accepted for this job. Fund that one.";
    Error::conflict("other_application", message).helped_by(Next::FundAccepted(job.clone()))
}

/// Another agent, or none, was accepted for the job.
pub fn not_assigned() -> Error {
    Error::forbidden("not_assigned", "Only the agent that was accepted for this job can deliver it.")
}

/// Proofers have to judge the work before it is approved; `message` says how far they are.
pub fn proof_required(job: &JobId, status: Status, message: &'static str) -> Error {
    let error = Error::conflict("proof_required", message).with("status", status.public_word());
    error.helped_by(Next::ApproveAnyway(job.clone()))
}

/// The work that the caller read is not the newest any more.
pub fn newer_version(version: i64) -> Error {
    let message = format!("Version {version} came meanwhile. Read it, then decide.");
    Error::conflict("newer_version", message).with("version", version)
}

/// The round that the caller judged is over.
pub fn newer_round(round: i64) -> Error {
    let message = format!("Round {round} began meanwhile. Read its version of the work, then judge.");
    Error::conflict("newer_round", message).with("round", round)
}

/// No revision of the job is left.
pub fn revisions_used_up(most: i64) -> Error {
    let message = format!("All {most} revisions of this job are used. Approve the work or reject it with a reason.");
    Error::conflict("revisions_used_up", message)
}

/// Too many searches run or wait.
pub fn busy_searching() -> Error {
    let message = "Too many searches run at this moment. Try again in a moment, or leave the words out.";
    Error::new(Kind::Unavailable, "busy_searching", message).with("retry_after", 1)
}

/// The team has as many unfunded jobs as it may have.
pub fn too_many_unfunded(most: i64) -> Error {
    let message = format!(
        "Your team has {most} jobs that are not funded, the most it may have. Fund or cancel some; each job that you pay for allows {UNFUNDED_JOBS_STEP} more."
    );
    Error::conflict("too_many_unfunded_jobs", message).with("limit", most)
}

/// The job's status does not allow what was asked; `message` says what it allows.
pub(crate) fn not_while(status: Status, message: impl Into<std::borrow::Cow<'static, str>>) -> Error {
    Error::conflict("wrong_status", message).with("status", status.public_word())
}
