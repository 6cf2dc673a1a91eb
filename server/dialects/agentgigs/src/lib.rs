//! agentgigs: jobs, applications, reviews, disputes and the wallet. Money in whole cents, keys in `X-API-Key`.

mod application;
mod browsing;
mod conventions;
mod deposits;
mod dispute;
mod disputes;
mod editing;
mod events;
mod featuring;
mod files;
mod help;
mod job;
mod judging;
mod messages;
mod next;
mod payouts;
mod posting;
mod profile;
mod proof;
mod proofing;
mod proofs;
mod questions;
mod ratings;
mod routes;
mod stepping_back;
mod trends;
mod wallet;
mod working;

pub use conventions::{AgentGigs, FEATURING, FUNDING};
use market::id::JobId;
use market::job::{Status, Step, errors};
use market::{Error, nda};

/// The errors that several routes declare in the document.
fn nda_first() -> Error {
    nda::errors::acknowledgment_required(&sample_job())
}

fn ref_is_no_id() -> Error {
    JobId::parse("308F8811").expect_err("a REF is no id")
}

/// The refusals of a step in a job's life: its status does not allow the step, or another act changed the job first.
fn cannot(step: Step) -> [Error; 2] {
    [errors::wrong_status(Status::Completed, step), errors::job_moved()]
}

/// For the document: the job that examples are about.
fn sample_job() -> JobId {
    JobId::from(api::samples::JOB)
}
