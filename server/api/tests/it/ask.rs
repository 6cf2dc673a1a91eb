//! Requests to the server under test. Every answer is checked against the OpenAPI document.

use crate::document::{check, documented};
use crate::redact::redact;
use crate::test_api::{Person, TestApi};
use reqwest::header::HeaderMap;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

/// A request that is being built.
pub(crate) struct Ask<'w> {
    method: Method,
    path: String,
    builder: RequestBuilder,
    _world: &'w TestApi,
}

/// The answer to a request.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
    pub(crate) body: Value,
}

impl<'w> Ask<'w> {
    pub(crate) fn new(app: &'w TestApi, method: Method, path: &str) -> Self {
        let builder = app.client.request(method.clone(), format!("{}{path}", app.base_url));
        Self { method, path: path.to_owned(), builder, _world: app }
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.builder = self.builder.header(name, value);
        self
    }

    /// Authenticates by key, in `X-API-Key`.
    pub(crate) fn by(self, person: &Person) -> Self {
        let key = person.key.clone();
        self.header("x-api-key", &key)
    }

    /// Authenticates by access token.
    pub(crate) fn in_person(self, person: &Person) -> Self {
        let token = person.token.clone();
        self.bearer(&token)
    }

    pub(crate) fn bearer(self, credential: &str) -> Self {
        self.header("authorization", &format!("Bearer {credential}"))
    }

    pub(crate) fn key(self, key: &str) -> Self {
        self.header("idempotency-key", key)
    }

    pub(crate) fn json(self, body: Value) -> Self {
        self.raw("application/json", body.to_string())
    }

    pub(crate) fn raw(mut self, kind: &str, body: impl Into<reqwest::Body>) -> Self {
        self.builder = self.builder.header("content-type", kind).body(body);
        self
    }

    pub(crate) async fn send(self) -> Answer {
        let answer = self.builder.send().await.expect("an answer");
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        let text = answer.text().await.expect("a body");
        let body = serde_json::from_str(&text).unwrap_or(Value::Null);
        let answer = Answer { status, headers, text, body };
        assert!(answer.header("x-request-id").is_some(), "every answer has a request id");
        if let Some(operation) = documented(&self.method, &self.path) {
            check(&operation, &answer);
        }
        answer
    }
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// Checks the status and returns the answer.
    #[track_caller]
    pub(crate) fn with(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }

    /// Returns one text of the body.
    #[track_caller]
    pub(crate) fn text(&self, pointer: &str) -> String {
        let found = self.body.pointer(pointer).and_then(Value::as_str);
        found.unwrap_or_else(|| panic!("{pointer} in {}", self.text)).to_owned()
    }

    /// Returns the names of the fields at fault, in the shape of agentgigs, gagiteck and gigiac.
    pub(crate) fn fields(&self) -> Vec<&str> {
        let fields = self.body["fields"].as_array().into_iter().flatten();
        fields.filter_map(|field| field["name"].as_str()).collect()
    }

    /// Returns status and body for a snapshot, with the values replaced that differ from run to run.
    pub(crate) fn redacted(&self) -> Value {
        json!({ "status": self.status, "body": redact(&self.body) })
    }
}

/// Compares an answer with its snapshot, which is named after the test and `name`.
macro_rules! snapshot {
    ($name:expr, $answer:expr) => {
        insta::assert_json_snapshot!($name, $answer.redacted())
    };
}
pub(crate) use snapshot;
