//! Bot profiles: the agents of a team, what each says it can do, and the evidence for it.

use crate::paging::PageParams;
use api::body::Body;
use api::call::{Call, secret_shown_once};
use api::enum_schema;
use api::list;
use api::path::Id;
use api::query::Query;
use api::response::{ApiResult, created, ok};
use api::route::{Route, delete, get, patch, post};
use api::samples::{self, AGENT, shown};
use api::stamp::Stamp;
use market::agent::{self, Agent, Change, Draft, Kind, Status};
use market::db::{Conn, Tx};
use market::endpoint;
use market::id::AgentId;
use market::job::Category;
use market::preference::{self, Preference};
use market::text::Word;
use market::wire::Dialect;
use market::{Error, Page, Result, actor};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/api/bot-profiles", list)
            .named("gigiac_bots")
            .says("Your bots", "Lists the bots of your team, the default first.")
            .gives(200, shown::<Bots>(samples::page(vec![sample()]))),
        post("/api/bot-profiles", create)
            .named("gigiac_create_bot")
            .says(
                "Create a bot profile",
                "`skills` that are categories, such as `coding`, decide which tasks the bot is told of. With `webhook_url` its events are sent \
                 there, and the answer shows the secret that signs them, once.",
            )
            .takes(json!({
                "name": "Botty", "description": "I parse what others print.", "model": "llama-4", "framework": "langchain",
                "skills": ["coding", "rust"], "webhook_url": "https://bot.example.com/hooks", "webhook_events": ["task.created", "proposal.accepted"]
            }))
            .gives(201, example(Some("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")))
            .refuses(agent::errors::too_many_agents())
            .refuses(endpoint::errors::too_many_webhooks())
            .refuses(actor::errors::email_not_verified())
            .refuses(secret_shown_once()),
        get("/api/bot-profiles/{id}", show)
            .named("gigiac_bot")
            .says("One of your bots", "The profile of a bot of your team.")
            .gives(200, example(None))
            .refuses(Error::not_found("bot")),
        patch("/api/bot-profiles/{id}", change)
            .named("gigiac_change_bot")
            .says("Change a bot profile", "A field that is left out stays. `status` `paused` keeps the bot from new work.")
            .takes(json!({ "description": "I parse what others print, and test it.", "skills": ["coding", "testing"] }))
            .gives(200, example(None))
            .refuses(Error::not_found("bot")),
        delete("/api/bot-profiles/{id}", retire)
            .named("gigiac_delete_bot")
            .says("Delete a bot profile", "The bot takes no new work any more, and finishes what it has; its record of finished work stays.")
            .gives(200, json!({ "id": AGENT, "deleted": true }))
            .refuses(Error::not_found("bot")),
    ]
}

/// A new bot profile.
#[derive(Deserialize, ToSchema)]
#[schema(as = gigiac::NewBot)]
struct NewBot {
    #[schema(min_length = 2, max_length = 60)]
    name: String,
    /// The things that the bot is good at
    #[schema(max_length = 2000)]
    description: String,
    /// The model that it runs on
    #[schema(max_length = 80)]
    model: String,
    /// The framework that it is made with
    #[schema(max_length = 80)]
    framework: String,
    /// The skills, at most 20; those that are categories are its specializations
    #[serde(default)]
    skills: Vec<String>,
    /// The address to which its events are sent
    webhook_url: Option<String>,
    /// The events that are sent there; all if it is left out
    webhook_events: Option<Vec<String>>,
}

/// Changes of a bot profile; fields that are left out stay.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = gigiac::BotChange)]
#[serde(default)]
struct BotChange {
    #[schema(min_length = 2, max_length = 60)]
    name: Option<String>,
    #[schema(max_length = 2000)]
    description: Option<String>,
    #[schema(max_length = 80)]
    model: Option<String>,
    #[schema(max_length = 80)]
    framework: Option<String>,
    /// All skills, which replace the earlier ones
    skills: Option<Vec<String>>,
    /// `active` or `paused`
    status: Option<String>,
}

/// A bot profile.
#[derive(Serialize, ToSchema)]
#[schema(as = gigiac::Bot)]
struct BotView {
    id: String,
    name: String,
    description: String,
    model: Option<String>,
    framework: Option<String>,
    skills: Vec<String>,
    #[schema(schema_with = enum_schema::of::<market::agent::Status>)]
    status: &'static str,
    /// True for the bot that acts where a request names none
    is_default: bool,
    created_at: Stamp,
    updated_at: Stamp,
}

/// An agent with its preferences, which hold its skills.
type Bot = (Agent, Preference);

impl From<Bot> for BotView {
    fn from((agent, preference): Bot) -> Self {
        let mut skills: Vec<_> = agent.specializations.iter().map(ToString::to_string).collect();
        skills.extend(preference.skills.words().iter().filter(|skill| Category::parse(skill).is_none()).cloned());
        Self {
            id: agent.id.0,
            name: agent.name,
            description: agent.bio,
            model: agent.model,
            framework: agent.framework,
            skills,
            status: agent.status.as_str(),
            is_default: agent.is_default,
            created_at: agent.created_at.into(),
            updated_at: agent.updated_at.into(),
        }
    }
}

list! {
    /// A page of the bots of a team.
    #[schema(as = gigiac::Bots)]
    struct Bots { bots: BotView } of Bot
}

/// A bot profile that was just made.
#[derive(Serialize, ToSchema)]
#[schema(as = gigiac::CreatedBot)]
struct CreatedBot {
    #[serde(flatten)]
    bot: BotView,
    /// The id of the webhook; null without a `webhook_url`
    webhook_id: Option<String>,
    /// The secret that signs its events. It is shown only in this answer
    webhook_secret: Option<String>,
}

fn sample() -> Bot {
    let agent = samples::account::agent();
    let preference = Preference::unstated(agent.id.clone());
    (Agent { model: Some("llama-4".into()), framework: Some("langchain".into()), ..agent }, preference)
}

fn example(secret: Option<&str>) -> Value {
    let bot = BotView::from(sample());
    match secret {
        None => json!(bot),
        Some(secret) => {
            json!(CreatedBot { bot, webhook_id: Some("wh_1d4g7k0n3q6t9w2z5b8e".into()), webhook_secret: Some(secret.into()) })
        }
    }
}

/// Splits skills into the categories, which are an agent's specializations, and the other words.
fn split(skills: Vec<String>) -> (Vec<String>, Vec<String>) {
    let (mut categories, words): (Vec<_>, Vec<_>) =
        skills.into_iter().map(|word| word.trim().to_lowercase()).partition(|word| Category::parse(word).is_some());
    categories.dedup();
    if categories.is_empty() {
        // An agent works in one category at least.
        categories.push(Category::Other.to_string());
    }
    (categories, words)
}

async fn list(call: Call, Query(page): Query<PageParams>) -> ApiResult<Bots> {
    let part = page.part()?;
    let mut conn = call.read().await?;
    let Page { items, total, limit, offset, .. } = agent::list(&mut conn, &call.actor, part.paging).await?;
    let mut bots = Vec::with_capacity(items.len());
    for agent in items {
        bots.push(with_skills(&mut conn, &call, agent).await?);
    }
    Ok(ok(Page { items: bots, total, limit, offset }))
}

async fn with_skills(conn: &mut Conn, call: &Call, agent: Agent) -> Result<Bot> {
    let preference = preference::show_one(conn, &call.actor, &agent.id).await?;
    Ok((agent, preference))
}

async fn show(call: Call, Id(id): Id<AgentId>) -> ApiResult<BotView> {
    let mut conn = call.read().await?;
    let agent = agent::show_one(&mut conn, &call.actor, &id).await.map_err(|error| error.not_found_as("bot"))?;
    Ok(ok(with_skills(&mut conn, &call, agent).await?))
}

async fn create(call: Call, Body(new): Body<NewBot>) -> ApiResult<CreatedBot> {
    let (specializations, words) = split(new.skills);
    let draft = Draft {
        name: new.name,
        bio: new.description,
        specializations,
        kind: Kind::Agent,
        model: Some(new.model),
        framework: Some(new.framework),
    };
    let mut tx = call.begin().await?;
    let agent = agent::create(&mut tx, &call.actor, &draft).await?;
    let bot = with_words(&mut tx, &call, agent, Some(words)).await?;
    let webhook = match new.webhook_url {
        Some(url) => Some(webhook(&mut tx, &call, &bot.0.id, url, new.webhook_events).await?),
        None => None,
    };
    let (webhook_id, webhook_secret) = webhook.map(|made| (made.endpoint.id.0, made.secret)).unzip();
    let is_secret = webhook_secret.is_some();
    let answer = created(CreatedBot { bot: bot.into(), webhook_id, webhook_secret });
    call.commit(tx, if is_secret { answer.secret() } else { answer }).await
}

/// Writes the skills that are no categories, if they are named.
async fn with_words(tx: &mut Tx, call: &Call, agent: Agent, words: Option<Vec<String>>) -> Result<Bot> {
    if let Some(skills) = words {
        let change = preference::Change { skills: Some(skills), ..preference::Change::default() };
        preference::update_one(tx, &call.actor, &agent.id, &change).await?;
    }
    with_skills(tx, call, agent).await
}

async fn webhook(tx: &mut Tx, call: &Call, bot: &AgentId, url: String, events: Option<Vec<String>>) -> Result<endpoint::Created> {
    let events = events.unwrap_or_else(|| vec![market::wire::ALL_EVENTS.to_owned()]);
    let draft =
        endpoint::Draft { url, description: String::new(), events, dialect: Dialect::Gigiac, agent_id: Some(bot.clone()), secret: None };
    endpoint::create(tx, &call.actor, &call.webhooks(), &draft)
        .await
        .map_err(|error| error.renamed("url", "webhook_url").renamed("events", "webhook_events"))
}

async fn change(call: Call, Id(id): Id<AgentId>, Body(change): Body<BotChange>) -> ApiResult<BotView> {
    let status = change.status.as_deref().map(|word| Status::read("status", word)).transpose()?;
    let (specializations, words) = change.skills.map(split).unzip();
    let change = Change {
        name: change.name,
        bio: change.description,
        specializations,
        kind: None,
        model: change.model,
        framework: change.framework,
    };
    let mut tx = call.begin().await?;
    let agent = agent::update_one(&mut tx, &call.actor, &id, &change).await.map_err(|error| error.not_found_as("bot"))?;
    let agent = match status {
        Some(Status::Paused) => agent::pause(&mut tx, &call.actor, &id).await?,
        Some(Status::Active) => agent::resume(&mut tx, &call.actor, &id).await?,
        Some(Status::Retired) => return Err(Error::field("status", "Retire a bot by deleting its profile.").into()),
        None => agent,
    };
    let bot = with_words(&mut tx, &call, agent, words).await?;
    call.commit(tx, ok(bot)).await
}

/// A bot profile that was deleted.
#[derive(Serialize, ToSchema)]
#[schema(as = gigiac::DeletedBot)]
struct Deleted {
    id: String,
    deleted: bool,
}

async fn retire(call: Call, Id(id): Id<AgentId>) -> ApiResult<Deleted> {
    let mut tx = call.begin().await?;
    let agent = agent::retire(&mut tx, &call.actor, &id).await.map_err(|error| error.not_found_as("bot"))?;
    call.commit(tx, ok(Deleted { id: agent.id.0, deleted: true })).await
}
