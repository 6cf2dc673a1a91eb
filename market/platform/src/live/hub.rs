//! The hub: the reader of events, and the way to open streams.

use super::grant::Grant;
use super::queue::Queue;
use super::stream::{Stream, StreamParams};
use super::subscriptions::{Subscription, Subscriptions};
use super::{STREAMS_MAX, errors};
use crate::Market;
use crate::db::Conn;
use crate::event::{self, Event, Viewer};
use crate::registry::Registry;
use kernel::id::TeamId;
use kernel::{Error, Result};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The number of events that are read at a time.
const BATCH: i64 = 500;
/// The interval in which credentials are checked again and new events are polled for, even without a notification.
const LOOK_AGAIN: Duration = Duration::from_millis(500);

/// The hub of all open streams of this process. Cheap to clone; one clone has to [`run`](Hub::run).
#[derive(Clone, Debug)]
pub struct Hub {
    subscriptions: Arc<Mutex<Subscriptions>>,
    streams_max: usize,
}

impl Default for Hub {
    fn default() -> Self {
        Self { subscriptions: Arc::default(), streams_max: STREAMS_MAX }
    }
}

impl Hub {
    /// Creates the hub of a process that takes so many connections. A fifth of them is kept for other requests.
    pub fn of_connections(connections: usize) -> Self {
        Self { streams_max: (connections - connections / 5).min(STREAMS_MAX), ..Self::default() }
    }

    /// Returns the most streams that are open at a time.
    pub fn streams_max(&self) -> usize {
        self.streams_max
    }

    /// Opens a stream for an actor who may receive events. It stays open as long as its credential is valid.
    pub async fn open(&self, market: &Market, viewer: Viewer, grant: Grant, params: StreamParams) -> Result<Stream> {
        let queue = Arc::new(Queue::default());
        let (id, is_read) = {
            let mut subscriptions = self.subscriptions();
            if subscriptions.count() >= self.streams_max {
                return Err(errors::too_many_streams(self.streams_max));
            }
            subscriptions.add(Subscription { viewer, kinds: params.kinds.clone(), grant, queue: queue.clone() })
        };
        let mut stream = Stream::new(self.clone(), market.clone(), id, queue, &params);
        let latest = stream.begin(params.after, is_read).await?;
        self.subscriptions().begin_at(latest);
        Ok(stream)
    }

    /// Returns the number of open streams.
    pub fn count(&self) -> usize {
        self.subscriptions().count()
    }

    /// Closes every stream because the server stops, also those that are opened later.
    pub fn stop(&self) {
        self.subscriptions().stop();
    }

    /// Dispatches events for as long as it is polled, and closes streams whose credential is no longer valid.
    pub async fn run(self, market: Market) {
        let mut listening = None;
        let mut looks = tokio::time::interval(LOOK_AGAIN);
        looks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut was_well = true;
        let mut writes = market.db.event_writes();
        loop {
            let is_time = tokio::select! {
                _ = looks.tick() => true,
                // It ends in error only with the database, which this function holds.
                _ = writes.changed() => false,
            };
            if listening.is_none() {
                listening = market.db.listen().await.ok();
            }
            let done = self.poll(&market, is_time).await;
            if let Err(error) = &done
                && was_well
            {
                tracing::error!(code = %error.code, "events can't be read; streams wait");
            }
            was_well = done.is_ok();
        }
    }

    async fn poll(&self, market: &Market, is_time: bool) -> Result<()> {
        if self.subscriptions().reset_if_idle() {
            return Ok(());
        }
        let mut conn = market.read().await?;
        let joined = self.subscriptions().take_joined();
        for team in joined {
            self.follow(&mut conn, market.registry, &team).await?;
        }
        let may_revoke = self.dispatch_new(&mut conn, market.registry).await?;
        if is_time || may_revoke {
            self.revoke_ended(&mut conn, market.registry).await?;
        }
        Ok(())
    }

    /// Dispatches all new events. Returns true if one of them may have revoked a credential.
    async fn dispatch_new(&self, conn: &mut Conn, registry: &Registry) -> Result<bool> {
        let mut may_revoke = false;
        loop {
            let at = self.subscriptions().at();
            let Some(at) = at else { return Ok(may_revoke) };
            let events = event::since(conn, at, BATCH).await?;
            for event in &events {
                may_revoke |= self.may_revoke(conn, registry, event).await?;
                self.subscriptions().dispatch(&registry.events, event);
            }
            if events.len() < BATCH as usize {
                return Ok(may_revoke);
            }
        }
    }

    /// Applies an event to the streams themselves; returns true if it may have revoked a credential.
    async fn may_revoke(&self, conn: &mut Conn, registry: &Registry, event: &Event) -> Result<bool> {
        let Some(spec) = registry.events.find(&event.name).filter(|_| self.subscriptions().has_team(&event.team_id)) else {
            return Ok(false);
        };
        if spec.moves_topics {
            self.follow(conn, registry, &event.team_id).await?;
        }
        Ok(spec.ends_credentials)
    }

    /// Has a team's streams follow the topics that are the team's now.
    async fn follow(&self, conn: &mut Conn, registry: &Registry, team: &TeamId) -> Result<()> {
        let topics = (registry.topics_of)(conn, team).await?;
        self.subscriptions().set_topics(team, &topics);
        Ok(())
    }

    /// Ends the streams whose credential is no longer valid, and limits those whose credential allows less by now.
    async fn revoke_ended(&self, conn: &mut Conn, registry: &Registry) -> Result<()> {
        let grants = self.subscriptions().grants();
        if grants.is_empty() {
            return Ok(());
        }
        let standing = (registry.standing_of)(conn, grants).await?;
        self.subscriptions().hold_to(&standing);
        Ok(())
    }

    /// The turn of one more stream that hears of the server's stop: clients come back one after another.
    pub(super) fn turn(&self) -> u64 {
        self.subscriptions().turn()
    }

    pub(super) fn viewer(&self, id: u64) -> Result<Viewer> {
        self.subscriptions().viewer(id).ok_or_else(Error::internal)
    }

    pub(super) fn close(&self, id: u64) {
        drop(self.subscriptions().remove(id));
    }

    fn subscriptions(&self) -> MutexGuard<'_, Subscriptions> {
        self.subscriptions.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
