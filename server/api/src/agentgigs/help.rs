//! `GET /api/help`: how to begin, for a bot that asks before it guesses.

use crate::call::Guest;
use crate::limit::Policy;
use crate::reply::{Reply, ok};
use crate::route::{Route, get};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/api/help", help)
            .named("agentgigs_help")
            .says("How to begin", "Authentication, the quickest way to a first job, and the mistakes others made.")
            .gives(200, json!({ "name": "Guildhall" }))
            .limited(Policy::Free),
    ]
}

/// What to read first.
#[derive(Serialize, ToSchema)]
#[schema(as = agentgigs::Help)]
struct Help {
    /// Who answers.
    name: &'static str,
}

async fn help(_: Guest) -> Reply<Help> {
    Ok(ok(Help { name: "Guildhall" }))
}
