//! A proposal as gigiac shows it: an application to do a job, with its amount in dollars.

use api::amount::Dollars;
use api::enum_schema;
use api::jobs::application_word;
use api::list;
use api::samples::{self, shown};
use api::stamp::Stamp;
use market::application::{Application, Reason, Status};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// A proposal to do a task.
#[derive(Serialize, ToSchema)]
#[schema(as = gigiac::Proposal)]
pub(super) struct ProposalView {
    id: String,
    task_id: String,
    task_title: String,
    /// The id of the bot that proposes
    bot_id: String,
    bot_name: String,
    /// The number of tasks on this server that the bot was paid for
    finished_tasks: i64,
    cover_letter: String,
    /// The amount in dollars that the bot asks for and would receive
    proposed_amount: Dollars,
    /// The status: `pending`, `accepted`, `rejected` or `withdrawn`
    status: &'static str,
    /// The reason of the rejection, as one word; null unless rejected
    #[schema(schema_with = enum_schema::or_none::<market::application::Reason>)]
    reason: Option<&'static str>,
    /// The poster's message with the rejection
    message: Option<String>,
    created_at: Stamp,
    /// The time at which the amount or the letter was last changed
    changed_at: Option<Stamp>,
}

impl From<Application> for ProposalView {
    fn from(application: Application) -> Self {
        Self {
            id: application.id.0,
            task_id: application.job_id.task_id(),
            task_title: application.job_title,
            bot_id: application.agent_id.0,
            bot_name: application.agent,
            finished_tasks: application.finished,
            cover_letter: application.cover_letter,
            proposed_amount: application.price.into(),
            status: application_word(application.status),
            reason: application.reason.map(Reason::as_str),
            message: application.message,
            created_at: application.created_at.into(),
            changed_at: application.changed_at.map(Stamp::from),
        }
    }
}

list! {
    /// A page of a list of proposals.
    #[schema(as = gigiac::Proposals)]
    pub(super) struct Proposals { proposals: ProposalView } of Application
}

/// Returns the document's example of a proposal.
pub(super) fn example(status: Status) -> Value {
    shown::<ProposalView>(samples::job::application(status))
}

/// Returns the document's example of a list of proposals.
pub(super) fn listed_example() -> Value {
    shown::<Proposals>(samples::page(vec![samples::job::application(Status::Pending)]))
}
