//! The stream of the feed: it looks for what happened when events were written, once a second at most.

use crate::feed::Item;
use api::Services;
use api::rate_limit::StreamPermit;
use axum::body::{Body, Bytes};
use market::activity::Activity;
use market::{Market, Result, activity};
use serde_json::json;
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{Instant, sleep, timeout_at};

/// The pause before a look: events come in crowds, and one look tells all of them.
const PAUSE: Duration = Duration::from_secs(1);

/// One who follows the feed.
pub(super) struct Follower {
    market: Market,
    writes: watch::Receiver<()>,
    draining: watch::Receiver<bool>,
    keepalive: Duration,
    /// The number of the last event that it was told.
    last: i64,
    _permit: StreamPermit,
}

impl Follower {
    /// Creates one who was told everything up to an event's number; it holds its permit until it is dropped.
    pub(super) fn new(services: &Services, permit: StreamPermit, last: i64) -> Self {
        Self {
            market: services.market.clone(),
            writes: services.market.db.event_writes(),
            draining: services.draining.clone(),
            keepalive: services.keepalive,
            last,
            _permit: permit,
        }
    }

    /// Builds the body of a stream that goes on.
    pub(super) fn body(self) -> Body {
        Body::from_stream(futures::stream::unfold(self, Self::next))
    }

    /// Builds the body of a stream that ends with what has happened so far.
    pub(super) async fn missed(mut self) -> Result<Body> {
        self.look().await.map(Body::from)
    }

    /// Returns the next bytes, and the state after them; none once the server stops.
    async fn next(mut self) -> Option<(Result<Bytes, Infallible>, Self)> {
        let silent_until = Instant::now() + self.keepalive;
        loop {
            // First, because the client may have missed something before it came.
            match self.look().await {
                Ok(frames) if frames.is_empty() => {}
                Ok(frames) => return Some((Ok(frames.into()), self)),
                Err(error) => tracing::warn!(code = %error.code, "the feed could not be read for a stream"),
            }
            let written = tokio::select! {
                biased;
                Ok(_) = self.draining.wait_for(|draining| *draining) => return None,
                written = timeout_at(silent_until, self.writes.changed()) => written,
            };
            match written {
                Ok(Ok(())) if Instant::now() < silent_until => sleep(PAUSE).await,
                Ok(Err(_)) => return None,
                _ => return Some((Ok(Bytes::from_static(b": keepalive\n\n")), self)),
            }
        }
    }

    /// Returns the messages about what happened since the last look.
    async fn look(&mut self) -> Result<String> {
        let mut conn = self.market.read().await?;
        if activity::last(&mut conn).await? <= self.last {
            return Ok(String::new());
        }
        let (happened, last) = activity::latest(&mut conn, self.last).await?;
        self.last = last;
        let frame = |happened: Activity| {
            let (seq, item) = (happened.seq, Item::from(happened));
            format!("event: {}\nid: {seq}\ndata: {}\n\n", item.kind, json!(item))
        };
        Ok(happened.into_iter().map(frame).collect())
    }
}
