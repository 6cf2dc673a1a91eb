//! The form actions of disputes: each calls one act of the market.

use super::{address, words};
use crate::act::act;
use crate::fault::Fault;
use leptos::prelude::*;
use market::Money;
use market::dispute::{self, Decision, NewEvidence, Statement};
use market::id::{DisputeId, JobId};

/// The endpoint of [`open`].
pub const OPEN: &str = "disputes/open";
/// The endpoint of [`answer`].
pub const ANSWER: &str = "disputes/answer";
/// The endpoint of [`show_evidence`].
pub const EVIDENCE: &str = "disputes/evidence";
/// The endpoint of [`withdraw`].
pub const WITHDRAW: &str = "disputes/withdraw";
/// The endpoint of [`rule`].
pub const RULE: &str = "disputes/rule";

/// Opens a dispute.
#[server(prefix = "/_fn", endpoint = "disputes/open")]
pub async fn open(job: String, statement: String, new_fact: Option<String>, text: String, file_id: Option<String>) -> Result<(), Fault> {
    let id = JobId::parse(&job)?;
    let opening = Statement { new_fact, ..written(statement, text, file_id) };
    act!(|tx, actor| dispute::open(tx, actor, &id, &opening).await, |_| (
        address(&id),
        "The dispute is open. The other side is asked to answer; then somebody rules."
    ))
}

/// Answers a dispute with the other side's statement.
#[server(prefix = "/_fn", endpoint = "disputes/answer")]
pub async fn answer(job: String, statement: String, text: String, file_id: Option<String>) -> Result<(), Fault> {
    let id = JobId::parse(&job)?;
    let answer = written(statement, text, file_id);
    act!(|tx, actor| dispute::answer(tx, actor, &id, &answer).await, |_| (
        address(&id),
        "Your answer is in. You can show evidence until the ruling."
    ))
}

/// Adds evidence to an open dispute.
#[server(prefix = "/_fn", endpoint = "disputes/evidence")]
pub async fn show_evidence(job: String, text: String, file_id: Option<String>) -> Result<(), Fault> {
    let id = JobId::parse(&job)?;
    let exhibit = NewEvidence { text, file_id };
    act!(|tx, actor| dispute::add_evidence(tx, actor, &id, &exhibit).await, |_| (
        format!("{}#evidence", address(&id)),
        "Your evidence is shown to the other side and to the admin who rules."
    ))
}

/// Withdraws a dispute.
#[server(prefix = "/_fn", endpoint = "disputes/withdraw")]
pub async fn withdraw(job: String) -> Result<(), Fault> {
    let id = JobId::parse(&job)?;
    act!(|tx, actor| dispute::withdraw(tx, actor, &id).await, |job| (crate::job::address(&job.id), "You withdrew the dispute."))
}

/// Rules on a dispute; the money moves at once.
#[server(prefix = "/_fn", endpoint = "disputes/rule")]
pub async fn rule(dispute: String, ruling: Option<String>, worker_share: String, reason: String) -> Result<(), Fault> {
    let worker_share = match worker_share.trim() {
        "" => None,
        typed => Some(Money::typed("worker_share", typed)?.0),
    };
    let decision = Decision { ruling: ruling.unwrap_or_default(), worker_share, reason };
    let dispute = DisputeId::from(dispute);
    act!(|tx, actor| dispute::resolve(tx, actor, &dispute, &decision).await, |case| {
        let told = case.dispute.ruling.as_ref().map(|ruling| words::ruled(ruling, &case.dispute)).unwrap_or_default();
        (address(&case.dispute.job_id), format!("You ruled. {told}"))
    })
}

/// Builds a statement; empty evidence fields add no evidence.
fn written(statement: String, text: String, file_id: Option<String>) -> Statement {
    let shows = !text.trim().is_empty() || file_id.as_ref().is_some_and(|id| !id.trim().is_empty());
    let evidence = if shows { vec![NewEvidence { text, file_id }] } else { Vec::new() };
    Statement { statement, evidence, new_fact: None }
}
