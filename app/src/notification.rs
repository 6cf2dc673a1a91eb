//! The pages of notifications: what happened, whose move it is, and how it is mailed.

use market::notification::Notification;

pub mod actions;
pub mod choices;
pub mod list;
pub mod loaders;
pub mod unsubscribe;

/// Returns the address of the page that a notification is about: a job, the mandate of an agent, or what admins hid.
fn address(told: &Notification) -> Option<String> {
    let job = told.job_id.as_ref().map(crate::job::address);
    let agent = || told.agent_id.as_ref().map(crate::mandate::address);
    job.or_else(agent).or_else(|| told.place.page().map(str::to_owned))
}
