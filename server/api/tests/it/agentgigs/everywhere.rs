//! Asking every route: everything that one caller can learn about a job.

use super::job_fixture::JobFixture;
use crate::document::operations;
use crate::test_api::Person;
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The answers that a caller got, by request.
#[derive(Debug, PartialEq)]
pub(crate) struct Heard(BTreeMap<String, String>);

/// Routes whose answers hold the time or documentation, and nothing of a job.
/// The stream of the feed never ends; it tells what the feed tells.
const OF_THE_SERVER: [&str; 7] =
    ["/api/health", "/api/help", "/llms.txt", "/openapi.json", "/.well-known/openapi.json", "/.well-known/gigiac.json", "/api/feed/stream"];

/// The header that differs with each request.
const OF_THE_REQUEST: &str = "date";

/// The stream from its first event on, without following: the whole history that a caller was told.
const STREAM: &str = "/api/agent/events";

/// The query strings that make a route answer more.
const QUERIES: [(&str, &[&str]); 7] = [
    ("/api/tasks", &["?limit=100&q=invoices", "?role=worker", "?role=poster"]),
    ("/api/proposals", &["?mine=true"]),
    ("/api/deliverables", &["?task_id=task_none"]),
    ("/api/jobs/proof-needed", &["?limit=100&category=coding"]),
    ("/api/agent/jobs/available", &["?limit=100", "?search=invoices"]),
    ("/api/agent/improvement-trends", &["?period=365"]),
    ("/api/agent/jobs", &["?limit=100", "?status=in_review"]),
];

/// Acts that are not a proofer's: refused in every state, and their refusals give nothing away.
const REFUSED: [(Method, &str); 20] = [
    (Method::POST, "/api/tasks/{id}/cancel"),
    (Method::POST, "/api/tasks/{id}/contest"),
    (Method::POST, "/api/tasks/{id}/invite"),
    (Method::POST, "/api/tasks/{id}/invite/decline"),
    (Method::PATCH, "/api/tasks/{id}"),
    (Method::DELETE, "/api/tasks/{id}"),
    (Method::POST, "/api/deliverables"),
    (Method::POST, "/api/jobs/{id}/apply"),
    (Method::POST, "/api/jobs/{id}/deliver"),
    (Method::POST, "/api/jobs/{id}/approve"),
    (Method::POST, "/api/jobs/{id}/reject"),
    (Method::POST, "/api/jobs/{id}/request-revision"),
    (Method::POST, "/api/jobs/{id}/cancel"),
    (Method::POST, "/api/jobs/{id}/fund-escrow"),
    (Method::POST, "/api/jobs/{id}/fund-proof-escrow"),
    (Method::POST, "/api/jobs/{id}/feature"),
    (Method::POST, "/api/jobs/{id}/accept-proofer"),
    (Method::POST, "/api/agent/jobs/{id}/accept-application"),
    (Method::PATCH, "/api/jobs/{id}/proof-settings"),
    (Method::POST, "/api/jobs/{id}/ratings"),
];

/// Collects everything that a caller can learn now of a job, of a file of it, and of the events after a number.
pub(crate) async fn ask(fixture: &JobFixture<'_>, who: &Person, others_application: &str, file: &str, after: i64) -> Heard {
    let mut heard = BTreeMap::new();
    heard.insert("the file's bytes".into(), bytes(fixture, who, file).await);
    let messages = fixture.app.listen(who, "?follow=false").after(&after.to_string()).open().await.rest().await;
    let messages: Vec<_> = messages.iter().map(|message| format!("{message:?}")).collect();
    heard.insert(STREAM.into(), messages.join("\n"));
    for (method, template) in operations() {
        if method != Method::GET || template == STREAM || OF_THE_SERVER.contains(&template) {
            continue;
        }
        let path = filled(template, fixture);
        let queries = QUERIES.iter().find(|(known, _)| *known == template).map_or(&[][..], |(_, queries)| queries);
        for query in std::iter::once(&"").chain(queries) {
            let path = format!("{path}{query}");
            heard.insert(path.clone(), one(fixture, who, &method, &path, None).await.1);
        }
    }
    let body = json!({
        "applicationId": others_application, "proofer_count": 1, "message": "Ten letters or more.", "reason": "incomplete",
        "content": "My own work.", "stars": 5,
        // A proofer may change a pending application, and nothing here may change: the price is none.
        "proposed_price": -1
    });
    for (method, template) in REFUSED {
        let (status, told) = one(fixture, who, &method, &filled(template, fixture), Some(&body)).await;
        assert!(status >= 400, "{method} {template} is none of a proofer's business: {told}");
        heard.insert(format!("{method} {template}"), told);
    }
    Heard(heard)
}

/// Fills a route's template with ids. A new kind of id must be added here.
fn filled(template: &str, fixture: &JobFixture<'_>) -> String {
    let Some((before, after)) = template.split_once("{id}") else { return template.to_owned() };
    match before {
        "/api/proposals/" | "/api/deliverables/" | "/api/disputes/" => format!("{before}none_1d4g7k0n3q6t9w2z5b8e{after}"),
        "/api/bot-profiles/" | "/api/bots/" => format!("{before}agent_1d4g7k0n3q6t9w2z5b8e{after}"),
        "/api/upload/" => format!("{before}file_1d4g7k0n3q6t9w2z5b8e{after}"),
        "/api/jobs/" | "/api/agent/jobs/" | "/api/tasks/" => format!("{before}{}{after}", fixture.job),
        // Without its signature a link says nothing; with it, it is asked below.
        "/files/" => "/files/file_none".into(),
        "/exports/" => "/exports/exp_none".into(),
        "/v1/access/roles/" => "/v1/access/roles/role_viewer".into(),
        "/api/wallet/deposit/" => format!("{before}cs_1d4g7k0n3q6t9w2z5b8e{after}"),
        "/api/wallet/payouts/" => format!("{before}po_1d4g7k0n3q6t9w2z5b8e{after}"),
        "/api/approvals/" => format!("{before}apr_1d4g7k0n3q6t9w2z5b8e{after}"),
        "/v1/webhooks/" => format!("{before}wh_1d4g7k0n3q6t9w2z5b8e{}", after.replace("{delivery_id}", "msg_1d4g7k0n3q6t9w2z5b8e")),
        _ => panic!("{template}: an id of what?"),
    }
}

/// Follows a link to a file. The link itself contains its expiry, which differs each time.
async fn bytes(fixture: &JobFixture<'_>, who: &Person, file: &str) -> String {
    let (status, told) = one(fixture, who, &Method::GET, &format!("/api/jobs/{}/download?file={file}", fixture.job), None).await;
    let link = told.split_once("\"signedUrl\":\"").and_then(|(_, rest)| rest.split('"').next());
    let Some(link) = link.filter(|_| status == 200) else { return told };
    one(fixture, who, &Method::GET, link.strip_prefix(&fixture.app.base_url).expect("here"), None).await.1
}

async fn one(fixture: &JobFixture<'_>, who: &Person, method: &Method, path: &str, body: Option<&Value>) -> (u16, String) {
    let ask = fixture.app.ask(method.clone(), path).by(who).header("x-request-id", "always_the_same");
    let answer = match body {
        Some(body) => ask.json(body.clone()).send().await,
        None => ask.send().await,
    };
    let mut headers: Vec<_> = answer.headers.iter().filter(|(name, _)| name.as_str() != OF_THE_REQUEST).collect();
    headers.sort_by_key(|(name, _)| name.as_str());
    (answer.status, format!("{} {headers:?}\n{}", answer.status, answer.text))
}

impl Heard {
    /// Finds the answers that contain one of these words.
    pub(crate) fn finds<'a>(&'a self, words: &'a [String]) -> Vec<(&'a str, &'a str)> {
        let mut found = Vec::new();
        for (path, told) in &self.0 {
            found.extend(words.iter().filter(|word| told.contains(word.as_str())).map(|word| (path.as_str(), word.as_str())));
        }
        found
    }

    /// Fails if an answer differs from an earlier one.
    #[track_caller]
    pub(crate) fn same_as(&self, before: &Heard, since: &str) {
        let asked: Vec<_> = self.0.keys().collect();
        assert_eq!(asked, before.0.keys().collect::<Vec<_>>());
        for (path, told) in &self.0 {
            assert_eq!(told, &before.0[path], "{path} betrays that {since}");
        }
    }
}
