//! The stream of the feed: it looks for what happened when events were written, once a second at most.

use crate::feed::Item;
use api::Services;
use api::rate_limit::StreamPermit;
use axum::body::{Body, Bytes};
use market::{Market, Result, activity};
use serde_json::json;
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{Instant, sleep, timeout_at};

/// The pause before a look: events come in crowds, and one look tells all of them.
const PAUSE: Duration = Duration::from_secs(1);

/// Builds the body of a stream that begins after an event's number; it holds its permit until it is dropped.
pub(super) fn follow(services: &Services, permit: StreamPermit, last: i64) -> Body {
    let begun = Follower {
        market: services.market.clone(),
        writes: services.market.db.event_writes(),
        draining: services.draining.clone(),
        keepalive: services.keepalive,
        last,
        _permit: permit,
    };
    Body::from_stream(futures::stream::unfold(begun, Follower::next))
}

struct Follower {
    market: Market,
    writes: watch::Receiver<()>,
    draining: watch::Receiver<bool>,
    keepalive: Duration,
    /// The number of the last event that it was told.
    last: i64,
    _permit: StreamPermit,
}

impl Follower {
    /// Returns the next bytes, and the state after them; none once the server stops.
    async fn next(mut self) -> Option<(Result<Bytes, Infallible>, Self)> {
        let silent_until = Instant::now() + self.keepalive;
        loop {
            let written = tokio::select! {
                biased;
                Ok(_) = self.draining.wait_for(|draining| *draining) => return None,
                written = timeout_at(silent_until, self.writes.changed()) => written,
            };
            match written {
                Ok(Ok(())) => {}
                Ok(Err(_)) => return None,
                Err(_) => return Some((Ok(Bytes::from_static(b": keepalive\n\n")), self)),
            }
            sleep(PAUSE).await;
            match self.look().await {
                Ok(frames) if frames.is_empty() => {}
                Ok(frames) => return Some((Ok(frames.into()), self)),
                Err(error) => tracing::warn!(code = %error.code, "the feed could not be read for a stream"),
            }
        }
    }

    /// Returns the messages about what happened since the last look.
    async fn look(&mut self) -> Result<String> {
        let mut conn = self.market.read().await?;
        if activity::last(&mut conn).await? <= self.last {
            return Ok(String::new());
        }
        let mut frames = String::new();
        for happened in activity::latest(&mut conn, self.last).await? {
            self.last = happened.seq;
            let item = Item::from(happened);
            frames.push_str(&format!("event: {}\nid: {}\ndata: {}\n\n", item.kind, self.last, json!(item)));
        }
        Ok(frames)
    }
}
