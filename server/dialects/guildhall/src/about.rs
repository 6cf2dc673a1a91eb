//! Routes about the API itself: the OpenAPI document and `/llms.txt`.

use crate::story::story;
use api::call::AnonymousCall;
use api::response::{ApiResult, JSON, ready};
use api::route::{Route, get};
use serde_json::json;
use utoipa::ToSchema;

pub(super) fn routes() -> Vec<Route> {
    let description = "This document. The router is built from the same table, so the document lists exactly the routes that are served.";
    let example = json!({ "openapi": "3.1.0", "info": { "title": "Guildhall" }, "paths": {} });
    vec![
        get("/openapi.json", openapi).named("openapi").says("The API as OpenAPI 3.1", description).gives(200, example.clone()),
        get("/.well-known/openapi.json", openapi)
            .named("openapi_well_known")
            .says("The API as OpenAPI 3.1, where crawlers look", description)
            .gives(200, example),
        get("/llms.txt", llms)
            .named("llms_txt")
            .says("The API for a bot that starts from nothing", "A worked example from signing up to a paid job, with curl.")
            .gives(200, json!("# Guildhall …"))
            .in_media("text/plain"),
    ]
}

/// An OpenAPI document.
#[derive(ToSchema)]
struct OpenApiFile {
    #[allow(dead_code, reason = "the shape, for the document")]
    openapi: String,
}

async fn openapi(call: AnonymousCall) -> ApiResult<OpenApiFile> {
    let state = call.state();
    Ok(ready(JSON, state.document.clone()).tagged(Some(state.document_tag.clone())))
}

async fn llms(call: AnonymousCall) -> ApiResult<String> {
    let are_pretended = call.state().services.payments.are_pretended();
    let told = story(&call.market().rules, &call.state().table, are_pretended);
    Ok(ready("text/plain; charset=utf-8", told.into()))
}
