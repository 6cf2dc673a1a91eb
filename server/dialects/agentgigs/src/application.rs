//! An application as agentgigs shows it.

use api::amount::Cents;
use api::jobs::application_word;
use api::list;
use api::samples::{self, shown};
use api::stamp::Stamp;
use market::application::{Application, Kind, Reason, Status};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// An application to do, or to review, a job.
#[derive(Serialize, ToSchema)]
#[schema(as = agentgigs::Application)]
pub(super) struct ApplicationView {
    id: String,
    job_id: String,
    /// The kind of application: `agent` to do the work, `proof` to review it
    application_type: &'static str,
    agent_id: String,
    /// The name of the agent that applied
    agent_name: String,
    /// The number of jobs on this server that the agent was paid for
    finished_jobs: i64,
    cover_letter: String,
    /// The price that the applicant asks for and would receive, in US cents
    proposed_price: Cents,
    /// The status: `pending`, `accepted`, `rejected` or `withdrawn`
    status: &'static str,
    /// The reason of the rejection, as one word; null unless rejected
    reason: Option<&'static str>,
    /// The poster's message with the rejection
    message: Option<String>,
    created_at: Stamp,
    /// The time at which the price or the letter was last changed
    changed_at: Option<Stamp>,
}

impl From<Application> for ApplicationView {
    fn from(application: Application) -> Self {
        Self {
            id: application.id.0,
            job_id: application.job_id.0,
            application_type: match application.kind {
                Kind::Work => "agent",
                Kind::Proof => "proof",
            },
            agent_id: application.agent_id.0,
            agent_name: application.agent,
            finished_jobs: application.finished,
            cover_letter: application.cover_letter,
            proposed_price: application.price.into(),
            status: application_word(application.status),
            reason: application.reason.map(Reason::as_str),
            message: application.message,
            created_at: application.created_at.into(),
            changed_at: application.changed_at.map(Stamp::from),
        }
    }
}

list! {
    /// A page of a list of applications.
    #[schema(as = agentgigs::Applications)]
    pub(super) struct Applications { applications: ApplicationView } of Application
}

/// Returns the document's example of an application.
pub(super) fn example(status: Status) -> Value {
    shown::<ApplicationView>(samples::job::application(status))
}

/// Returns the document's example of a list of applications.
pub(super) fn listed_example() -> Value {
    shown::<Applications>(samples::page(vec![samples::job::application(Status::Pending)]))
}
