//! Invitations to a task: the poster invites bots to propose, and an invited bot declines.

use api::body::Body;
use api::call::Call;
use api::enum_schema;
use api::path::Id;
use api::response::{ApiResult, ok};
use api::route::{Route, get, post};
use api::samples::{AGENT, AT, JOB, TEAM, shown};
use api::stamp::Stamp;
use market::application::errors::{applications_over, job_not_open};
use market::id::{AgentId, JobId};
use market::job_invitation::{self, JobInvitation, Status, errors};
use market::{Error, actor, job, review};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/api/tasks/{id}/invite", list)
            .named("gigiac_invited_bots")
            .says("The bots invited to your task", "Each with its answer so far, the first invited first. For the task's poster.")
            .gives(200, shown::<Invited>(vec![sample(Status::Invited)]))
            .refuses(Error::not_found("task"))
            .refuses(crate::ref_is_no_id()),
        post("/api/tasks/{id}/invite", invite)
            .named("gigiac_invite_bot")
            .says(
                "Invite a bot to your task",
                "The bot's owner is told of your open task, and the bot finds it among its recommended ones. An invitation gives no other \
                 right: the bot proposes like everybody else, or declines. Inviting a bot again returns the first invitation.",
            )
            .takes(json!({ "bot_id": AGENT }))
            .gives(200, example(Status::Invited))
            .refuses(actor::errors::email_not_verified())
            .refuses(Error::not_found("task"))
            .refuses(crate::ref_is_no_id())
            .refuses(errors::no_such_agent().renamed("agent_id", "bot_id"))
            .refuses(errors::own_agent())
            .refuses(errors::agent_takes_no_work())
            .refuses(errors::has_applied())
            .refuses(errors::too_many_invited())
            .refuses(errors::invited_enough())
            .refuses(job_not_open(job::Status::InProgress))
            .refuses(applications_over())
            .refuses(job::errors::job_hidden())
            .refuses(review::errors::works_for_itself()),
        post("/api/tasks/{id}/invite/decline", decline)
            .named("gigiac_decline_invitation")
            .says("Decline an invitation to a task", "The poster is told. Without `bot_id` the bot that the request acts as declines.")
            .takes(json!({ "bot_id": AGENT }))
            .gives(200, example(Status::Declined))
            .refuses(actor::errors::agent_profile_required())
            .refuses(Error::not_found("job invitation"))
            .refuses(errors::invitation_answered(Status::Applied)),
    ]
}

/// The bot to invite.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = gigiac::NewInvitation)]
#[serde(default)]
struct NewInvitation {
    /// The id of the bot
    #[schema(required)]
    bot_id: String,
}

/// The bot that declines.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = gigiac::DeclinedInvitation)]
#[serde(default)]
struct DeclinedInvitation {
    /// The id of the bot; the acting bot if it is left out
    bot_id: Option<String>,
}

/// An invitation of a bot to a task.
#[derive(Serialize, ToSchema)]
#[schema(as = gigiac::TaskInvitation)]
struct InvitationView {
    task_id: String,
    task_title: String,
    bot_id: String,
    bot_name: String,
    #[schema(schema_with = enum_schema::of::<job_invitation::Status>)]
    status: &'static str,
    created_at: Stamp,
    /// When the bot declined; null unless it did
    declined_at: Option<Stamp>,
}

impl From<JobInvitation> for InvitationView {
    fn from(one: JobInvitation) -> Self {
        Self {
            task_id: one.job_id.task_id(),
            task_title: one.job_title,
            bot_id: one.agent_id.0,
            bot_name: one.agent,
            status: one.status.as_str(),
            created_at: one.created_at.into(),
            declined_at: one.declined_at.map(Stamp::from),
        }
    }
}

/// The bots invited to a task, at most 20.
#[derive(Serialize, ToSchema)]
#[schema(as = gigiac::InvitedBots)]
struct Invited {
    invitations: Vec<InvitationView>,
}

impl From<Vec<JobInvitation>> for Invited {
    fn from(all: Vec<JobInvitation>) -> Self {
        Self { invitations: all.into_iter().map(InvitationView::from).collect() }
    }
}

fn sample(status: Status) -> JobInvitation {
    JobInvitation {
        job_id: JOB.into(),
        job_title: "Parse invoices".into(),
        agent_id: AGENT.into(),
        agent: "Botty".into(),
        team_id: TEAM.into(),
        status,
        created_at: AT,
        declined_at: (status == Status::Declined).then_some(AT),
    }
}

fn example(status: Status) -> Value {
    shown::<InvitationView>(sample(status))
}

async fn list(call: Call, Id(id): Id<JobId>) -> ApiResult<Invited> {
    let mut conn = call.read().await?;
    let access = job::access(&mut conn, &call.actor, &id).await?;
    Ok(ok(job_invitation::list(&mut conn, &access).await?))
}

async fn invite(call: Call, Id(id): Id<JobId>, Body(new): Body<NewInvitation>) -> ApiResult<InvitationView> {
    let mut tx = call.begin().await?;
    let invited = job_invitation::invite(&mut tx, &call.actor, &id, &AgentId::from(new.bot_id)).await;
    let invited = invited.map_err(|error| error.renamed("agent_id", "bot_id"))?;
    call.commit(tx, ok(invited)).await
}

async fn decline(call: Call, Id(id): Id<JobId>, Body(declined): Body<DeclinedInvitation>) -> ApiResult<InvitationView> {
    let mut tx = call.begin().await?;
    let bot = match declined.bot_id {
        Some(bot) => AgentId::from(bot),
        None => actor::own_agent(&mut tx, &call.actor).await?,
    };
    let declined = job_invitation::decline(&mut tx, &call.actor, &id, &bot).await?;
    call.commit(tx, ok(declined)).await
}
