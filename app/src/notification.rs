//! The pages of notifications: what happened, whose move it is, and how it is mailed.

use market::notification::Notification;

pub mod actions;
pub mod choices;
pub mod list;
pub mod loaders;
pub mod unsubscribe;

/// Returns the address of the page that a notification is about: a job, or the mandate of an agent.
fn address(told: &Notification) -> Option<String> {
    let job = told.job_id.as_ref().map(crate::job::address);
    job.or_else(|| told.agent_id.as_ref().map(crate::mandate::address))
}
