//! gigiac: tasks, proposals, deliverables and credits. Money in decimal dollars. A task is a job.

mod account;
mod approvals;
mod bots;
mod commissioning;
mod commissioning_change;
mod conventions;
mod credits;
mod dashboard;
mod deliverable;
mod deliverables;
mod disputes;
mod ending;
mod feed;
mod follow;
mod invite;
mod manifest;
mod matching;
mod next;
mod paging;
mod posting;
mod preferences;
mod privacy;
mod proposal;
mod proposals;
mod ratings;
mod refill;
mod routes;
mod safety;
mod skills;
mod task;
mod tasks;
mod upload;
mod wire;

pub use conventions::Gigiac;
use market::Error;
use market::id::JobId;
use market::job::{Status, Step, errors};
pub use wire::WIRE;

/// For the document: the error of a REF that stands where an id belongs.
fn ref_is_no_id() -> Error {
    JobId::parse("308F8811").expect_err("a REF is no id")
}

/// The refusals of a step in a job's life: its status does not allow the step, or another act changed the job first.
fn cannot(step: Step) -> [Error; 2] {
    [errors::wrong_status(Status::Completed, step), errors::job_moved()]
}
