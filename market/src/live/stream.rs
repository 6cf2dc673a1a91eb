//! One listener's stream: what was missed from the database, then what is handed over, each once and in order.

use super::hub::Hub;
use super::letterbox::{Found, Letterbox, Over};
use super::register::wants;
use crate::event::{self, Wire, wire};
use crate::{Market, Result};
use std::collections::VecDeque;
use std::sync::Arc;

/// How much is read from the database at a time, and so held for a reader that is behind.
const PAGE: i64 = 50;

/// A happening as it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Its number: what a stream resumes after.
    pub seq: i64,
    /// Its type.
    pub kind: &'static str,
    /// One whole message of a `text/event-stream`; shared by all that hear it.
    pub frame: Arc<[u8]>,
}

impl Letter {
    pub(super) fn of(wire: &Wire) -> Self {
        Self { seq: wire.seq, kind: wire.kind, frame: wire.frame().into_bytes().into() }
    }
}

/// What a listener asks for.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Only these types; none: all.
    pub kinds: Option<Vec<&'static str>>,
    /// The number of the last message it has; none: whatever happens from now on.
    pub after: Option<i64>,
    /// Ends when everything there is was told.
    pub ends: bool,
}

/// What a stream says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// It begins, and can be resumed after this number.
    Began(i64),
    /// It can't go on after the number that was asked for, and goes on after this one: look anew at everything.
    Reset(i64),
    /// Something happened.
    Letter(Letter),
    /// It is over.
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
    /// The last number that was told or passed over.
    at: i64,
    is_behind: bool,
    ready: VecDeque<Item>,
}

impl Stream {
    pub(super) fn new(hub: Hub, market: Market, id: u64, letterbox: Arc<Letterbox>, wanted: &Wanted) -> Self {
        let (kinds, ends) = (wanted.kinds.clone(), wanted.ends);
        Self { hub, market, id, letterbox, kinds, ends, at: 0, is_behind: true, ready: VecDeque::new() }
    }

    /// Finds the place to begin, and returns the last number there is. The stream is registered by now: if it `is_read`,
    /// whatever happens after that number is handed over; else the stream has to look itself, once.
    pub(super) async fn begin(&mut self, after: Option<i64>, is_read: bool) -> Result<i64> {
        let mut conn = self.market.read().await?;
        let latest = event::latest(&mut conn).await?;
        // Its own last number rather than everybody's: how much happens elsewhere is not the listener's to know.
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

    /// The next thing; after [`Item::Over`] there is none. Nothing is lost when it is dropped while it waits.
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

    /// Reads a page of what was missed.
    async fn catch_up(&mut self) -> Result<()> {
        let viewer = self.hub.viewer(self.id)?;
        let mut conn = self.market.read().await?;
        // Everything up to here can be read; what happens later is handed over or falls behind anew.
        let latest = event::latest(&mut conn).await?;
        let heard = event::heard_after(&mut conn, &viewer, self.at, latest, PAGE).await?;
        // Asked after reading: what was there then was not swept before.
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
