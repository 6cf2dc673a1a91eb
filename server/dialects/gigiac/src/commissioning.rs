//! The mandate of a bot that commissions work: its guardrails, signed, and what it spent.

use crate::commissioning_change::{CommissioningBody, Ids};
use api::amount::Dollars;
use api::body::Body;
use api::call::Call;
use api::enum_schema;
use api::path::Id;
use api::query::Query;
use api::response::{ApiResult, ok};
use api::route::{Route, delete, get, post};
use api::samples;
use api::stamp::Stamp;
use market::db::Conn;
use market::id::AgentId;
use market::mandate::{self, Line, Mandate, Signed, Spending};
use market::{Error, Result, actor, agent, nouns};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/api/bots/me/commissioning", show)
            .named("gigiac_commissioning")
            .says(
                "A bot's guardrails",
                "The mandate of the bot that the key belongs to, that `X-Bot-Id` or `bot_id` names, or that is your only one. A bot that never \
                 had one has the status `unlimited`. `signed` is the text as it was set, with the server's Ed25519 signature; its keys are at \
                 `/.well-known/jwks.json`.",
            )
            .gives(200, example())
            .refuses(ambiguous())
            .refuses(actor::errors::agent_profile_required())
            .refuses(Error::not_found("agent")),
        post("/api/bots/me/commissioning", set)
            .named("gigiac_set_commissioning")
            .says(
                "Set a bot's guardrails",
                "Amounts are in dollars, days and months in UTC. Fields that are left out stay, and null removes a limit; a bot that may spend has \
                 a limit for a day or a month. It takes effect with the next spend. A key that belongs to a bot may not; the key needs \
                 `mandates:write`.",
            )
            .takes(json!({
                "enabled": true, "per_task": 500.00, "per_day": 1000.00, "per_month": 5000.00, "approval_above": 400.00,
                "categories": ["coding", "testing"], "block": [samples::TEAM], "hours": { "from": 6, "until": 20 },
                "expires_at": "2026-05-01T12:00:00Z"
            }))
            .gives(200, example())
            .refuses(ambiguous())
            .refuses(actor::errors::agent_profile_required())
            .refuses(actor::errors::email_not_verified())
            .refuses(mandate::errors::not_by_agents())
            .refuses(Error::not_found("agent")),
        delete("/api/bots/me/commissioning", revoke)
            .named("gigiac_revoke_commissioning")
            .says("Revoke a bot's guardrails", "From the next request on the bot spends nothing, until you set them again.")
            .gives(200, example())
            .refuses(ambiguous())
            .refuses(actor::errors::agent_profile_required())
            .refuses(actor::errors::email_not_verified())
            .refuses(mandate::errors::not_by_agents())
            .refuses(Error::not_found("mandate")),
        get("/api/bots/{id}/spending", spending)
            .named("gigiac_bot_spending")
            .says(
                "A bot's spending",
                "The sums of this day and month in UTC, in dollars, what the guardrails leave, and the last spends. Money that comes back later is \
                 not given back to a limit. The spends of a bot without guardrails are not counted.",
            )
            .gives(200, samples::shown::<SpendingView>(samples::mandate::spending()))
            .refuses(Error::not_found("agent")),
    ]
}

fn ambiguous() -> Error {
    agent::errors::agent_ambiguous(&[(samples::AGENT.into(), "Botty".into())])
}

fn example() -> Value {
    json!(CommissioningView::new(samples::AGENT.into(), Some((samples::mandate::mandate(), samples::mandate::signed())), samples::AT))
}

/// The guardrails of a bot.
#[derive(Serialize, ToSchema)]
#[schema(as = gigiac::Commissioning)]
struct CommissioningView {
    bot_id: String,
    /// `active`, `disabled`, `expired` or `revoked`; `unlimited` for a bot that never had any
    status: &'static str,
    /// True if the bot may spend, as far as it was set
    enabled: bool,
    /// The number of times that they were set
    version: Option<i64>,
    /// The most that the bot spends on one task, in dollars
    per_task: Option<Dollars>,
    /// The most in one day (UTC), in dollars
    per_day: Option<Dollars>,
    /// The most in one month (UTC), in dollars
    per_month: Option<Dollars>,
    /// The sum of one task above which a person is asked, in dollars
    approval_above: Option<Dollars>,
    /// The categories of tasks; empty for all
    categories: Vec<String>,
    /// The ids of teams and bots that it pays; empty for all
    allow: Vec<String>,
    /// The ids of teams and bots that it never pays
    block: Vec<String>,
    hours: Option<HoursView>,
    expires_at: Option<Stamp>,
    set_at: Option<Stamp>,
    revoked_at: Option<Stamp>,
    /// The text as it was set; null without guardrails
    signed: Option<SignedView>,
}

/// The hours of the day in which the bot spends, UTC.
#[derive(Serialize, ToSchema)]
#[schema(as = gigiac::Hours)]
struct HoursView {
    /// The first full hour
    from: i64,
    /// The full hour at which they end
    until: i64,
}

/// A signed text.
#[derive(Serialize, ToSchema)]
#[schema(as = gigiac::Signed)]
struct SignedView {
    /// Canonical JSON (RFC 8785), amounts in cents
    document: String,
    /// The Ed25519 signature of the document's bytes, in base64url
    signature: String,
    /// The `kid` of the key at `/.well-known/jwks.json`
    key_id: String,
}

impl CommissioningView {
    fn new(agent: AgentId, found: Option<(Mandate, Signed)>, now: market::Time) -> Self {
        let (mandate, signed) = found.unzip();
        let terms = mandate.as_ref().map(|mandate| mandate.terms.clone());
        let status = mandate.as_ref().map_or("unlimited", |mandate| mandate.state(now).as_str());
        let enabled = terms.as_ref().is_none_or(|terms| terms.is_enabled);
        let terms = terms.unwrap_or_default();
        Self {
            bot_id: agent.0,
            status,
            enabled,
            version: mandate.as_ref().map(|mandate| mandate.version),
            per_task: terms.per_task.map(Dollars::from),
            per_day: terms.per_day.map(Dollars::from),
            per_month: terms.per_month.map(Dollars::from),
            approval_above: terms.approval_above.map(Dollars::from),
            categories: terms.categories,
            allow: terms.allowed,
            block: terms.blocked,
            hours: terms.hours.map(|hours| HoursView { from: hours.from, until: hours.until }),
            expires_at: terms.expires_at.map(Stamp::from),
            set_at: mandate.as_ref().map(|mandate| mandate.set_at.into()),
            revoked_at: mandate.as_ref().and_then(|mandate| mandate.revoked_at).map(Stamp::from),
            signed: signed.map(|signed| SignedView {
                document: signed.document,
                signature: signed.signature,
                key_id: signed.signing_key_id,
            }),
        }
    }
}

/// The sums that a bot spent.
#[derive(Serialize, ToSchema)]
#[schema(as = gigiac::Spending)]
struct SpendingView {
    bot_id: String,
    /// `active`, `disabled`, `expired` or `revoked`; `unlimited` for a bot that never had guardrails
    status: &'static str,
    /// The sum of this day, in dollars
    spent_today: Dollars,
    /// The sum of this month, in dollars
    spent_this_month: Dollars,
    /// The sum that the guardrails leave of this day, in dollars; null without a limit
    left_today: Option<Dollars>,
    /// The sum that they leave of this month, in dollars; null without a limit
    left_this_month: Option<Dollars>,
    /// The most on one task, in dollars; null without a limit
    per_task: Option<Dollars>,
    /// The last spends, the newest first
    last: Vec<SpendView>,
}

/// A spend of a bot.
#[derive(Serialize, ToSchema)]
#[schema(as = gigiac::Spend)]
struct SpendView {
    task_id: String,
    /// The act that spent it
    #[schema(schema_with = enum_schema::of::<market::mandate::Act>)]
    action: &'static str,
    /// The sum, in dollars
    amount: Dollars,
    /// The id of the approval that it needed
    approval_id: Option<String>,
    at: Stamp,
}

impl From<Spending> for SpendingView {
    fn from(spending: Spending) -> Self {
        Self {
            status: spending.mandate.as_ref().map_or("unlimited", |mandate| mandate.state(spending.at).as_str()),
            spent_today: spending.today.into(),
            spent_this_month: spending.this_month.into(),
            left_today: spending.left_today().map(Dollars::from),
            left_this_month: spending.left_this_month().map(Dollars::from),
            per_task: spending.mandate.as_ref().and_then(|mandate| mandate.terms.per_task).map(Dollars::from),
            last: spending.last.into_iter().map(SpendView::from).collect(),
            bot_id: spending.agent_id.0,
        }
    }
}

impl From<Line> for SpendView {
    fn from(line: Line) -> Self {
        Self {
            task_id: line.job_id.task_id(),
            action: line.act.as_str(),
            amount: line.amount.into(),
            approval_id: line.approval_id.map(|id| id.0),
            at: line.at.into(),
        }
    }
}

/// Returns the bot that a request about `me` means.
async fn me(conn: &mut Conn, call: &Call, ids: Ids) -> Result<AgentId> {
    match ids.bot_id {
        Some(id) => agent::acting(conn, call.actor.clone(), &id.into()).await?.must_be_agent().cloned(),
        None => actor::own_agent(conn, &call.actor).await,
    }
}

async fn show(call: Call, Query(ids): Query<Ids>) -> ApiResult<CommissioningView> {
    let mut conn = call.read().await?;
    let agent = me(&mut conn, &call, ids).await?;
    let found = mandate::show(&mut conn, &call.actor, &agent).await?;
    Ok(ok(CommissioningView::new(agent, found, conn.now)))
}

async fn set(call: Call, Query(ids): Query<Ids>, Body(change): Body<CommissioningBody>) -> ApiResult<CommissioningView> {
    let mut tx = call.begin().await?;
    let agent = me(&mut tx, &call, ids).await?;
    let before = mandate::to_change(&mut tx, &call.actor, &agent).await?;
    let draft = change.over(before)?;
    let config = nouns::mandates(call.market());
    let set = mandate::set(&mut tx, &call.actor, &config, &agent, &draft).await?;
    let view = CommissioningView::new(agent, Some(set), tx.now);
    call.commit(tx, ok(view)).await
}

async fn revoke(call: Call, Query(ids): Query<Ids>) -> ApiResult<CommissioningView> {
    let mut tx = call.begin().await?;
    let agent = me(&mut tx, &call, ids).await?;
    let revoked = mandate::revoke(&mut tx, &call.actor, &agent).await?;
    let view = CommissioningView::new(agent, Some(revoked), tx.now);
    call.commit(tx, ok(view)).await
}

async fn spending(call: Call, Id(id): Id<AgentId>) -> ApiResult<SpendingView> {
    let mut conn = call.read().await?;
    Ok(ok(mandate::spending(&mut conn, &call.actor, &id).await?))
}
