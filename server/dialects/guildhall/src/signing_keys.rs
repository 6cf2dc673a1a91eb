//! `GET /.well-known/jwks.json`: the keys that mandates are signed with.

use api::call::AnonymousCall;
use api::rate_limit::FORMS;
use api::response::{ApiResult, ok};
use api::route::{Route, get};
use market::mandate::{self, SigningKey};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/.well-known/jwks.json", keys)
            .named("signing_keys")
            .says(
                "The keys that sign mandates",
                "A JSON Web Key Set of Ed25519 keys (RFC 8037), the newest first. The document of a mandate is signed by the one that its `key_id` \
                 names; keys stay here after another one has taken their place.",
            )
            .gives(
                200,
                json!({ "keys": [{
                    "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig", "kid": "9c1f3b7a5d2e8046",
                    "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
                }] }),
            )
            .limited(&FORMS),
    ]
}

/// A set of keys.
#[derive(Serialize, ToSchema)]
struct KeySet {
    keys: Vec<Jwk>,
}

/// The public half of a key.
#[derive(Serialize, ToSchema)]
struct Jwk {
    kty: &'static str,
    crv: &'static str,
    alg: &'static str,
    #[serde(rename = "use")]
    purpose: &'static str,
    kid: String,
    /// The 32 bytes of the key, in base64url
    x: String,
}

impl From<SigningKey> for Jwk {
    fn from(key: SigningKey) -> Self {
        Self { kty: "OKP", crv: "Ed25519", alg: "EdDSA", purpose: "sig", kid: key.id, x: key.public_key }
    }
}

async fn keys(call: AnonymousCall) -> ApiResult<KeySet> {
    let mut conn = call.read().await?;
    let keys = mandate::signing_keys(&mut conn).await?.into_iter().map(Jwk::from).collect();
    Ok(ok(KeySet { keys }))
}
