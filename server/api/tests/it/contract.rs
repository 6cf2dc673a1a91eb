//! The endpoints that the references list, and the part of them that this server serves.

use crate::world::World;
use reqwest::Method;
use serde_json::Value;
use std::collections::BTreeSet;

const REFERENCES: &str = include_str!("contract/endpoints.tsv");

/// Dialects of which every endpoint is served. A dialect joins when its last one is.
const DONE: [&str; 1] = ["agentgigs"];

/// The endpoints served so far. Each new route adds a line, and a route that goes missing fails.
const SERVED: &[&str] = &[
    "DELETE /v1/access/roles/{id}",
    "DELETE /v1/access/team/members/{id}",
    "GET /v1/access/audit",
    "GET /v1/access/permissions",
    "GET /v1/access/roles",
    "GET /v1/access/roles/{id}",
    "GET /v1/access/team",
    "GET /v1/access/teams",
    "PATCH /v1/access/roles/{id}",
    "PATCH /v1/access/team",
    "PATCH /v1/access/team/members/{id}",
    "POST /v1/access/invitations/accept",
    "POST /v1/access/roles",
    "POST /v1/access/team/members",
    "POST /v1/access/team/members/{id}/resend",
    "POST /v1/access/teams",
    "DELETE /api/jobs/{id}/files",
    "DELETE /v1/auth/api-keys/{id}",
    "GET /.well-known/openapi.json",
    "GET /api/agent/events",
    "GET /api/agent/improvement-trends",
    "GET /api/agent/jobs",
    "GET /api/agent/jobs/available",
    "GET /api/agent/jobs/{id}/applications",
    "GET /api/agent/profile",
    "GET /api/agent/proofs",
    "GET /api/agent/ratings",
    "GET /api/credits/balance",
    "GET /api/credits/transactions",
    "GET /api/disputes",
    "GET /api/health",
    "GET /api/help",
    "GET /api/jobs/proof-needed",
    "GET /api/jobs/{id}",
    "GET /api/jobs/{id}/attachments",
    "GET /api/jobs/{id}/dispute",
    "GET /api/jobs/{id}/download",
    "GET /api/jobs/{id}/messages",
    "GET /api/jobs/{id}/nda",
    "GET /api/jobs/{id}/proofs",
    "GET /api/jobs/{id}/proofs/draft",
    "GET /api/jobs/{id}/ratings",
    "GET /api/wallet",
    "GET /api/wallet/deposit/{id}",
    "GET /api/wallet/transactions",
    "GET /files/{id}",
    "GET /llms.txt",
    "GET /openapi.json",
    "GET /v1/auth/api-keys",
    "GET /v1/auth/me",
    "PATCH /api/agent/profile",
    "PATCH /api/jobs/{id}/proof-settings",
    "POST /api/agent/api-key",
    "POST /api/agent/jobs",
    "POST /api/agent/jobs/{id}/accept-application",
    "POST /api/agent/jobs/{id}/attachments",
    "POST /api/agent/jobs/{id}/decline-application",
    "POST /api/agent/jobs/{id}/upload-deliverable",
    "POST /api/agent/profile",
    "POST /api/agent/stripe/connect",
    "POST /api/auth/login",
    "POST /api/credits/deposit",
    "POST /api/disputes/{id}/resolve",
    "POST /api/jobs/{id}/accept-proofer",
    "POST /api/jobs/{id}/apply",
    "POST /api/jobs/{id}/approve",
    "POST /api/jobs/{id}/cancel",
    "POST /api/jobs/{id}/deliver",
    "POST /api/jobs/{id}/dispute",
    "POST /api/jobs/{id}/dispute/answer",
    "POST /api/jobs/{id}/dispute/evidence",
    "POST /api/jobs/{id}/dispute/files",
    "POST /api/jobs/{id}/dispute/withdraw",
    "POST /api/jobs/{id}/feature",
    "POST /api/jobs/{id}/fund-escrow",
    "POST /api/jobs/{id}/fund-proof-escrow",
    "POST /api/jobs/{id}/messages",
    "POST /api/jobs/{id}/nda",
    "POST /api/jobs/{id}/proofs",
    "POST /api/jobs/{id}/ratings",
    "POST /api/jobs/{id}/reject",
    "POST /api/jobs/{id}/request-revision",
    "POST /api/wallet/deposit",
    "POST /v1/auth/api-keys",
    "POST /v1/auth/login",
    "POST /v1/auth/signup",
    "PUT /api/jobs/{id}/proofs/draft",
];

/// The endpoints that a dialect's clients need and its reference forgot.
const ADDED: &[&str] = &[
    "DELETE /v1/access/roles/{id}",
    "DELETE /v1/access/team/members/{id}",
    "GET /v1/access/audit",
    "GET /v1/access/permissions",
    "GET /v1/access/roles/{id}",
    "GET /v1/access/teams",
    "PATCH /v1/access/roles/{id}",
    "PATCH /v1/access/team",
    "PATCH /v1/access/team/members/{id}",
    "POST /v1/access/invitations/accept",
    "POST /v1/access/roles",
    "POST /v1/access/team/members/{id}/resend",
    "POST /v1/access/teams",
    "DELETE /v1/auth/api-keys/{id}",
    "GET /api/agent/jobs",
    "GET /api/agent/profile",
    "GET /api/jobs/{id}",
    "GET /api/jobs/{id}/nda",
    "GET /api/wallet/transactions",
    "GET /v1/auth/api-keys",
    "POST /api/jobs/{id}/cancel",
    "POST /api/jobs/{id}/reject",
    "POST /api/jobs/{id}/request-revision",
    "GET /.well-known/openapi.json",
    "GET /llms.txt",
    "GET /api/jobs/{id}/messages",
    "POST /api/jobs/{id}/messages",
    "GET /api/agent/ratings",
    "GET /api/jobs/{id}/ratings",
    "POST /api/jobs/{id}/ratings",
    "GET /api/agent/proofs",
    "GET /api/jobs/{id}/proofs/draft",
    "POST /api/jobs/{id}/proofs",
    "PUT /api/jobs/{id}/proofs/draft",
    "GET /api/disputes",
    "GET /api/jobs/{id}/dispute",
    "POST /api/disputes/{id}/resolve",
    "POST /api/jobs/{id}/dispute",
    "POST /api/jobs/{id}/dispute/answer",
    "POST /api/jobs/{id}/dispute/evidence",
    "POST /api/jobs/{id}/dispute/files",
    "POST /api/jobs/{id}/dispute/withdraw",
    "POST /api/agent/jobs/{id}/decline-application",
    "DELETE /api/jobs/{id}/files",
    "GET /files/{id}",
    "POST /api/agent/jobs/{id}/attachments",
    "GET /api/wallet/deposit/{id}",
    "POST /api/agent/stripe/connect",
    "POST /api/wallet/deposit",
    "POST /api/jobs/{id}/feature",
];

/// Returns `(dialect, "METHOD /path")` of every endpoint of every reference.
fn promised() -> Vec<(&'static str, String)> {
    let rows = REFERENCES.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>());
    rows.map(|row| (row[0], format!("{} {}", row[2], row[3]))).collect()
}

fn served() -> BTreeSet<String> {
    let document = serde_json::to_value(api::openapi(&dialects::ALL, "http://127.0.0.1:3000")).expect("serialises");
    let paths = document["paths"].as_object().cloned().unwrap_or_default();
    let methods = |item: &Value| item.as_object().cloned().unwrap_or_default().into_iter().map(|(method, _)| method.to_uppercase());
    paths.iter().flat_map(|(path, item)| methods(item).map(move |method| format!("{method} {path}"))).collect()
}

#[test]
fn a_dialect_that_is_done_lacks_nothing() {
    let served = served();
    let missing: Vec<_> = promised().into_iter().filter(|(dialect, route)| DONE.contains(dialect) && !served.contains(route)).collect();
    assert_eq!(missing, []);
}

#[tokio::test]
async fn what_was_served_is_still_there() {
    let world = World::new().await;
    let documented = served();
    for &route in SERVED {
        assert!(documented.contains(route), "{route} is documented");
        let (method, path) = route.split_once(' ').expect("method and path");
        let answer = world.ask(method.parse::<Method>().expect("a method"), &path.replace("{id}", "1")).send().await;
        assert!(answer.status != 405 && !answer.text.contains("There is no such route"), "{route}: {}", answer.text);
    }
    world.close().await;
}

#[test]
fn nothing_is_served_that_nobody_asked_for() {
    let promised: BTreeSet<_> = promised().into_iter().map(|(_, route)| route).collect();
    let known = |route: &String| promised.contains(route) || ADDED.contains(&route.as_str()) || route == "GET /openapi.json";
    let extra: Vec<_> = served().into_iter().filter(|route| !known(route)).collect();
    assert_eq!(extra, [""; 0]);
}

#[test]
fn what_was_added_is_served_and_in_no_reference() {
    let (served, promised) = (served(), promised());
    for &route in ADDED {
        assert!(served.contains(route), "{route} is served");
        assert!(promised.iter().all(|(_, known)| known != route), "{route} is in no reference");
    }
}
