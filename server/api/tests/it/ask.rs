//! Asking the server, and hearing its answer. Every answer is held against the document on the way.

use crate::document::{check, documented};
use crate::tidy::tidy;
use crate::world::{Person, World};
use reqwest::header::HeaderMap;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

/// A request that is being put together.
pub(crate) struct Ask<'w> {
    method: Method,
    path: String,
    builder: RequestBuilder,
    _world: &'w World,
}

/// What came back.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
    pub(crate) body: Value,
}

impl<'w> Ask<'w> {
    pub(crate) fn new(world: &'w World, method: Method, path: &str) -> Self {
        let builder = world.client.request(method.clone(), format!("{}{path}", world.base_url));
        Self { method, path: path.to_owned(), builder, _world: world }
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.builder = self.builder.header(name, value);
        self
    }

    /// By key, in `X-API-Key`.
    pub(crate) fn by(self, person: &Person) -> Self {
        let key = person.key.clone();
        self.header("x-api-key", &key)
    }

    /// By access token.
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

    /// The same, if it has this status.
    #[track_caller]
    pub(crate) fn with(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }

    /// One text of the body.
    #[track_caller]
    pub(crate) fn text(&self, pointer: &str) -> String {
        let found = self.body.pointer(pointer).and_then(Value::as_str);
        found.unwrap_or_else(|| panic!("{pointer} in {}", self.text)).to_owned()
    }

    /// The names of the fields that are complained of, in agentgigs', gagiteck's and gigiac's shape.
    pub(crate) fn fields(&self) -> Vec<&str> {
        let fields = self.body["fields"].as_array().into_iter().flatten();
        fields.filter_map(|field| field["name"].as_str()).collect()
    }

    /// Status and body for a snapshot, with what differs from run to run replaced.
    pub(crate) fn tidy(&self) -> Value {
        json!({ "status": self.status, "body": tidy(&self.body) })
    }
}

/// Holds an answer to its snapshot, which is named after the test and `name`.
macro_rules! snapshot {
    ($name:expr, $answer:expr) => {
        insta::assert_json_snapshot!($name, $answer.tidy())
    };
}
pub(crate) use snapshot;
