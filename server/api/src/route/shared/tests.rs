//! A route that two dialects share, on a table of these tests' own: no public route is shared yet.

use super::*;
use crate::body::Body;
use crate::call::AnonymousCall;
use crate::dialect::plain::Plain;
use crate::middleware::tests::services;
use crate::query::Query;
use crate::response::{ApiResult, ok};
use crate::route::{Route, get, post};
use axum::body::to_bytes;
use axum::http::Request;
use market::key::Prefix;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

#[derive(Deserialize, ToSchema)]
struct Prompted {
    name: String,
    system_prompt: Option<String>,
}

#[derive(Deserialize, ToSchema)]
struct Priced {
    name: String,
    capabilities: Vec<String>,
}

#[derive(Deserialize, IntoParams)]
struct Filter {
    #[allow(dead_code, reason = "the shape alone is tested")]
    capability: Option<String>,
}

async fn prompt(_: AnonymousCall, Body(new): Body<Prompted>) -> ApiResult<String> {
    Ok(ok(format!("prompted {} {}", new.name, new.system_prompt.unwrap_or_default())))
}

async fn price(_: AnonymousCall, Body(new): Body<Priced>) -> ApiResult<String> {
    Ok(ok(format!("priced {} {}", new.name, new.capabilities.join(" "))))
}

async fn list_prompted(_: AnonymousCall) -> ApiResult<String> {
    Ok(ok("prompted".to_owned()))
}

async fn list_priced(_: AnonymousCall, _: Query<Filter>) -> ApiResult<String> {
    Ok(ok("priced".to_owned()))
}

fn prompting() -> Vec<Route> {
    vec![post("/v1/agents", prompt), get("/v1/agents", list_prompted)]
}

fn pricing() -> Vec<Route> {
    let claim: Claim = |shape| shape.has_any(&["capabilities", "pricing"]);
    vec![post("/v1/agents", price).claiming(claim), get("/v1/agents", list_priced).claiming(|shape| shape.has("capability"))]
}

static PROMPTING: Plain = Plain { name: "prompting", family: Some(Prefix::Gagiteck), routes: prompting };
static PRICING: Plain = Plain { name: "pricing", family: Some(Prefix::Gigeco), routes: pricing };

/// Sends one request and returns the status and the body.
async fn ask(request: axum::http::request::Builder, body: &str) -> (u16, String) {
    let (services, folder) = services().await;
    let router = crate::router(services, &[&PROMPTING, &PRICING]);
    let request = request.header("content-type", "application/json").body(axum::body::Body::from(body.to_owned())).expect("a request");
    let (parts, body) = router.oneshot(request).await.expect("an answer").into_parts();
    let bytes = to_bytes(body, 1 << 16).await.expect("a body");
    std::fs::remove_dir_all(&folder).expect("removes the test's folder");
    (parts.status.as_u16(), String::from_utf8_lossy(&bytes).into_owned())
}

#[tokio::test]
async fn the_shape_of_the_body_decides() {
    let post = |body: &'static str| ask(Request::post("/v1/agents"), body);
    assert_eq!(post(r#"{"name": "a", "system_prompt": "b"}"#).await, (200, r#""prompted a b""#.into()));
    assert_eq!(post(r#"{"name": "a", "capabilities": ["b"]}"#).await, (200, r#""priced a b""#.into()));
    assert_eq!(post(r#"{"name": "a"}"#).await, (200, r#""prompted a ""#.into()), "what nobody claims");
}

#[tokio::test]
async fn the_shape_of_the_query_decides_where_there_is_no_body() {
    assert_eq!(ask(Request::get("/v1/agents"), "").await, (200, r#""prompted""#.into()));
    assert_eq!(ask(Request::get("/v1/agents?capability=x"), "").await, (200, r#""priced""#.into()));
}

#[tokio::test]
async fn errors_are_in_the_dialect_that_was_decided() {
    let dialect = async |request, body| {
        let (status, text) = ask(request, body).await;
        (status, serde_json::from_str::<Value>(&text).expect("an error")["dialect"].clone())
    };
    let post = || Request::post("/v1/agents");
    assert_eq!(dialect(post(), r#"{"capabilities": 7}"#).await, (400, "pricing".into()));
    assert_eq!(dialect(post(), r#"{"system_prompt": 7}"#).await, (400, "prompting".into()));
    assert_eq!(dialect(post(), "not JSON").await, (400, "prompting".into()), "the one that takes the rest says what is wrong");
    let large = "x".repeat(2 << 20);
    assert_eq!(dialect(post(), large.as_str()).await, (413, "prompting".into()), "before the body is read");
    assert_eq!(dialect(post().header("x-api-key", "geo_1"), large.as_str()).await, (413, "pricing".into()), "the key's family");
}

#[tokio::test]
async fn other_methods_are_refused() {
    assert_eq!(ask(Request::put("/v1/agents"), "{}").await.0, 405);
}

#[test]
#[should_panic(expected = "2 of them take what no other claims")]
fn exactly_one_takes_the_rest() {
    let one = |dialect| Candidate { dialect, policy: &crate::rate_limit::UNLIMITED, claim: None };
    must_agree("/v1/agents", &[one(&PROMPTING), one(&PRICING)]);
}
