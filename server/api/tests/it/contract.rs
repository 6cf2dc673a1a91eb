//! The endpoints that the references list, and the part of them that this server serves.

use crate::document::asked;
use crate::test_api::TestApi;
use reqwest::Method;
use serde_json::Value;
use std::collections::BTreeSet;

const REFERENCES: &str = include_str!("contract/endpoints.tsv");

/// Dialects of which every endpoint is served. A dialect joins when its last one is.
const DONE: [&str; 1] = ["agentgigs"];

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

/// The parts of gigiac that are not built yet. It joins [`DONE`] with the last of them.
const TO_COME: [&str; 3] = ["/api/block-tasks", "/api/data-exchange", "/api/safety/"];

#[test]
fn gigiac_lacks_block_tasks_data_exchange_and_reports_alone() {
    let served = served();
    let missing = promised().into_iter().filter(|(dialect, route)| *dialect == "gigiac" && !served.contains(route));
    let others: Vec<_> = missing.filter(|(_, route)| !TO_COME.iter().any(|part| route.contains(part))).collect();
    assert_eq!(others, []);
}

/// The snapshot `operations` of the document tells which they are: an operation that goes missing is missed there.
#[tokio::test]
async fn what_is_documented_is_served() {
    let app = TestApi::new().await;
    for route in served() {
        let (method, path) = route.split_once(' ').expect("method and path");
        let answer = app.ask(method.parse::<Method>().expect("a method"), &asked(path)).send().await;
        assert!(answer.status != 405 && !answer.text.contains("There is no such route"), "{route}: {}", answer.text);
    }
    app.close().await;
}

/// The snapshot lists what a dialect's clients need and its reference forgot.
#[test]
fn what_no_reference_asks_for_is_added_on_purpose() {
    let promised: BTreeSet<_> = promised().into_iter().map(|(_, route)| route).collect();
    let added: Vec<_> = served().difference(&promised).cloned().collect();
    insta::assert_snapshot!("added", added.join("\n"));
}
