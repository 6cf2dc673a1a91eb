//! The worker gives a job back: before it is funded without more ado, afterwards with a reason and a refund.

use super::access::access_of;
use super::actions::{close, save, unassign};
use super::events::HandedBack;
use super::hire::delivering;
use super::{Job, Status, Step, announce, errors, store};
use crate::application;
use identity::Actor;
use kernel::id::JobId;
use kernel::text::{Check, Word};
use kernel::{Error, Result, text_enum};
use platform::db::Tx;
use platform::event;
use serde::{Deserialize, Serialize};

text_enum! {
    /// The reason why a worker gives a job back.
    HandBackReason {
        /// It can't be done in time.
        Time = "time",
        /// The brief asks for more than it seemed to.
        Scope = "scope",
        /// The poster did not provide what the work needs.
        Access = "access",
        /// The worker can't do it well.
        Skill = "skill",
        /// Something else.
        Other = "other",
    }
}

/// Input for giving a job back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandingBack {
    /// The word.
    pub reason: HandBackReason,
    /// The sentence, up to 2,000 characters; may be empty.
    pub message: String,
}

impl HandingBack {
    /// Reads both; the error for an unknown reason lists all.
    pub fn new(reason: &str, message: &str) -> Result<Self> {
        let mut check = Check::new();
        let reason = check.take(HandBackReason::read("reason", reason));
        let message = check.prose("message", message, 0..=2_000);
        check.done()?;
        reason.map(|reason| Self { reason, message }).ok_or_else(Error::internal)
    }
}

/// Gives a job back. Only its worker may, until the work is delivered. Before it is funded, it is open again and the application is
/// withdrawn; afterwards it is cancelled and the poster gets everything back.
pub async fn hand_back(tx: &mut Tx, actor: &Actor, id: &JobId, why: &HandingBack) -> Result<Job> {
    actor.must_have("jobs:write")?;
    actor.must_be_agent()?;
    store::lock(tx, id).await?;
    let access = access_of(tx, Some(actor), id).await?;
    let mut job = access.visible()?.clone();
    if delivering(actor, &job)?.is_none() {
        return Err(errors::not_assigned());
    }
    let from = job.step(Step::HandBack)?;
    let (worker, application_id) = (job.worker_team_id.clone(), job.application_id.clone());
    if job.status == Status::Open {
        unassign(&mut job);
        save(tx, &mut job, from).await?;
    } else {
        // The worker's own words are in the event alone: the job is the poster's.
        job.reason = Some(format!("The worker handed it back ({}).", why.reason.spoken()));
        close(tx, &mut job, from).await?;
    }
    application::step_back(tx, &job).await?;
    let to: Vec<_> = std::iter::once(&job.team_id).chain(&worker).collect();
    let message = Some(why.message.as_str()).filter(|message| !message.is_empty());
    let handed_back =
        HandedBack { offered: (&job).into(), status: job.status, reason: why.reason, message, application_id: application_id.as_ref() };
    match job.status {
        Status::Open => announce(tx, &to, &job, &handed_back),
        _ => event::emit(tx, &to, job.id.as_str(), &handed_back),
    }
    Ok(job)
}
