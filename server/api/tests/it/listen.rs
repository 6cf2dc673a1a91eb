//! A client of event streams: it turns bytes into messages.

use crate::test_api::{Person, TestApi};
use reqwest::{RequestBuilder, Response};
use serde_json::Value;
use std::time::Duration;

/// The time limit for a message: longer than any takes.
const SOON: Duration = Duration::from_secs(20);

/// A message as browsers parse it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Message {
    pub(crate) event: String,
    pub(crate) id: String,
    pub(crate) data: Value,
    pub(crate) retry: Option<u64>,
    pub(crate) comment: String,
}

impl Message {
    /// Returns its number.
    #[track_caller]
    pub(crate) fn seq(&self) -> i64 {
        self.id.parse().unwrap_or_else(|_| panic!("a number in {self:?}"))
    }
}

/// An open stream.
pub(crate) struct Listening {
    response: Response,
    held: String,
}

/// A request for a stream.
pub(crate) struct Listen(RequestBuilder);

impl TestApi {
    /// Prepares a stream, authenticated by key.
    pub(crate) fn listen(&self, person: &Person, query: &str) -> Listen {
        self.listen_by("x-api-key", &person.key, query)
    }

    /// Prepares the stream of the feed, which needs no credential.
    pub(crate) fn follow_feed(&self) -> Listen {
        Listen(self.client.get(format!("{}/api/feed/stream", self.base_url)))
    }

    /// Prepares a stream, authenticated by any credential.
    pub(crate) fn listen_by(&self, header: &str, credential: &str, query: &str) -> Listen {
        Listen(self.client.get(format!("{}/api/agent/events{query}", self.base_url)).header(header, credential))
    }
}

impl Listen {
    /// Resumes after a number.
    pub(crate) fn after(self, id: &str) -> Self {
        Self(self.0.header("last-event-id", id))
    }

    /// Opens the stream.
    pub(crate) async fn open(self) -> Listening {
        let response = self.0.send().await.expect("an answer");
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        assert_eq!(response.headers()["x-accel-buffering"], "no");
        Listening { response, held: String::new() }
    }
}

impl Listening {
    /// Returns the next message or comment; none at the stream's end.
    pub(crate) async fn next(&mut self) -> Option<Message> {
        loop {
            if let Some((block, rest)) = self.held.split_once("\n\n") {
                let (message, rest) = (read(block), rest.to_owned());
                self.held = rest;
                return Some(message);
            }
            let chunk = tokio::time::timeout(SOON, self.response.chunk()).await.expect("something comes").expect("goes on")?;
            self.held.push_str(std::str::from_utf8(&chunk).expect("text"));
        }
    }

    /// Returns the next message that has a type.
    pub(crate) async fn event(&mut self) -> Message {
        loop {
            let message = self.next().await.expect("the stream goes on");
            if !message.event.is_empty() {
                return message;
            }
        }
    }

    /// Returns all messages until the end.
    pub(crate) async fn rest(mut self) -> Vec<Message> {
        let mut all = Vec::new();
        while let Some(message) = self.next().await {
            all.push(message);
        }
        all
    }
}

fn read(block: &str) -> Message {
    let mut message = Message::default();
    for line in block.lines() {
        match line.split_once(": ").expect("a field and its value") {
            ("event", value) => message.event = value.into(),
            ("id", value) => message.id = value.into(),
            ("data", value) => message.data = serde_json::from_str(value).expect("JSON"),
            ("retry", value) => message.retry = Some(value.parse().expect("a number")),
            ("", value) => message.comment = value.into(),
            other => panic!("{other:?}"),
        }
    }
    message
}
