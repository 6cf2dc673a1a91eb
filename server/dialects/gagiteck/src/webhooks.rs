//! Webhooks: endpoints that hear a team's events, their secrets, and tests. gigeco registers its own by the same route.

use crate::webhook_log::{Delivery, sample_delivery};
use api::body::Body;
use api::call::{Call, secret_shown_once};
use api::enum_schema;
use api::path::Id;
use api::response::{ApiResult, accepted, created, no_content, ok};
use api::route::{Route, delete, get, patch, post};
use api::samples::{self, shown};
use api::stamp::Stamp;
use market::endpoint::{self, Change, Config, Created, DisabledReason, Draft, Endpoint, Hears, Status};
use market::id::{AgentId, EndpointId};
use market::key::Prefix;
use market::text::Word;
use market::wire::{ALL_EVENTS, Dialect};
use market::{Error, Result, actor, delivery};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// The dialects in the order in which they take a request that does not name one. gigeco registers by the same path and with the same
/// fields, so the first one that knows all names takes it.
const BY_NAMES: [Dialect; 4] = [Dialect::Gagiteck, Dialect::Gigeco, Dialect::Gigiac, Dialect::Guildhall];

/// Returns the dialect of a key, if it has webhooks.
fn dialect_of(prefix: Prefix) -> Option<Dialect> {
    match prefix {
        Prefix::Gagiteck => Some(Dialect::Gagiteck),
        Prefix::Gigeco => Some(Dialect::Gigeco),
        Prefix::Gigiac => Some(Dialect::Gigiac),
        Prefix::Agentgigs | Prefix::Launchpad => None,
    }
}

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/v1/webhooks", list)
            .named("gagiteck_list_webhooks")
            .says("The team's webhooks", "Lists them oldest first, without secrets.")
            .gives(200, json!({ "data": [sample()], "total": 1 })),
        post("/v1/webhooks", create)
            .named("gagiteck_create_webhook")
            .says(
                "Register a webhook",
                "Each event that the team hears is posted to `url`, signed as https://www.standardwebhooks.com says and by `X-Webhook-Signature`. The `secret` is shown only in this answer. The names of `events` decide in which dialect names and bodies are written, unless `dialect` does; names that several dialects know are read in that of the caller's key. With `agent_id`, it hears what concerns this agent alone.",
            )
            .takes(json!({ "url": "https://your-server.com/webhook", "events": ["job.delivered", "payment.released"] }))
            .gives(201, sample_made())
            .refuses(actor::errors::missing_scope("events:write"))
            .refuses(actor::errors::email_not_verified())
            .refuses(endpoint::errors::too_many_webhooks())
            .refuses(secret_shown_once()),
        get("/v1/webhooks/events", events)
            .named("gagiteck_webhook_events")
            .says("The events of webhooks", "`*` stands for all of them, also for those that come later.")
            .gives(200, json!({ "events": ["execution.completed", "job.delivered"], "details": [{ "name": "job.delivered", "description": "work was handed in" }] })),
        get("/v1/webhooks/{id}", show)
            .named("gagiteck_show_webhook")
            .says("A webhook", "Says whether it is active, since when it fails, and why it was disabled.")
            .gives(200, sample())
            .refuses(no_webhook()),
        patch("/v1/webhooks/{id}", update)
            .named("gagiteck_update_webhook")
            .says("Change a webhook", "What is left out stays. `is_active` true sends again what waited while it was disabled.")
            .takes(json!({ "events": ["*"], "is_active": true }))
            .gives(200, sample())
            .refuses(no_webhook()),
        delete("/v1/webhooks/{id}", remove)
            .named("gagiteck_delete_webhook")
            .says("Delete a webhook", "Nothing more is sent to it, and its log is deleted.")
            .gives(204, Value::Null)
            .refuses(no_webhook()),
        post("/v1/webhooks/{id}/rotate-secret", rotate)
            .named("gagiteck_rotate_webhook_secret")
            .says("Rotate the secret", "Both secrets sign for 24 hours: `webhook-signature` then has two signatures. The new one is shown only in this answer.")
            .takes(json!({}))
            .gives(200, sample_made())
            .refuses(no_webhook())
            .refuses(secret_shown_once()),
        post("/v1/webhooks/{id}/test", test)
            .named("gagiteck_test_webhook")
            .says("Send a test", "Posts the event `webhook.test` at once; the log tells what came of it.")
            .gives(202, sample_delivery())
            .refuses(endpoint::errors::webhook_disabled())
            .refuses(delivery::errors::too_many_tests(60))
            .refuses(no_webhook()),
    ]
}

pub(crate) fn no_webhook() -> Error {
    Error::not_found("webhook")
}

/// A new webhook.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = gagiteck::NewWebhook)]
#[serde(default)]
struct NewWebhook {
    /// The address: https, a public host, port 443
    #[schema(required, format = "uri", max_length = 2048)]
    url: String,
    /// Names of events, or `*` for all
    #[schema(required)]
    events: Vec<String>,
    /// A secret of your own, 16 to 256 characters; if left out, one is made
    #[schema(min_length = 16, max_length = 256)]
    secret: Option<String>,
    /// Your own words about it
    #[schema(max_length = 200)]
    description: String,
    /// The dialect of names and bodies; if left out, the names of `events` decide, and then the caller's key
    #[schema(schema_with = enum_schema::of::<Dialect>)]
    dialect: Option<String>,
    /// The agent whose events alone it hears; if left out, those of the whole team
    agent_id: Option<String>,
}

impl NewWebhook {
    /// Returns the draft. Its dialect is the one that the request names; else the first that knows all its events, beginning with that
    /// of the caller's key.
    fn draft(self, config: &Config<'_>, key: Option<Prefix>) -> Result<Draft> {
        let order: Vec<_> = key.and_then(dialect_of).into_iter().chain(BY_NAMES).collect();
        let dialect = match &self.dialect {
            Some(word) => Dialect::read("dialect", word)?,
            None => config.dialect_of(&self.events, &order).unwrap_or(order[0]),
        };
        let Self { url, events, secret, description, agent_id, .. } = self;
        Ok(Draft { url, description, events, dialect, agent_id: agent_id.map(AgentId::from), secret })
    }
}

/// A change of a webhook; what is left out stays.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = gagiteck::ChangedWebhook)]
#[serde(default)]
struct ChangedWebhook {
    /// The address
    #[schema(format = "uri", max_length = 2048)]
    url: Option<String>,
    /// All names anew
    events: Option<Vec<String>>,
    /// Your own words about it
    #[schema(max_length = 200)]
    description: Option<String>,
    /// The agent whose events alone it hears; null for the whole team
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    agent_id: Option<Option<String>>,
    /// True to enable it, false to disable it
    is_active: Option<bool>,
    /// Refused: a secret does not change here
    #[schema(ignore)]
    secret: Option<Value>,
}

/// Reads a field that may be null: it is `Some` if it is there.
fn given<'de, D: Deserializer<'de>>(field: D) -> std::result::Result<Option<Option<String>>, D::Error> {
    Option::deserialize(field).map(Some)
}

impl TryFrom<ChangedWebhook> for Change {
    type Error = Error;

    fn try_from(ChangedWebhook { url, events, description, agent_id, is_active, secret }: ChangedWebhook) -> Result<Self> {
        if secret.is_some() {
            return Err(Error::field(
                "secret",
                "It does not change here; POST to rotate-secret of the webhook, which answers with a new one.",
            ));
        }
        let hears = agent_id.map(|agent| agent.map_or(Hears::Team, |agent| Hears::Agent(agent.into())));
        Ok(Self { url, events, description, hears, is_active })
    }
}

/// A new secret; if left out, one is made.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = gagiteck::NewWebhookSecret)]
#[serde(default)]
struct NewSecret {
    /// A secret of your own, 16 to 256 characters
    #[schema(min_length = 16, max_length = 256)]
    secret: Option<String>,
}

/// A webhook without its secret.
#[derive(Serialize, ToSchema)]
#[schema(as = gagiteck::Webhook)]
struct Webhook {
    id: String,
    /// The id, as gigeco calls it
    #[serde(rename = "webhookId")]
    webhook_id: String,
    #[schema(format = "uri")]
    url: String,
    description: String,
    events: Vec<String>,
    /// The scopes of the key that made it, as far as events need one: events that need another are not sent
    scopes: Vec<String>,
    #[schema(schema_with = enum_schema::of::<Dialect>)]
    dialect: &'static str,
    agent_id: Option<String>,
    #[schema(schema_with = enum_schema::of::<Status>)]
    status: &'static str,
    is_active: bool,
    /// The reason why it is disabled
    #[schema(schema_with = enum_schema::or_none::<DisabledReason>)]
    disabled_reason: Option<&'static str>,
    /// The beginning of uninterrupted failure; after five days it is disabled
    failing_since: Option<Stamp>,
    /// The time until which the secret before the present one still signs
    previous_secret_until: Option<Stamp>,
    created_at: Stamp,
    updated_at: Stamp,
}

impl From<Endpoint> for Webhook {
    fn from(endpoint: Endpoint) -> Self {
        Self {
            webhook_id: endpoint.id.to_string(),
            id: endpoint.id.0,
            url: endpoint.url,
            description: endpoint.description,
            events: endpoint.events,
            scopes: endpoint.scopes,
            dialect: endpoint.dialect.as_str(),
            agent_id: endpoint.agent_id.map(|id| id.0),
            status: endpoint.status.as_str(),
            is_active: endpoint.status == Status::Active,
            disabled_reason: endpoint.disabled_reason.map(DisabledReason::as_str),
            failing_since: endpoint.failing_since.map(Stamp::from),
            previous_secret_until: endpoint.previous_until.map(Stamp::from),
            created_at: endpoint.created_at.into(),
            updated_at: endpoint.updated_at.into(),
        }
    }
}

/// A webhook with its secret, shown once.
#[derive(Serialize, ToSchema)]
#[schema(as = gagiteck::MadeWebhook)]
struct MadeWebhook {
    #[serde(flatten)]
    webhook: Webhook,
    /// The secret that signs what is posted. It is shown once
    secret: String,
}

impl From<Created> for MadeWebhook {
    fn from(Created { endpoint, secret }: Created) -> Self {
        Self { webhook: endpoint.into(), secret }
    }
}

/// The webhooks of a team; it has 20 at most.
#[derive(Serialize, ToSchema)]
#[schema(as = gagiteck::Webhooks)]
struct Webhooks {
    data: Vec<Webhook>,
    total: usize,
}

/// The events of webhooks.
#[derive(Serialize, ToSchema)]
#[schema(as = gagiteck::WebhookEvents)]
struct WebhookEvents {
    /// The names
    events: Vec<&'static str>,
    /// The names with their meaning
    details: Vec<WebhookEvent>,
}

/// An event of webhooks.
#[derive(Serialize, ToSchema)]
#[schema(as = gagiteck::WebhookEvent)]
struct WebhookEvent {
    name: &'static str,
    description: &'static str,
}

fn sample_endpoint() -> Endpoint {
    Endpoint {
        id: "wh_1d4g7k0n3q6t9w2z5b8e".into(),
        team_id: samples::TEAM.into(),
        agent_id: None,
        url: "https://your-server.com/webhook".into(),
        description: String::new(),
        events: vec![ALL_EVENTS.into()],
        dialect: Dialect::Gagiteck,
        scopes: Vec::new(),
        status: Status::Active,
        disabled_reason: None,
        failing_since: None,
        previous_until: None,
        created_at: samples::AT,
        updated_at: samples::AT,
    }
}

fn sample() -> Value {
    shown::<Webhook>(sample_endpoint())
}

fn sample_made() -> Value {
    shown::<MadeWebhook>(Created { endpoint: sample_endpoint(), secret: "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=".into() })
}

async fn list(call: Call) -> ApiResult<Webhooks> {
    let found = endpoint::list(&mut call.read().await?, &call.actor).await?;
    let data: Vec<_> = found.into_iter().map(Webhook::from).collect();
    Ok(ok(Webhooks { total: data.len(), data }))
}

async fn create(call: Call, Body(new): Body<NewWebhook>) -> ApiResult<MadeWebhook> {
    let config = call.webhooks();
    let draft = new.draft(&config, call.key_prefix())?;
    let mut tx = call.begin().await?;
    let made = endpoint::create(&mut tx, &call.actor, &config, &draft).await?;
    call.commit(tx, created(made).secret()).await
}

async fn events(call: Call) -> ApiResult<WebhookEvents> {
    let known = endpoint::event_names(&call.webhooks(), Dialect::Gagiteck);
    let details: Vec<_> = known.into_iter().map(|event| WebhookEvent { name: event.name, description: event.sentence }).collect();
    Ok(ok(WebhookEvents { events: details.iter().map(|event| event.name).collect(), details }))
}

async fn show(call: Call, Id(id): Id<EndpointId>) -> ApiResult<Webhook> {
    let mut conn = call.read().await?;
    Ok(ok(endpoint::find(&mut conn, &call.actor, &id).await?))
}

async fn update(call: Call, Id(id): Id<EndpointId>, Body(new): Body<ChangedWebhook>) -> ApiResult<Webhook> {
    let change = new.try_into()?;
    let mut tx = call.begin().await?;
    let changed = endpoint::update(&mut tx, &call.actor, &call.webhooks(), &id, &change).await?;
    call.commit(tx, ok(changed)).await
}

async fn remove(call: Call, Id(id): Id<EndpointId>) -> ApiResult<()> {
    let mut tx = call.begin().await?;
    endpoint::delete(&mut tx, &call.actor, &id).await?;
    call.commit(tx, no_content()).await
}

async fn rotate(call: Call, Id(id): Id<EndpointId>, Body(new): Body<NewSecret>) -> ApiResult<MadeWebhook> {
    let mut tx = call.begin().await?;
    let made = endpoint::rotate_secret(&mut tx, &call.actor, &call.webhooks(), &id, new.secret.as_deref()).await?;
    call.commit(tx, ok(made).secret()).await
}

async fn test(call: Call, Id(id): Id<EndpointId>) -> ApiResult<Delivery> {
    let mut tx = call.begin().await?;
    let sent = delivery::test(&mut tx, &call.actor, &call.webhooks(), &id).await?;
    call.commit(tx, accepted(sent)).await
}
