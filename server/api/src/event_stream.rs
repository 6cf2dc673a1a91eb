//! A stream of events as the body of an answer: `text/event-stream`, whoever asks for it.

use crate::rate_limit::Permit;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderName};
use market::live::{Item, Over, Stream};
use market::time::Clock;
use serde_json::json;
use std::convert::Infallible;
use std::time::Duration;
use tokio::time::timeout;

/// How long clients wait before they come back to a stream that broke.
const RETRY_MS: u64 = 3_000;
/// They come back to a server that stops within so many times this long, so that they don't come all at once.
const SPREAD_MS: u64 = 500;
const SPREAD: u64 = 8;

/// The options of one event stream's body.
#[derive(Clone, Debug)]
pub struct StreamOptions {
    /// What time it is.
    pub clock: Clock,
    /// How long it may be silent.
    pub keepalive: Duration,
    /// Whether messages carry their type as `event`. Browsers then hand them to whoever listens for that type alone.
    pub is_named: bool,
}

/// The body of an event stream, which holds its permit until it is dropped.
pub fn flow(stream: Stream, permit: Permit, options: StreamOptions) -> Body {
    let flow = Flow { stream, options, _permit: permit };
    Body::from_stream(futures::stream::unfold(Some(flow), |flow| async move { flow?.next().await }))
}

struct Flow {
    stream: Stream,
    options: StreamOptions,
    _permit: Permit,
}

type Step = (Result<Bytes, Infallible>, Option<Flow>);

impl Flow {
    /// The next bytes, and what comes after them.
    async fn next(mut self) -> Option<Step> {
        let bytes = match timeout(self.options.keepalive, self.stream.next()).await {
            Err(_) => Bytes::from_static(b": keepalive\n\n"),
            Ok(Item::Letter(letter)) => self.named(Bytes::from_owner(letter.frame)),
            Ok(Item::Began(seq)) => format!("retry: {RETRY_MS}\nid: {seq}\n\n").into(),
            Ok(Item::Reset(seq)) => self.reset(seq),
            Ok(Item::Over(Over::Told)) => return None,
            Ok(Item::Over(Over::Ended)) => return Some((Ok(Bytes::from_static(ENDED)), None)),
            Ok(Item::Over(Over::Stopping)) => return Some((Ok(self.stopping()), None)),
        };
        Some((Ok(bytes), Some(self)))
    }

    fn reset(&self, seq: i64) -> Bytes {
        let data = json!({ "type": "reset", "at": self.options.clock.now(), "message": RESET });
        self.named(format!("event: reset\nretry: {RETRY_MS}\nid: {seq}\ndata: {data}\n\n").into())
    }

    /// The message without its first line, which names its type, where that is not wanted.
    fn named(&self, frame: Bytes) -> Bytes {
        match frame.iter().position(|&byte| byte == b'\n').filter(|_| !self.options.is_named) {
            Some(line) => frame.slice(line + 1..),
            None => frame,
        }
    }

    /// The last message: clients come back one a little later than another.
    fn stopping(&self) -> Bytes {
        let turn = self.stream.turn() % SPREAD;
        format!(": this server stops; come back\nretry: {}\n\n", (turn + 1) * SPREAD_MS).into()
    }
}

/// The number of the last message that a client has, as it says. What is no number was never given out.
pub fn last_event_id(headers: &HeaderMap) -> Option<i64> {
    let said = headers.get(LAST_EVENT_ID).filter(|value| !value.is_empty())?;
    Some(said.to_str().ok().and_then(|text| text.trim().parse().ok()).unwrap_or(-1))
}

const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

const ENDED: &[u8] = b": your credential does not hold any more\n\n";

const RESET: &str = "What happened after the id you sent is not kept any more, or the id was never given out. Read anew whatever \
    you keep a copy of; this stream goes on from here.";
