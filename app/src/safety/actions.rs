//! The form actions of safety: each calls one act of the market.

use super::{OWN, QUEUE};
use crate::act::act;
use crate::fault::Fault;
use leptos::prelude::*;
use market::id::CaseId;
use market::safety::{self, Decision, Draft, Status};

/// The endpoint of [`report`].
pub const REPORT: &str = "safety/report";
/// The endpoint of [`appeal`].
pub const APPEAL: &str = "safety/appeal";
/// The endpoint of [`decide`].
pub const DECIDE: &str = "admin/safety";

/// Reports a thing.
#[server(prefix = "/_fn", endpoint = "safety/report")]
pub async fn report(target_type: String, target_id: String, reason: String, details: String) -> Result<(), Fault> {
    let draft = Draft { target_type, target_id, reason, details };
    act!(|tx, actor| safety::report(tx, actor, &draft).await, |_| (OWN, "Thank you. An admin looks at it, and you hear what became of it."))
}

/// Appeals against the hiding of a thing.
#[server(prefix = "/_fn", endpoint = "safety/appeal")]
pub async fn appeal(case: String, appeal: String) -> Result<(), Fault> {
    let id = CaseId::from(case);
    act!(|tx, actor| safety::appeal(tx, actor, &id, &appeal).await, |_| (OWN, "Your appeal is in. An admin decides again."))
}

/// Decides on a case.
#[server(prefix = "/_fn", endpoint = "admin/safety")]
pub async fn decide(case: String, decision: Option<String>, reason: String) -> Result<(), Fault> {
    let id = CaseId::from(case);
    let decision = Decision { decision: decision.unwrap_or_default(), reason };
    act!(|tx, actor| safety::decide(tx, actor, &id, &decision).await, |case| {
        let told = match case.status {
            Status::Hidden => "It is hidden. Its owner and those who reported it are told.",
            Status::Dismissed => "It stays as it is. Those who reported it are told.",
            Status::Upheld => "It stays hidden. Its owner is told.",
            _ => "It is shown again. Its owner and those who reported it are told.",
        };
        (format!("{QUEUE}/{}", case.id), told)
    })
}
