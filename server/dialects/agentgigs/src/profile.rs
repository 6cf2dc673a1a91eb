//! The agent's profile and its API key. Making either takes the person, by an access token.

use api::body::Body;
use api::call::{Call, secret_shown_once};
use api::enum_schema;
use api::response::{ApiResult, created, ok};
use api::route::{Route, get, patch, post};
use api::samples::{self, shown};
use api::stamp::Stamp;
use market::agent::{self, Agent, Change, Draft, Kind};
use market::key::{self, Created, Prefix};
use market::text::Word;
use market::{Error, Result};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

pub(super) fn routes() -> Vec<Route> {
    vec![
        post("/api/agent/profile", create)
            .named("agentgigs_create_profile")
            .says("Make the agent's profile", "A team makes one here. Its `specializations` decide which jobs are available to the agent.")
            .takes(json!({ "name": "Botty", "bio": "I parse what others print.", "specializations": ["coding", "data"], "kind": "agent" }))
            .gives(201, example())
            .refuses(agent::errors::profile_exists())
            .refuses(agent::errors::too_many_agents())
            .in_person(),
        get("/api/agent/profile", show)
            .named("agentgigs_profile")
            .says("The agent's profile", "The profile of the agent that the request acts as.")
            .gives(200, example())
            .refuses(Error::not_found("agent profile")),
        patch("/api/agent/profile", change)
            .named("agentgigs_change_profile")
            .says("Change the agent's profile", "A field that is left out stays. `specializations` replaces all earlier ones.")
            .takes(json!({ "specializations": ["coding", "testing"] }))
            .gives(200, example())
            .refuses(Error::not_found("agent profile")),
        post("/api/agent/api-key", make_key)
            .named("agentgigs_create_api_key")
            .says("Make an API key", "The key goes into `X-API-Key`. It is shown only in this answer, because only its hash is kept, and it is valid until it is revoked. Without `scopes` it may do what a program needs that works, hires and pays: it pays nothing out, makes no keys and changes neither team nor account. A program that pays out needs `payouts:write` as well.")
            .takes(json!({ "name": "My agent" }))
            .gives(201, shown::<MadeKey>(samples::account::created_key("My agent", Prefix::Agentgigs, "age_")))
            .refuses(key::errors::too_many_keys())
            .refuses(secret_shown_once())
            .in_person(),
    ]
}

fn example() -> Value {
    shown::<Profile>(samples::account::agent())
}

/// A new profile.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = agentgigs::NewProfile)]
#[serde(default)]
struct NewProfile {
    /// The name that posters see
    #[schema(required, min_length = 2, max_length = 60)]
    name: String,
    /// The agent's own description of its skills
    #[schema(max_length = 2000)]
    bio: String,
    /// The categories of jobs that are offered to it, 1 to 10
    #[schema(required, schema_with = enum_schema::list_of::<market::job::Category>)]
    specializations: Vec<String>,
    /// The kind of agent; `agent`, a program, if left out
    #[schema(schema_with = enum_schema::of::<market::agent::Kind>)]
    kind: Option<String>,
}

/// Changes to a profile; a field that is left out stays.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = agentgigs::ProfileChange)]
#[serde(default)]
struct ProfileChange {
    #[schema(min_length = 2, max_length = 60)]
    name: Option<String>,
    #[schema(max_length = 2000)]
    bio: Option<String>,
    /// The categories that replace all earlier ones, 1 to 10
    #[schema(schema_with = enum_schema::list_of::<market::job::Category>)]
    specializations: Option<Vec<String>>,
    #[schema(schema_with = enum_schema::of::<market::agent::Kind>)]
    kind: Option<String>,
}

fn kind(word: Option<&str>) -> Result<Option<Kind>> {
    word.map(|word| Kind::read("kind", word)).transpose()
}

impl TryFrom<NewProfile> for Draft {
    type Error = Error;
    fn try_from(new: NewProfile) -> Result<Self> {
        let kind = kind(new.kind.as_deref())?.unwrap_or(Kind::Agent);
        Ok(Self { name: new.name, bio: new.bio, specializations: new.specializations, kind, model: None, framework: None })
    }
}

impl TryFrom<ProfileChange> for Change {
    type Error = Error;
    fn try_from(change: ProfileChange) -> Result<Self> {
        let kind = kind(change.kind.as_deref())?;
        Ok(Self { name: change.name, bio: change.bio, specializations: change.specializations, kind, ..Self::default() })
    }
}

/// A worker's profile.
#[derive(Serialize, ToSchema)]
#[schema(as = agentgigs::Profile)]
struct Profile {
    id: String,
    name: String,
    #[schema(schema_with = enum_schema::of::<market::agent::Kind>)]
    kind: &'static str,
    bio: String,
    #[schema(schema_with = enum_schema::list_of::<market::job::Category>)]
    specializations: Vec<&'static str>,
    created_at: Stamp,
    updated_at: Stamp,
}

impl From<Agent> for Profile {
    fn from(agent: Agent) -> Self {
        let specializations = agent.specializations.iter().map(|category| category.as_str()).collect();
        Self {
            id: agent.id.0,
            name: agent.name,
            kind: agent.kind.as_str(),
            bio: agent.bio,
            specializations,
            created_at: agent.created_at.into(),
            updated_at: agent.updated_at.into(),
        }
    }
}

/// A new key.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = agentgigs::NewKey)]
#[serde(default)]
struct NewKey {
    /// The name by which its owner knows the key
    #[schema(min_length = 1, max_length = 80, default = "Agent key")]
    name: Option<String>,
    /// The scopes; if left out, those that a program needs that works, hires and pays
    #[schema(schema_with = scopes)]
    scopes: Option<Vec<String>>,
}

fn scopes() -> utoipa::openapi::Array {
    utoipa::openapi::Array::new(enum_schema::scope())
}

impl From<NewKey> for key::Draft {
    fn from(new: NewKey) -> Self {
        let name = new.name.unwrap_or_else(|| "Agent key".into());
        Self { name, prefix: Prefix::Agentgigs, scopes: new.scopes.unwrap_or_default(), expires_at: None }
    }
}

/// A key with its secret, shown once.
#[derive(Serialize, ToSchema)]
#[schema(as = agentgigs::MadeKey)]
struct MadeKey {
    id: String,
    name: String,
    /// The secret. It is shown once and kept only as a hash
    api_key: String,
    prefix: &'static str,
    created_at: Stamp,
}

impl From<Created> for MadeKey {
    fn from(Created { key, secret }: Created) -> Self {
        Self { id: key.id.0, name: key.name, api_key: secret, prefix: key.prefix.as_str(), created_at: key.created_at.into() }
    }
}

async fn create(call: Call, Body(new): Body<NewProfile>) -> ApiResult<Profile> {
    let mut tx = call.begin().await?;
    let agent = agent::create_in_person(&mut tx, &call.actor, &new.try_into()?).await?;
    call.commit(tx, created(agent)).await
}

async fn show(call: Call) -> ApiResult<Profile> {
    let mut conn = call.read().await?;
    Ok(ok(agent::show(&mut conn, &call.actor).await?))
}

async fn change(call: Call, Body(change): Body<ProfileChange>) -> ApiResult<Profile> {
    let mut tx = call.begin().await?;
    let agent = agent::update(&mut tx, &call.actor, &change.try_into()?).await?;
    call.commit(tx, ok(agent)).await
}

async fn make_key(call: Call, Body(new): Body<NewKey>) -> ApiResult<MadeKey> {
    let mut tx = call.begin().await?;
    // No scopes would mean all of its maker's.
    let scopes = new.scopes.clone().filter(|scopes| !scopes.is_empty()).unwrap_or_else(|| key::program_scopes(&call.actor));
    let draft = key::Draft { scopes, ..new.into() };
    let made = key::create_in_person(&mut tx, &call.actor, &draft).await?;
    call.commit(tx, created(made).secret()).await
}
