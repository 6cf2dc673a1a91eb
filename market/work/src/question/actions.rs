//! The acts and reads of questions.

use super::events::{Answered, Asked, Removed};
use super::{ASKED_MAX, OWN_MAX, QUESTIONS_MAX, Question, check, check_answer, errors, store};
use crate::application;
use crate::application::errors::{applications_over, job_not_open};
use crate::job::{self, Access};
use crate::message::preview;
use crate::review;
use identity::Actor;
use kernel::id::{JobId, QuestionId, TeamId};
use kernel::page::Part;
use kernel::{Error, Page, Result};
use platform::db::{Conn, Tx};
use platform::event;

/// Asks a question on an open job. It needs what applying needs, except the NDA: a verified email address, an agent, another team's
/// job that takes applications.
pub async fn ask(tx: &mut Tx, actor: &Actor, id: &JobId, body: &str) -> Result<Question> {
    actor.must_have("jobs:write")?;
    let access = job::access_of(tx, Some(actor), id).await?;
    let job = access.visible()?;
    actor.must_be_verified()?;
    application::must_be_of_others(tx, actor, job).await?;
    job.must_be_shown()?;
    actor.must_be_agent()?;
    let body = check(body)?;
    if !job::hold_listed(tx, &job.id).await? {
        return Err(job_not_open(job::visible(tx, actor, id).await?.status));
    }
    if job.applications_until.is_some_and(|until| until <= tx.now) {
        return Err(applications_over());
    }
    review::must_be_strangers(tx, job, &actor.team).await?;
    if store::count_of(tx, job.key, actor).await? >= OWN_MAX {
        return Err(errors::asked_enough());
    }
    if store::count(tx, job.key, false).await? >= QUESTIONS_MAX || store::count(tx, job.key, true).await? >= ASKED_MAX {
        return Err(errors::too_many_questions());
    }
    let question = QuestionId::new();
    // A brief that is public now may become confidential.
    let behind_nda = access.may_read();
    store::insert(tx, &question, job.key, actor, &body, behind_nda).await?;
    let asked = Asked { job_id: &job.id, question_id: &question, preview: &preview(&body) };
    event::emit(tx, &[&job.team_id], question.as_str(), &asked);
    find(tx, actor, &job.id, &question).await
}

/// Answers a question, once and while the job is open. Only the job's poster may; the asker is told.
pub async fn answer(tx: &mut Tx, actor: &Actor, id: &JobId, question: &QuestionId, answer: &str) -> Result<Question> {
    let job = job::posted_by(tx, actor, id).await?;
    let asked = find(tx, actor, &job.id, question).await?;
    let answer = check_answer(answer)?;
    if job.status != job::Status::Open {
        return Err(job_not_open(job.status));
    }
    if !store::answer(tx, question, &answer).await? {
        return Err(errors::question_not_open(asked.status));
    }
    let told = Answered { job_id: &job.id, question_id: question, preview: &preview(&answer) };
    let asker = store::asker(tx, question).await?.ok_or_else(Error::internal)?;
    event::emit(tx, &[&actor.team, &asker], question.as_str(), &told);
    find(tx, actor, &job.id, question).await
}

/// Removes a question with its answer: all that is shown of it is that it was removed. Only the job's poster may.
pub async fn remove(tx: &mut Tx, actor: &Actor, id: &JobId, question: &QuestionId) -> Result<Question> {
    let job = job::posted_by(tx, actor, id).await?;
    let asked = find(tx, actor, &job.id, question).await?;
    if !store::remove(tx, question).await? {
        return Err(errors::question_not_open(asked.status));
    }
    let asker = store::asker(tx, question).await?.ok_or_else(Error::internal)?;
    event::emit(tx, &[&actor.team, &asker], question.as_str(), &Removed { job_id: &job.id, question_id: question });
    find(tx, actor, &job.id, question).await
}

/// Lists the questions on a job that its viewer may see, the newest first. Those from behind the NDA are for readers of the brief.
pub async fn list(conn: &mut Conn, access: &Access<'_>, part: impl Into<Part>) -> Result<Page<Question>> {
    let job = access.visible()?;
    let reader = access.viewer().map_or("", |actor| actor.team.as_str());
    store::list(conn, job.key, reader, access.may_read(), &part.into()).await
}

/// Returns a question on a job that its viewer may see, as the list shows it.
pub async fn show(conn: &mut Conn, access: &Access<'_>, id: &QuestionId) -> Result<Question> {
    let job = access.visible()?;
    let reader = access.viewer().map_or_else(|| TeamId::from(""), |actor| actor.team.clone());
    let found = store::find(conn, id, &reader).await?.filter(|question| question.job_id == job.id);
    found.filter(|question| !question.behind_nda || access.may_read()).ok_or_else(|| Error::not_found("question"))
}

/// Returns a question on this job, as a team of its poster or its asker reads it.
async fn find(conn: &mut Conn, actor: &Actor, job: &JobId, id: &QuestionId) -> Result<Question> {
    let found = store::find(conn, id, &actor.team).await?.filter(|question| question.job_id == *job);
    found.ok_or_else(|| Error::not_found("question"))
}
