//! The stream of one client: missed events from the database, then dispatched ones, each once and in order.

use super::hub::Hub;
use super::queue::{Closed, Queue, Received};
use super::subscriptions::wants;
use crate::Market;
use crate::event::{self, EventView, view};
use kernel::Result;
use std::collections::VecDeque;
use std::sync::Arc;

/// The number of events that are read from the database at a time, and so held for a client that is behind.
const PAGE: i64 = 50;

/// An event as it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// The number, after which a stream resumes.
    pub seq: i64,
    /// Its type.
    pub kind: &'static str,
    /// The message of a `text/event-stream`, shared by all recipients.
    pub bytes: Arc<[u8]>,
}

impl Frame {
    pub(super) fn of(view: &EventView) -> Self {
        Self { seq: view.seq, kind: view.kind, bytes: view.frame().into_bytes().into() }
    }
}

/// The options of a stream.
#[derive(Clone, Debug, Default)]
pub struct StreamParams {
    /// Only these types; none: all.
    pub kinds: Option<Vec<&'static str>>,
    /// The number of the last received event; none for new events only.
    pub after: Option<i64>,
    /// True to end when all present events were sent.
    pub ends: bool,
}

/// An item of a stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// The stream began and can be resumed after this number.
    Began(i64),
    /// The stream can't resume after the requested number and continues after this one: the client should reload everything.
    Reset(i64),
    /// An event.
    Frame(Frame),
    /// The stream was closed.
    Closed(Closed),
}

/// An open stream. It closes when it is dropped.
pub struct Stream {
    hub: Hub,
    market: Market,
    id: u64,
    queue: Arc<Queue>,
    kinds: Option<Vec<&'static str>>,
    ends: bool,
    /// The number of the last event that was sent or skipped.
    at: i64,
    is_behind: bool,
    ready: VecDeque<Item>,
}

impl Stream {
    pub(super) fn new(hub: Hub, market: Market, id: u64, queue: Arc<Queue>, params: &StreamParams) -> Self {
        let (kinds, ends) = (params.kinds.clone(), params.ends);
        Self { hub, market, id, queue, kinds, ends, at: 0, is_behind: true, ready: VecDeque::new() }
    }

    /// Finds the position to begin at, and returns the number of the last event. The stream is registered by now: if `is_read`, later
    /// events are dispatched to it; else it has to read them itself, once.
    pub(super) async fn begin(&mut self, after: Option<i64>, is_read: bool) -> Result<i64> {
        let mut conn = self.market.read().await?;
        let latest = event::latest(&mut conn).await?;
        // Use the viewer's own last number, because the number of others' events is not the viewer's to know.
        let heard = event::last_heard(&mut conn, &self.hub.viewer(self.id)?).await?.min(latest);
        let item = match after {
            None => Item::Began(heard),
            Some(seq) if event::resumes_after(&mut conn, seq, heard).await? => {
                self.at = seq;
                return Ok(latest);
            }
            Some(_) => Item::Reset(heard),
        };
        (self.at, self.is_behind) = (latest, !is_read);
        self.ready.push_back(item);
        Ok(latest)
    }

    /// Waits for the next item; after [`Item::Closed`] there is none. Dropping the future loses nothing.
    pub async fn next(&mut self) -> Item {
        loop {
            if let Some(reason) = self.queue.closed() {
                return Item::Closed(reason);
            }
            if let Some(item) = self.ready.pop_front() {
                return item;
            }
            if self.is_behind {
                // Boxed, because its future is large, and an open stream would hold room for it for ever.
                if let Err(error) = Box::pin(self.catch_up()).await {
                    tracing::warn!(code = %error.code, "a stream of events could not go on");
                    return Item::Closed(Closed::Stopping);
                }
                continue;
            }
            let received = match self.queue.try_next() {
                None if self.ends => return Item::Closed(Closed::Delivered),
                None => self.queue.next().await,
                Some(received) => received,
            };
            match received {
                Received::Frame(frame) if frame.seq > self.at => {
                    self.at = frame.seq;
                    return Item::Frame(frame);
                }
                Received::Frame(_) => {}
                Received::Behind => self.is_behind = true,
                Received::Closed(reason) => return Item::Closed(reason),
            }
        }
    }

    /// The turn of this stream among those that hear of the server's stop.
    pub fn turn(&self) -> u64 {
        self.hub.turn()
    }

    /// Reads a page of missed events.
    async fn catch_up(&mut self) -> Result<()> {
        let viewer = self.hub.viewer(self.id)?;
        let mut conn = self.market.read().await?;
        // All events up to this number are readable; later ones are dispatched, or the stream falls behind again.
        let latest = event::latest(&mut conn).await?;
        let heard = event::heard_after(&mut conn, &viewer, self.at, latest, PAGE).await?;
        // Check after reading: events that were read then had not been deleted before.
        if event::swept(&mut conn).await? > self.at {
            let heard = event::last_heard(&mut conn, &viewer).await?.min(latest);
            (self.at, self.is_behind) = (latest, false);
            self.ready.push_back(Item::Reset(heard));
            return Ok(());
        }
        let is_all = heard.len() < PAGE as usize;
        self.at = if is_all { latest.max(self.at) } else { heard.last().map_or(self.at, |event| event.seq) };
        self.is_behind = !is_all;
        let views = heard
            .iter()
            .filter_map(|event| view(&self.market.registry.events, event, &viewer))
            .filter(|view| wants(&self.kinds, view.kind));
        self.ready.extend(views.map(|view| Item::Frame(Frame::of(&view))));
        Ok(())
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.hub.close(self.id);
    }
}
