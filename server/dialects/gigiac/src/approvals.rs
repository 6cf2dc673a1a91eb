//! Approvals: spends of bots that wait for a person.

use crate::paging::PageParams;
use api::amount::Dollars;
use api::call::Call;
use api::enum_schema;
use api::list;
use api::path::Id;
use api::query::Query;
use api::response::{ApiResult, ok};
use api::route::{Route, get, post};
use api::samples::{self, shown};
use api::stamp::Stamp;
use market::approval::{self, Approval, Status, errors};
use market::id::{AgentId, ApprovalId};
use market::text::Word;
use market::{Error, actor, mandate};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

pub(super) fn routes() -> Vec<Route> {
    let decide = |route: Route| {
        route
            .refuses(actor::errors::email_not_verified())
            .refuses(mandate::errors::not_by_agents())
            .refuses(errors::own_request())
            .refuses(errors::approval_over(Status::Denied))
            .refuses(Error::not_found("approval"))
    };
    vec![
        get("/api/approvals", list)
            .named("gigiac_approvals")
            .says(
                "Spends that wait for a person",
                "A spend above `approval_above` of a bot's guardrails is refused with `APPROVAL_REQUIRED` and the id of a request, which waits for a \
                 day. The newest come first. A key that belongs to a bot sees its own.",
            )
            .gives(200, shown::<Approvals>(samples::page(vec![samples::mandate::approval(Status::Pending)]))),
        get("/api/approvals/{id}", show)
            .named("gigiac_approval")
            .says("A spend that waits for a person", "Its status says whether the bot can send its request again.")
            .gives(200, shown::<ApprovalView>(samples::mandate::approval(Status::Pending)))
            .refuses(Error::not_found("approval")),
        decide(
            post("/api/approvals/{id}/approve", approve)
                .named("gigiac_approve_spend")
                .says(
                    "Approve a spend",
                    "The bot sends its request again within a day, and it goes through once, if the other guardrails allow it then. The key needs \
                     `mandates:write`, and is neither a bot's nor the one that asked.",
                )
                .gives(200, shown::<ApprovalView>(samples::mandate::approval(Status::Approved))),
        ),
        decide(
            post("/api/approvals/{id}/deny", deny)
                .named("gigiac_deny_spend")
                .says("Deny a spend", "The same spend, or a larger one for the same task, is refused for a day.")
                .gives(200, shown::<ApprovalView>(samples::mandate::approval(Status::Denied))),
        ),
    ]
}

/// The filter of a list of approvals.
#[derive(Default, Deserialize, IntoParams)]
struct ApprovalParams {
    /// Only approvals with this status
    #[param(schema_with = enum_schema::of::<market::approval::Status>)]
    status: Option<String>,
    /// Only those of this bot
    bot_id: Option<String>,
}

/// A spend that needs a person's approval.
#[derive(Serialize, ToSchema)]
#[schema(as = gigiac::Approval)]
struct ApprovalView {
    id: String,
    bot_id: String,
    bot_name: String,
    /// The id of the task; null for one that is not posted yet
    task_id: Option<String>,
    /// The act that would spend
    #[schema(schema_with = enum_schema::of::<market::mandate::Act>)]
    action: &'static str,
    title: String,
    #[schema(schema_with = enum_schema::of::<market::job::Category>)]
    category: String,
    /// The most that is spent, in dollars
    amount: Dollars,
    #[schema(schema_with = enum_schema::of::<market::approval::Status>)]
    status: &'static str,
    requested_at: Stamp,
    /// The time until which a person decides, or the bot uses the approval
    expires_at: Stamp,
    decided_at: Option<Stamp>,
}

impl From<Approval> for ApprovalView {
    fn from(approval: Approval) -> Self {
        Self {
            id: approval.id.0,
            bot_id: approval.agent_id.0,
            bot_name: approval.agent,
            task_id: approval.job_id.map(|id| id.task_id()),
            action: approval.act.as_str(),
            title: approval.title,
            category: approval.category,
            amount: approval.amount.into(),
            status: approval.status.as_str(),
            requested_at: approval.asked_at.into(),
            expires_at: approval.expires_at.into(),
            decided_at: approval.decided_at.map(Stamp::from),
        }
    }
}

list! {
    /// A page of a list of approvals.
    #[schema(as = gigiac::Approvals)]
    struct Approvals { approvals: ApprovalView } of Approval
}

async fn list(call: Call, Query(wanted): Query<ApprovalParams>, Query(page): Query<PageParams>) -> ApiResult<Approvals> {
    let status = wanted.status.as_deref().map(|word| Status::read("status", word)).transpose()?;
    let agent = wanted.bot_id.map(AgentId::from);
    let part = page.part()?;
    let mut conn = call.read().await?;
    Ok(ok(approval::list(&mut conn, &call.actor, agent.as_ref(), status, part).await?))
}

async fn show(call: Call, Id(id): Id<ApprovalId>) -> ApiResult<ApprovalView> {
    let mut conn = call.read().await?;
    Ok(ok(approval::show(&mut conn, &call.actor, &id).await?))
}

async fn approve(call: Call, Id(id): Id<ApprovalId>) -> ApiResult<ApprovalView> {
    let mut tx = call.begin().await?;
    let approval = approval::approve(&mut tx, &call.actor, &id).await?;
    call.commit(tx, ok(approval)).await
}

async fn deny(call: Call, Id(id): Id<ApprovalId>) -> ApiResult<ApprovalView> {
    let mut tx = call.begin().await?;
    let approval = approval::deny(&mut tx, &call.actor, &id).await?;
    call.commit(tx, ok(approval)).await
}
