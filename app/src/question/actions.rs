//! The form actions of questions: each calls one act of the market.

use crate::act::act;
use crate::fault::Fault;
use crate::job::address;
use crate::ui::flash_notice::AT_QUESTIONS;
use leptos::prelude::*;
use market::id::{JobId, QuestionId};
use market::question;

/// The endpoint of [`ask`].
pub const ASK: &str = "questions/ask";
/// The endpoint of [`answer`].
pub const ANSWER: &str = "questions/answer";
/// The endpoint of [`remove`].
pub const REMOVE: &str = "questions/remove";

/// Asks a question on an open job.
#[server(prefix = "/_fn", endpoint = "questions/ask")]
pub async fn ask(job: String, body: String) -> Result<(), Fault> {
    let id = JobId::parse(&job)?;
    act!(|tx, actor| question::ask(tx, actor, &id, &body).await, |asked| (
        place(&asked.job_id),
        "Your question is asked. You are told when the poster answers it."
    ))
}

/// Answers a question.
#[server(prefix = "/_fn", endpoint = "questions/answer")]
pub async fn answer(job: String, question: String, answer: String) -> Result<(), Fault> {
    let (id, asked) = (JobId::parse(&job)?, QuestionId::from(question));
    act!(|tx, actor| question::answer(tx, actor, &id, &asked, &answer).await, |told| (place(&told.job_id), "Your answer is published."))
}

/// Removes a question.
#[server(prefix = "/_fn", endpoint = "questions/remove")]
pub async fn remove(job: String, question: String) -> Result<(), Fault> {
    let (id, asked) = (JobId::parse(&job)?, QuestionId::from(question));
    act!(|tx, actor| question::remove(tx, actor, &id, &asked).await, |gone| (place(&gone.job_id), "The question is removed."))
}

/// Returns the address of the notice at a job's questions.
fn place(job: &JobId) -> String {
    format!("{}#{AT_QUESTIONS}", address(job))
}
