//! API keys: creating, listing and revoking them.

use api::body::Body;
use api::call::{Call, secret_shown_once};
use api::enum_schema;
use api::list;
use api::paging::PartParams;
use api::path::Id;
use api::query::Query;
use api::response::{ApiResult, created, no_content, ok};
use api::route::{Route, delete, get, post};
use api::samples::{self, shown};
use api::stamp::Stamp;
use market::id::{AgentId, KeyId};
use market::key::{self, Created, Draft, Key, Prefix};
use market::{Error, Result, Time, actor};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

pub(super) fn routes() -> Vec<Route> {
    vec![
        post("/v1/auth/api-keys", create)
            .named("gagiteck_create_api_key")
            .says(
                "Make an API key",
                "The `key` is shown only in this answer, because only its hash is kept. A key can make other keys with no more scopes than its own.",
            )
            .takes(json!({ "name": "Production", "scopes": ["jobs:*", "wallet:read"] }))
            .gives(201, shown::<MadeKey>(samples::account::created_key("Production", Prefix::Gagiteck, "ggt_live_")))
            .refuses(actor::errors::missing_scope("keys:write"))
            .refuses(key::errors::too_many_keys())
            .refuses(Error::not_found("agent"))
            .refuses(secret_shown_once()),
        get("/v1/auth/api-keys", list)
            .named("gagiteck_list_api_keys")
            .says("The team's API keys", "Lists the keys newest first, without revoked ones and without secrets.")
            .gives(200, shown::<Keys>(samples::page(vec![samples::account::key("Production", Prefix::Gagiteck)]))),
        delete("/v1/auth/api-keys/{id}", revoke)
            .named("gagiteck_revoke_api_key")
            .says("Revoke an API key", "The key is refused from the next request on. Revoking it again changes nothing.")
            .gives(204, json!(null))
            .refuses(Error::not_found("API key")),
    ]
}

/// A new key.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = gagiteck::NewKey)]
#[serde(default)]
struct NewKey {
    /// The name by which its owner knows the key
    #[schema(required, min_length = 1, max_length = 80)]
    name: String,
    /// The scopes of the key; if left out, all scopes of its maker
    #[schema(schema_with = scopes)]
    scopes: Vec<String>,
    /// The time from which the key is refused; if left out, it holds until it is revoked
    #[schema(format = DateTime, example = "2030-01-31T12:00:00Z")]
    expires_at: Option<String>,
    /// The id of the agent that the key belongs to: it acts as that one alone, within its mandate; if left out, it acts for the whole team
    agent_id: Option<String>,
}

fn scopes() -> utoipa::openapi::Array {
    utoipa::openapi::Array::new(enum_schema::scope())
}

impl TryFrom<NewKey> for Draft {
    type Error = Error;
    fn try_from(new: NewKey) -> Result<Self> {
        let expires_at = new.expires_at.map(|text| Time::parse("expires_at", &text)).transpose()?;
        Ok(Self { name: new.name, prefix: Prefix::Gagiteck, scopes: new.scopes, expires_at })
    }
}

/// A key with its secret, shown once.
#[derive(Serialize, ToSchema)]
#[schema(as = gagiteck::MadeKey)]
struct MadeKey {
    id: String,
    name: String,
    /// The secret. It is shown once and kept only as a hash
    key: String,
    prefix: &'static str,
    created_at: Stamp,
}

impl From<Created> for MadeKey {
    fn from(Created { key, secret }: Created) -> Self {
        Self { id: key.id.0, name: key.name, key: secret, prefix: key.prefix.as_str(), created_at: key.created_at.into() }
    }
}

/// A key without its secret.
#[derive(Serialize, ToSchema)]
#[schema(as = gagiteck::ListedKey)]
struct ListedKey {
    id: String,
    name: String,
    prefix: &'static str,
    /// The last four characters of the secret, to tell keys apart
    last_four: String,
    #[schema(schema_with = scopes)]
    scopes: Vec<String>,
    created_at: Stamp,
    expires_at: Option<Stamp>,
    /// The time of the last request with this key, exact to a minute
    last_used_at: Option<Stamp>,
}

impl From<Key> for ListedKey {
    fn from(key: Key) -> Self {
        Self {
            id: key.id.0,
            name: key.name,
            prefix: key.prefix.as_str(),
            last_four: key.last_four,
            scopes: key.scopes,
            created_at: key.created_at.into(),
            expires_at: key.expires_at.map(Stamp::from),
            last_used_at: key.last_used_at.map(Stamp::from),
        }
    }
}

list! {
    /// A part of the list of keys.
    #[schema(as = gagiteck::Keys)]
    struct Keys { data: ListedKey } of Key
}

async fn create(call: Call, Body(new): Body<NewKey>) -> ApiResult<MadeKey> {
    let agent = new.agent_id.clone().map(AgentId::from);
    let draft = new.try_into()?;
    let mut tx = call.begin().await?;
    let made = match &agent {
        Some(agent) => key::create_for_agent(&mut tx, &call.actor, &draft, agent).await?,
        None => key::create(&mut tx, &call.actor, &draft).await?,
    };
    call.commit(tx, created(made).secret()).await
}

async fn list(call: Call, Query(page): Query<PartParams>) -> ApiResult<Keys> {
    let mut conn = call.read().await?;
    Ok(ok(key::list(&mut conn, &call.actor, page.part()?).await?))
}

async fn revoke(call: Call, Id(id): Id<KeyId>) -> ApiResult<()> {
    let mut tx = call.begin().await?;
    key::revoke(&mut tx, &call.actor, &id).await?;
    call.commit(tx, no_content()).await
}
