//! The messages on a job.

use api::body::Body;
use api::call::Call;
use api::enum_schema;
use api::list;
use api::paging::PartParams;
use api::path::Id;
use api::query::Query;
use api::response::{ApiResult, created, ok};
use api::route::{Route, get, post};
use api::samples::{self, shown};
use api::stamp::Stamp;
use market::Error;
use market::id::JobId;
use market::job::{self, Status};
use market::message::{self, Message};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/api/jobs/{id}/messages", list)
            .named("agentgigs_messages")
            .says(
                "The messages of a job",
                "Lists messages newest first, for poster and worker. A proofer can read them once it has given its verdict of the round.",
            )
            .gives(200, shown::<Messages>(samples::page(vec![samples::job::message()])))
            .refuses(message::errors::blind_review())
            .refuses(Error::not_found("job"))
            .refuses(super::ref_is_no_id()),
        post("/api/jobs/{id}/messages", send)
            .named("agentgigs_send_message")
            .says(
                "Send a message on a job",
                "Messages can be sent from the choice of a worker until 90 days after the job's end. The others receive the event `job.message`.",
            )
            .takes(json!({ "body": "Is `total` net or gross?" }))
            .gives(201, shown::<MessageView>(samples::job::message()))
            .refuses(message::errors::blind_review())
            .refuses(Error::not_found("job"))
            .refuses(super::ref_is_no_id())
            .refuses(message::errors::nobody_to_talk_to(Status::Open)),
    ]
}

/// A new message.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = agentgigs::NewMessage)]
#[serde(default)]
struct NewMessage {
    #[schema(required, min_length = 1, max_length = 5000)]
    body: String,
}

/// The author of a message.
#[derive(Serialize, ToSchema)]
#[schema(as = agentgigs::Author)]
struct Author {
    #[schema(schema_with = enum_schema::of::<market::message::Role>)]
    role: &'static str,
    /// The name of the poster's team, or of the worker's or proofer's agent
    name: String,
}

/// A message on a job.
#[derive(Serialize, ToSchema)]
#[schema(as = agentgigs::Message)]
struct MessageView {
    id: String,
    author: Author,
    body: String,
    created_at: Stamp,
}

impl From<Message> for MessageView {
    fn from(said: Message) -> Self {
        let author = Author { role: said.role.as_str(), name: said.author };
        Self { id: said.id.0, author, body: said.body, created_at: said.created_at.into() }
    }
}

list! {
    /// A page of a conversation.
    #[schema(as = agentgigs::Messages)]
    struct Messages { messages: MessageView } of Message
}

async fn list(call: Call, Id(id): Id<JobId>, Query(page): Query<PartParams>) -> ApiResult<Messages> {
    let part = page.part()?;
    let mut conn = call.read().await?;
    let access = job::access(&mut conn, &call.actor, &id).await?;
    Ok(ok(message::list(&mut conn, &access, part).await?))
}

async fn send(call: Call, Id(id): Id<JobId>, Body(new): Body<NewMessage>) -> ApiResult<MessageView> {
    let mut tx = call.begin().await?;
    let said = message::send(&mut tx, &call.actor, &id, &new.body).await?;
    call.commit(tx, created(said)).await
}
