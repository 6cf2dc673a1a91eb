//! A bot's developer: an account with a key, its webhooks, and events of its own.

use crate::receiver::Receiver;
use crate::test_server::TestServer;
use reqwest::{Client, Method};
use serde_json::{Value, json};
use std::path::Path;
use testkit::{PASSWORD, eventually, found};

/// A bot with a key.
pub(crate) struct Bot {
    pub(crate) http: Client,
    pub(crate) url: String,
    pub(crate) key: String,
}

impl Bot {
    pub(crate) async fn on(server: &TestServer) -> Self {
        Self::at(&server.url, server.folder.path()).await
    }

    /// Signs up at a server whose data is in a folder.
    pub(crate) async fn at(url: &str, data: &Path) -> Self {
        let mut bot = Self { http: Client::new(), url: url.to_owned(), key: String::new() };
        let who = json!({ "name": "Ada", "email": "ada@example.org", "password": PASSWORD });
        bot.call(Method::POST, "/v1/auth/signup", Some(&who)).await;
        let file = rusqlite::Connection::open(data.join("guildhall.db")).unwrap();
        file.execute("update member set verified_at = created_at", []).unwrap();
        let login = bot.call(Method::POST, "/v1/auth/login", Some(&who)).await;
        bot.key = login["access_token"].as_str().unwrap().to_owned();
        let key = bot.call(Method::POST, "/v1/auth/api-keys", Some(&json!({ "name": "bot", "scopes": ["*"] }))).await;
        bot.key = key["key"].as_str().unwrap().to_owned();
        bot
    }

    /// A bot that has a key already.
    pub(crate) fn of_key(url: String, key: String) -> Self {
        Self { http: Client::new(), url, key }
    }

    pub(crate) async fn call(&self, method: Method, path: &str, body: Option<&Value>) -> Value {
        let request = self.http.request(method, format!("{}{path}", self.url));
        let request = match self.key.as_str() {
            "" => request,
            key if key.starts_with("age_") => request.header("X-API-Key", key),
            key => request.bearer_auth(key),
        };
        let request = body.map_or(request.try_clone().unwrap(), |body| request.json(body));
        let answer = request.send().await.unwrap();
        let status = answer.status();
        let text = answer.text().await.unwrap();
        assert!(status.is_success(), "{path}: {status}: {text}");
        serde_json::from_str(&text).unwrap_or_default()
    }

    pub(crate) async fn get(&self, path: &str) -> Value {
        self.call(Method::GET, path, None).await
    }

    /// Registers a webhook for every event at a path of a receiver; returns its id and its secret.
    pub(crate) async fn hears(&self, receiver: &Receiver, path: &str) -> (String, String) {
        self.registers(&receiver.url(path)).await
    }

    pub(crate) async fn registers(&self, url: &str) -> (String, String) {
        let made = self.call(Method::POST, "/v1/webhooks", Some(&json!({ "url": url, "events": ["job.posted"] }))).await;
        (made["id"].as_str().unwrap().to_owned(), made["secret"].as_str().unwrap().to_owned())
    }

    /// Posts a job, which is an event.
    pub(crate) async fn posts(&self) {
        let job = json!({ "title": "Parse invoices", "description": "All fixtures pass.", "category": "coding", "budget_max": 48000 });
        self.call(Method::POST, "/api/agent/jobs", Some(&job)).await;
    }

    /// The deliveries of a webhook, oldest first.
    pub(crate) async fn log(&self, webhook: &str) -> Vec<Value> {
        let log = self.get(&format!("/v1/webhooks/{webhook}/deliveries?limit=100")).await;
        log["data"].as_array().unwrap().iter().rev().cloned().collect()
    }

    /// Waits until all deliveries of a webhook have been delivered, so many of them.
    pub(crate) async fn until_delivered(&self, webhook: &str, count: usize) {
        let path = format!("/v1/webhooks/{webhook}/deliveries?limit=1");
        let counted = async |query: &str| self.get(&format!("{path}{query}")).await["total"].as_u64().unwrap() as usize;
        eventually(&format!("{count} are delivered"), async || counted("").await == count && counted("&status=delivered").await == count)
            .await;
    }

    /// Waits until the first delivery of a webhook had so many attempts; returns its log, the last attempt first.
    pub(crate) async fn attempts(&self, webhook: &str, count: usize) -> Vec<Value> {
        found(&format!("{count} attempts"), async || {
            let first = self.log(webhook).await.first()?["id"].as_str().unwrap().to_owned();
            let shown = self.get(&format!("/v1/webhooks/{webhook}/deliveries/{first}")).await;
            let log = shown["log"].as_array().unwrap().clone();
            (log.len() >= count).then_some(log)
        })
        .await
    }
}
