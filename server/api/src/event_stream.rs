//! An event stream as the body of a response: `text/event-stream`.

use crate::openapi::Doc;
use crate::rate_limit::StreamPermit;
use crate::response::ApiError;
use crate::route::Argument;
use axum::body::{Body, Bytes};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName};
use market::live::{Closed, Item, Stream};
use market::time::Clock;
use serde_json::json;
use std::convert::Infallible;
use std::time::Duration;
use tokio::time::timeout;

/// The reconnection time that clients are told, in milliseconds.
const RETRY_MS: u64 = 3_000;
/// The step between reconnection times when the server stops, so that clients do not return all at once.
const SPREAD_MS: u64 = 500;
const SPREAD: u64 = 8;

/// The options of one event stream's body.
#[derive(Clone, Debug)]
pub struct StreamOptions {
    /// The clock.
    pub clock: Clock,
    /// The longest silence before a keepalive.
    pub keepalive: Duration,
    /// True if messages carry their type as `event`. Browsers then deliver them only to listeners of that type.
    pub is_named: bool,
}

/// Builds the body of an event stream; it holds its permit until it is dropped.
pub fn flow(stream: Stream, permit: StreamPermit, options: StreamOptions) -> Body {
    let flow = Flow { stream, options, _permit: permit };
    Body::from_stream(futures::stream::unfold(Some(flow), |flow| async move { flow?.next().await }))
}

struct Flow {
    stream: Stream,
    options: StreamOptions,
    _permit: StreamPermit,
}

type Step = (Result<Bytes, Infallible>, Option<Flow>);

impl Flow {
    /// Returns the next bytes and the state after them.
    async fn next(mut self) -> Option<Step> {
        let bytes = match timeout(self.options.keepalive, self.stream.next()).await {
            Err(_) => Bytes::from_static(b": keepalive\n\n"),
            Ok(Item::Frame(letter)) => self.named(Bytes::from_owner(letter.bytes)),
            Ok(Item::Began(seq)) => format!("retry: {RETRY_MS}\nid: {seq}\n\n").into(),
            Ok(Item::Reset(seq)) => self.reset(seq),
            Ok(Item::Closed(Closed::Delivered)) => return None,
            Ok(Item::Closed(Closed::Ended)) => return Some((Ok(Bytes::from_static(ENDED)), None)),
            Ok(Item::Closed(Closed::Stopping)) => return Some((Ok(self.stopping()), None)),
        };
        Some((Ok(bytes), Some(self)))
    }

    fn reset(&self, seq: i64) -> Bytes {
        let data = json!({ "type": "reset", "at": self.options.clock.now(), "message": RESET });
        self.named(format!("event: reset\nretry: {RETRY_MS}\nid: {seq}\ndata: {data}\n\n").into())
    }

    /// Removes a message's first line, which names its type, unless the stream is named.
    fn named(&self, frame: Bytes) -> Bytes {
        match frame.iter().position(|&byte| byte == b'\n').filter(|_| !self.options.is_named) {
            Some(line) => frame.slice(line + 1..),
            None => frame,
        }
    }

    /// Builds the last message, which spreads the clients' return.
    fn stopping(&self) -> Bytes {
        let turn = self.stream.turn() % SPREAD;
        format!(": this server is stopping; connect again\nretry: {}\n\n", (turn + 1) * SPREAD_MS).into()
    }
}

/// Returns the number of the last event that a client received. A value that is not a number was never sent by us.
pub fn last_event_id(headers: &HeaderMap) -> Option<i64> {
    let said = headers.get(LAST_EVENT_ID).filter(|value| !value.is_empty())?;
    Some(said.to_str().ok().and_then(|text| text.trim().parse().ok()).unwrap_or(-1))
}

/// The number of the last event that the client has.
#[derive(Clone, Copy, Debug)]
pub struct LastEventId(pub Option<i64>);

impl<S: Send + Sync> FromRequestParts<S> for LastEventId {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        Ok(Self(last_event_id(&parts.headers)))
    }
}

impl Argument for LastEventId {
    fn describe(doc: &mut Doc) {
        doc.header("Last-Event-ID", "The `id` of the last event that you have; the stream continues after it");
    }
}

const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

const ENDED: &[u8] = b": your credential is no longer valid\n\n";

const RESET: &str = "The events after the id you sent are no longer kept, or the id is unknown. Read again what you keep a copy of; this stream \
    continues from here.";
