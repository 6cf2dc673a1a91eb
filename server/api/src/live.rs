//! A stream of events as the body of an answer: `text/event-stream`, whoever asks for it.

use crate::limit::Place;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderName};
use market::live::{Item, Over, Stream};
use market::time::Clock;
use serde_json::json;
use std::convert::Infallible;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::time::timeout;

/// How long clients wait before they come back to a stream that broke.
const RETRY_MS: u64 = 3_000;
/// They come back to a server that stops within so many times this long, so that they don't come all at once.
const SPREAD_MS: u64 = 500;
const SPREAD: u64 = 8;

/// The stream as a body. It is never silent for longer than `keepalive`, and holds its place until it is dropped.
pub fn flow(stream: Stream, place: Place, clock: Clock, keepalive: Duration) -> Body {
    let flow = Flow { stream, clock, keepalive, _place: place };
    Body::from_stream(futures::stream::unfold(Some(flow), |flow| async move { flow?.next().await }))
}

struct Flow {
    stream: Stream,
    clock: Clock,
    keepalive: Duration,
    _place: Place,
}

type Step = (Result<Bytes, Infallible>, Option<Flow>);

impl Flow {
    /// The next bytes, and what comes after them.
    async fn next(mut self) -> Option<Step> {
        let bytes = match timeout(self.keepalive, self.stream.next()).await {
            Err(_) => Bytes::from_static(b": keepalive\n\n"),
            Ok(Item::Letter(letter)) => Bytes::from_owner(letter.frame),
            Ok(Item::Began(seq)) => format!("retry: {RETRY_MS}\nid: {seq}\n\n").into(),
            Ok(Item::Reset(seq)) => self.reset(seq),
            Ok(Item::Over(Over::Told)) => return None,
            Ok(Item::Over(Over::Ended)) => return Some((Ok(Bytes::from_static(ENDED)), None)),
            Ok(Item::Over(Over::Stopping)) => return Some((Ok(Self::stopping()), None)),
        };
        Some((Ok(bytes), Some(self)))
    }

    fn reset(&self, seq: i64) -> Bytes {
        let data = json!({ "type": "reset", "at": self.clock.now(), "message": RESET });
        format!("retry: {RETRY_MS}\nevent: reset\nid: {seq}\ndata: {data}\n\n").into()
    }

    /// Each a little later than another.
    fn stopping() -> Bytes {
        let turn = STOPPED.fetch_add(1, Ordering::Relaxed) % SPREAD;
        format!(": this server stops; come back\nretry: {}\n\n", (turn + 1) * SPREAD_MS).into()
    }
}

/// How many streams heard that the server stops.
static STOPPED: AtomicU64 = AtomicU64::new(0);

/// The number of the last message that a client has, as it says. What is no number was never given out.
pub fn last_event_id(headers: &HeaderMap) -> Option<i64> {
    let said = headers.get(LAST_EVENT_ID).filter(|value| !value.is_empty())?;
    Some(said.to_str().ok().and_then(|text| text.trim().parse().ok()).unwrap_or(-1))
}

const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

const ENDED: &[u8] = b": your credential does not hold any more\n\n";

const RESET: &str = "What happened after the id you sent is not kept any more, or the id was never given out. Read anew whatever \
    you keep a copy of; this stream goes on from here.";
