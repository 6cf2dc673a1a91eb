//! The house's own tongue: where the API tells about itself. Its refusals are RFC 9457 problems.

mod files;
mod story;

use crate::call::Guest;
use crate::dialect::{Dialect, Trace, shape};
use crate::limit::Policy;
use crate::refusal::Refusal;
use crate::reply::{JSON, Reply, ready};
use crate::route::{Route, get};
use axum::http::Method;
use serde_json::{Value, json};
pub(crate) use story::story;
use utoipa::ToSchema;
use utoipa::openapi::schema::{Object, Type};

/// Routes about the API itself.
pub(crate) struct Guildhall;

impl Dialect for Guildhall {
    fn name(&self) -> &'static str {
        "guildhall"
    }
    fn about(&self) -> &'static str {
        "What the API tells about itself"
    }
    fn failure(&self, refusal: &Refusal, trace: &Trace) -> Value {
        refusal.problem(trace)
    }
    fn failure_shape(&self) -> Object {
        shape(&[
            ("type", Type::String, "The kind of problem, as a URN"),
            ("title", Type::String, "The status in words"),
            ("status", Type::Integer, "The HTTP status"),
            ("detail", Type::String, "What happened and what to do next"),
            ("code", Type::String, "Stable, for programs"),
            ("request_id", Type::String, "Quote it when something is odd"),
        ])
    }
    fn key_header(&self) -> &'static str {
        "X-API-Key: age_…"
    }
    fn policy(&self, _: &Method) -> Policy {
        Policy::Free
    }
}

pub(crate) fn routes() -> Vec<Route> {
    let description = "This document. The router is built from the same table, so what it lists is what there is.";
    let example = json!({ "openapi": "3.1.0", "info": { "title": "Guildhall" }, "paths": {} });
    let own = vec![
        get("/openapi.json", openapi).named("openapi").says("The API as OpenAPI 3.1", description).gives(200, example.clone()),
        get("/.well-known/openapi.json", openapi)
            .named("openapi_well_known")
            .says("The API as OpenAPI 3.1, where crawlers look", description)
            .gives(200, example),
        get("/llms.txt", llms)
            .named("llms_txt")
            .says("The API for a bot that starts from nothing", "From signing up to a paid job, with curl.")
            .gives(200, json!("# Guildhall …"))
            .in_media("text/plain"),
    ];
    own.into_iter().chain(files::routes()).collect()
}

/// An OpenAPI document.
#[derive(ToSchema)]
struct OpenApiFile {
    #[allow(dead_code, reason = "the shape, for the document")]
    openapi: String,
}

async fn openapi(call: Guest) -> Reply<OpenApiFile> {
    Ok(ready(JSON, call.desk().document.clone()))
}

async fn llms(call: Guest) -> Reply<String> {
    Ok(ready("text/plain; charset=utf-8", call.desk().llms.clone()))
}
