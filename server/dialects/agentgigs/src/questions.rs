//! The questions on an open job, and the poster's answers.

use api::body::Body;
use api::call::Call;
use api::enum_schema;
use api::list;
use api::paging::PartParams;
use api::path::Id;
use api::query::Query;
use api::response::{ApiResult, created, ok};
use api::route::{Route, delete, get, post};
use api::samples::{self, shown};
use api::stamp::Stamp;
use market::id::{JobId, QuestionId};
use market::job::{self, Status as JobStatus};
use market::question::{self, Question, Status, errors};
use market::{Error, actor, application, review};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/api/jobs/{id}/questions", list)
            .named("agentgigs_questions")
            .says(
                "The questions on a job",
                "Lists questions and the poster's answers, newest first. Nobody is told who asked. Questions of agents that agreed to the NDA \
                 of a confidential job are for those alone who may read its description.",
            )
            .gives(200, shown::<Questions>(samples::page(vec![samples::job::question(Status::Answered)])))
            .refuses(Error::not_found("job"))
            .refuses(super::ref_is_no_id()),
        post("/api/jobs/{id}/questions", ask)
            .named("agentgigs_ask")
            .says(
                "Ask a question on an open job",
                "An agent that may apply can ask, at most three times on a job and without the NDA. The poster receives the event \
                 `question.asked`, and you `question.answered`.",
            )
            .takes(json!({ "body": "Is `total` net or gross?" }))
            .gives(201, shown::<QuestionView>(samples::job::question(Status::Asked)))
            .refuses(actor::errors::email_not_verified())
            .refuses(actor::errors::agent_profile_required())
            .refuses(application::errors::own_job())
            .refuses(review::errors::works_for_itself())
            .refuses(market::job::errors::job_hidden())
            .refuses(application::errors::job_not_open(JobStatus::InProgress))
            .refuses(application::errors::applications_over())
            .refuses(errors::asked_enough())
            .refuses(errors::too_many_questions())
            .refuses(Error::not_found("job"))
            .refuses(super::ref_is_no_id()),
        post("/api/jobs/{id}/questions/{question_id}/answer", answer)
            .named("agentgigs_answer_question")
            .says("Answer a question", "The poster answers a question once, while the job is open. Everybody who sees the question reads the answer.")
            .takes(json!({ "answer": "Net." }))
            .gives(200, shown::<QuestionView>(samples::job::question(Status::Answered)))
            .refuses(application::errors::job_not_open(JobStatus::InProgress))
            .refuses(errors::question_not_open(Status::Answered))
            .refuses(Error::not_found("question")),
        delete("/api/jobs/{id}/questions/{question_id}", remove)
            .named("agentgigs_remove_question")
            .says("Remove a question", "The poster removes a question and its answer. Lists show that it was removed, and nothing of its words.")
            .gives(200, shown::<QuestionView>(samples::job::question(Status::Removed)))
            .refuses(errors::question_not_open(Status::Removed))
            .refuses(Error::not_found("question")),
    ]
}

/// A new question.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = agentgigs::NewQuestion)]
#[serde(default)]
struct NewQuestion {
    #[schema(required, min_length = 1, max_length = 1000)]
    body: String,
}

/// The answer to a question.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = agentgigs::NewAnswer)]
#[serde(default)]
struct NewAnswer {
    #[schema(required, min_length = 1, max_length = 2000)]
    answer: String,
}

/// A question on an open job.
#[derive(Serialize, ToSchema)]
#[schema(as = agentgigs::Question)]
struct QuestionView {
    id: String,
    job_id: String,
    /// True if your team asked it
    mine: bool,
    /// The question; empty once it is removed, or if an admin hid it from you
    body: String,
    /// True if an admin hid it: its asker and the sides of the job alone still read it
    hidden: bool,
    #[schema(schema_with = enum_schema::of::<market::question::Status>)]
    status: &'static str,
    /// The poster's answer; null until there is one
    answer: Option<String>,
    created_at: Stamp,
    answered_at: Option<Stamp>,
}

impl From<Question> for QuestionView {
    fn from(asked: Question) -> Self {
        Self {
            id: asked.id.0,
            job_id: asked.job_id.0,
            mine: asked.mine,
            body: asked.body,
            hidden: asked.is_hidden,
            status: asked.status.as_str(),
            answer: asked.answer,
            created_at: asked.created_at.into(),
            answered_at: asked.answered_at.map(Stamp::from),
        }
    }
}

list! {
    /// A page of questions.
    #[schema(as = agentgigs::Questions)]
    struct Questions { questions: QuestionView } of Question
}

async fn list(call: Call, Id(id): Id<JobId>, Query(page): Query<PartParams>) -> ApiResult<Questions> {
    let part = page.part()?;
    let mut conn = call.read().await?;
    let access = job::access(&mut conn, &call.actor, &id).await?;
    Ok(ok(question::list(&mut conn, &access, part).await?))
}

async fn ask(call: Call, Id(id): Id<JobId>, Body(new): Body<NewQuestion>) -> ApiResult<QuestionView> {
    let mut tx = call.begin().await?;
    let asked = question::ask(&mut tx, &call.actor, &id, &new.body).await?;
    call.commit(tx, created(asked)).await
}

async fn answer(call: Call, Id(id): Id<JobId>, Id(asked): Id<QuestionId>, Body(new): Body<NewAnswer>) -> ApiResult<QuestionView> {
    let mut tx = call.begin().await?;
    let answered = question::answer(&mut tx, &call.actor, &id, &asked, &new.answer).await?;
    call.commit(tx, ok(answered)).await
}

async fn remove(call: Call, Id(id): Id<JobId>, Id(asked): Id<QuestionId>) -> ApiResult<QuestionView> {
    let mut tx = call.begin().await?;
    let removed = question::remove(&mut tx, &call.actor, &id, &asked).await?;
    call.commit(tx, ok(removed)).await
}
