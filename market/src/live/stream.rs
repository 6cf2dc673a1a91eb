//! The stream of one client: missed events from the database, then dispatched ones, each once and in order.

use super::hub::Hub;
use super::letterbox::{Found, Letterbox, Over};
use super::register::wants;
use crate::event::{self, Wire, wire};
use crate::{Market, Result};
use std::collections::VecDeque;
use std::sync::Arc;

/// The number of events that are read from the database at a time, and so held for a client that is behind.
const PAGE: i64 = 50;

/// An event as it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The number, after which a stream resumes.
    pub seq: i64,
    /// Its type.
    pub kind: &'static str,
    /// The message of a `text/event-stream`, shared by all recipients.
    pub frame: Arc<[u8]>,
}

impl Letter {
    pub(super) fn of(wire: &Wire) -> Self {
        Self { seq: wire.seq, kind: wire.kind, frame: wire.frame().into_bytes().into() }
    }
}

/// The options of a stream.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
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
    Letter(Letter),
    /// The stream was closed.
    Over(Over),
}

/// An open stream. It closes when it is dropped.
pub struct Stream {
    hub: Hub,
    market: Market,
    id: u64,
    letterbox: Arc<Letterbox>,
    kinds: Option<Vec<&'static str>>,
    ends: bool,
    /// The number of the last event that was sent or skipped.
    at: i64,
    is_behind: bool,
    ready: VecDeque<Item>,
}

impl Stream {
    pub(super) fn new(hub: Hub, market: Market, id: u64, letterbox: Arc<Letterbox>, wanted: &Wanted) -> Self {
        let (kinds, ends) = (wanted.kinds.clone(), wanted.ends);
        Self { hub, market, id, letterbox, kinds, ends, at: 0, is_behind: true, ready: VecDeque::new() }
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

    /// Waits for the next item; after [`Item::Over`] there is none. Dropping the future loses nothing.
    pub async fn next(&mut self) -> Item {
        loop {
            if let Some(why) = self.letterbox.over() {
                return Item::Over(why);
            }
            if let Some(item) = self.ready.pop_front() {
                return item;
            }
            if self.is_behind {
                if let Err(error) = self.catch_up().await {
                    tracing::warn!(code = %error.code, "a stream of events could not go on");
                    return Item::Over(Over::Stopping);
                }
                continue;
            }
            let found = match self.letterbox.look() {
                None if self.ends => return Item::Over(Over::Told),
                None => self.letterbox.take().await,
                Some(found) => found,
            };
            match found {
                Found::Letter(letter) if letter.seq > self.at => {
                    self.at = letter.seq;
                    return Item::Letter(letter);
                }
                Found::Letter(_) => {}
                Found::Behind => self.is_behind = true,
                Found::Over(why) => return Item::Over(why),
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
        let told = heard
            .iter()
            .filter_map(|event| wire(&self.market.registry.events, event, &viewer))
            .filter(|wire| wants(&self.kinds, wire.kind));
        self.ready.extend(told.map(|wire| Item::Letter(Letter::of(&wire))));
        Ok(())
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.hub.close(self.id);
    }
}
