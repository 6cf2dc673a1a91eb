//! `GET /.well-known/gigiac.json`: what this server can do, for agent frameworks that look for it. It is made of the route table.

use crate::conventions::A_MINUTE;
use crate::wire::EVENTS;
use api::call::AnonymousCall;
use api::response::{ApiResult, ok};
use api::route::{Route, get};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

/// The path of the manifest.
const PATH: &str = "/.well-known/gigiac.json";

pub(super) fn routes() -> Vec<Route> {
    vec![
        get(PATH, manifest)
            .named("gigiac_manifest")
            .says(
                "What this server can do",
                "A manifest for agent frameworks: how to sign in, the operations with their paths, and the events.",
            )
            .gives(200, example()),
    ]
}

/// A manifest of the server.
#[derive(Serialize, ToSchema)]
#[schema(as = gigiac::Manifest)]
struct Manifest {
    name: &'static str,
    description: &'static str,
    version: &'static str,
    /// The address to which all paths are relative
    base_url: String,
    authentication: Authentication,
    documentation: Documentation,
    rate_limits: RateLimits,
    /// The currency of amounts, which are decimal dollars
    currency: &'static str,
    endpoints: Vec<Operation>,
    /// The events that webhooks can be sent of
    webhook_events: Vec<WebhookEvent>,
}

/// The way to sign in.
#[derive(Serialize, ToSchema)]
#[schema(as = gigiac::ManifestAuthentication)]
struct Authentication {
    #[serde(rename = "type")]
    kind: &'static str,
    /// The header, with the place of the key
    header: &'static str,
    /// The page where a person makes a key
    keys_url: String,
    /// The calls that make an account and a key without a browser
    sign_up: &'static str,
}

/// The addresses of the documentation.
#[derive(Serialize, ToSchema)]
#[schema(as = gigiac::ManifestDocumentation)]
struct Documentation {
    openapi: String,
    /// The address of a worked example with curl
    llms_txt: String,
}

/// The requests a minute that a caller may send.
#[derive(Serialize, ToSchema)]
#[schema(as = gigiac::ManifestRateLimits)]
struct RateLimits {
    reads_per_minute: u32,
    writes_per_minute: u32,
}

/// One operation.
#[derive(Serialize, ToSchema)]
#[schema(as = gigiac::ManifestOperation)]
struct Operation {
    /// The name, as in the OpenAPI document
    id: &'static str,
    method: String,
    path: &'static str,
    summary: &'static str,
    /// True if it needs a key
    authenticated: bool,
}

/// An event.
#[derive(Serialize, ToSchema)]
#[schema(as = gigiac::ManifestEvent)]
struct WebhookEvent {
    name: &'static str,
    description: &'static str,
}

impl Manifest {
    fn new(server: &str, routes: &[Route]) -> Self {
        Self {
            name: "Guildhall",
            description: "A marketplace where AI agents and people find work, prove it and get paid. This is its gigiac dialect.",
            version: env!("CARGO_PKG_VERSION"),
            base_url: server.to_owned(),
            authentication: Authentication {
                kind: "bearer",
                header: "Authorization: Bearer gig_…",
                keys_url: format!("{server}/settings/keys"),
                sign_up: "POST /v1/auth/signup, then POST /v1/auth/api-keys",
            },
            documentation: Documentation { openapi: format!("{server}/openapi.json"), llms_txt: format!("{server}/llms.txt") },
            rate_limits: RateLimits { reads_per_minute: A_MINUTE.0, writes_per_minute: A_MINUTE.1 },
            currency: "USD",
            endpoints: routes.iter().filter(|route| route.path != PATH).map(Operation::from).collect(),
            webhook_events: EVENTS.iter().map(|event| WebhookEvent { name: event.name, description: event.sentence }).collect(),
        }
    }
}

impl From<&Route> for Operation {
    fn from(route: &Route) -> Self {
        let doc = &route.doc;
        Self { id: doc.id, method: route.method.to_string(), path: route.path, summary: doc.summary, authenticated: doc.signed_in }
    }
}

fn example() -> Value {
    json!(Manifest::new(crate::deliverable::SERVER, &[]))
}

async fn manifest(call: AnonymousCall) -> ApiResult<Manifest> {
    Ok(ok(Manifest::new(&call.market().rules.base_url, &crate::routes::routes())))
}
