//! The open streams by topic, so that an event costs only the streams it concerns.

use super::grant::{Grant, Standing};
use super::queue::{Closed, Queue};
use super::stream::Frame;
use crate::event::{Catalogue, Event, EventView, Relation, Topic, Viewer, topics};
use kernel::id::TeamId;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// The open streams and the position of the reader.
#[derive(Debug, Default)]
pub(super) struct Subscriptions {
    /// The number of the last dispatched event; none while there are no streams.
    at: Option<i64>,
    /// The teams whose agent may have changed between the reading of its categories and a stream's opening; each once, however many
    /// streams it opens.
    joined: HashSet<TeamId>,
    is_stopping: bool,
    /// The streams that heard that the server stops.
    told_to_stop: u64,
    last: u64,
    streams: HashMap<u64, Subscription>,
    topics: HashMap<String, HashSet<u64>>,
}

/// An open stream.
#[derive(Debug)]
pub(super) struct Subscription {
    pub(super) viewer: Viewer,
    /// The requested types; none for all.
    pub(super) kinds: Option<Vec<&'static str>>,
    pub(super) grant: Grant,
    pub(super) queue: Arc<Queue>,
}

impl Subscription {
    /// Returns true if the stream wants the event and its viewer may receive it.
    pub(super) fn takes(&self, view: &EventView) -> bool {
        wants(&self.kinds, view.kind) && view.is_for(&self.viewer)
    }
}

/// Returns true if a type is requested.
pub(super) fn wants(kinds: &Option<Vec<&'static str>>, kind: &str) -> bool {
    kinds.as_ref().is_none_or(|kinds| kinds.contains(&kind))
}

impl Subscriptions {
    /// Adds a stream, which receives every event from now on. The flag is true if the reader has a position.
    pub(super) fn add(&mut self, stream: Subscription) -> (u64, bool) {
        self.last += 1;
        self.joined.insert(stream.viewer.team.clone());
        if self.is_stopping {
            stream.queue.end(Closed::Stopping);
        }
        self.listen(self.last, stream);
        (self.last, self.at.is_some())
    }

    /// Removes a stream.
    pub(super) fn remove(&mut self, id: u64) -> Option<Subscription> {
        let stream = self.streams.remove(&id)?;
        for topic in topics(&stream.viewer) {
            if let Some(hearing) = self.topics.get_mut(&topic) {
                hearing.remove(&id);
                if hearing.is_empty() {
                    self.topics.remove(&topic);
                }
            }
        }
        Some(stream)
    }

    fn listen(&mut self, id: u64, stream: Subscription) {
        for topic in topics(&stream.viewer) {
            self.topics.entry(topic).or_default().insert(id);
        }
        self.streams.insert(id, stream);
    }

    pub(super) fn count(&self) -> usize {
        self.streams.len()
    }

    /// Returns the present viewer of a stream.
    pub(super) fn viewer(&self, id: u64) -> Option<Viewer> {
        self.streams.get(&id).map(|stream| stream.viewer.clone())
    }

    pub(super) fn at(&self) -> Option<i64> {
        self.at
    }

    /// Sets the position of the reader, if it has none.
    pub(super) fn begin_at(&mut self, seq: i64) {
        self.at.get_or_insert(seq);
    }

    /// Takes the teams that joined since the last call.
    pub(super) fn take_joined(&mut self) -> HashSet<TeamId> {
        std::mem::take(&mut self.joined)
    }

    /// Returns true if there are no streams; the reader then loses its position and reads nothing.
    pub(super) fn reset_if_idle(&mut self) -> bool {
        if self.streams.is_empty() {
            (self.at, self.joined) = (None, HashSet::new());
        }
        self.streams.is_empty()
    }

    /// Returns true if the team has an open stream.
    pub(super) fn has_team(&self, team: &TeamId) -> bool {
        self.topics.contains_key(team.as_str())
    }

    /// Dispatches an event to its recipients, rendered once for each relation.
    pub(super) fn dispatch(&mut self, catalogue: &Catalogue, event: &Event) {
        self.at = Some(event.seq);
        let heard = std::iter::once(event.team_id.as_str()).chain(event.audience.split(' '));
        let mut hearing: Vec<u64> = heard.filter_map(|topic| self.topics.get(topic)).flatten().copied().collect();
        hearing.sort_unstable();
        hearing.dedup();
        let mut drawn: [Option<Option<(EventView, Frame)>>; Relation::COUNT] = Default::default();
        for stream in hearing.iter().filter_map(|id| self.streams.get(id)) {
            let Some(relation) = event.relation_to(&stream.viewer) else { continue };
            let views = drawn[relation as usize].get_or_insert_with(|| {
                let view = EventView::to(catalogue, event, relation)?;
                let frame = Frame::of(&view);
                Some((view, frame))
            });
            if let Some((view, frame)) = views
                && stream.takes(view)
            {
                stream.queue.push(frame.clone());
            }
        }
    }

    /// A team follows other topics now.
    pub(super) fn set_topics(&mut self, team: &TeamId, topics: &[Topic]) {
        let of_team: Vec<u64> = self.topics.get(team.as_str()).into_iter().flatten().copied().collect();
        for id in of_team {
            let Some(mut stream) = self.remove(id) else { continue };
            stream.viewer.topics = topics.to_vec();
            self.listen(id, stream);
        }
    }

    /// Returns the credentials of all open streams.
    pub(super) fn grants(&self) -> HashSet<Grant> {
        self.streams.values().map(|stream| stream.grant.clone()).collect()
    }

    /// Ends the streams whose credential hears nothing any more, and has the others hear no more than it may.
    pub(super) fn hold_to(&mut self, standing: &HashMap<Grant, Standing>) {
        for stream in self.streams.values_mut() {
            match standing.get(&stream.grant) {
                // Opened since this was read.
                None => {}
                Some(Standing::Ended) => stream.queue.end(Closed::Ended),
                Some(Standing::Holds { scopes }) => stream.viewer.scopes.retain(|scope| scopes.contains(scope)),
            }
        }
    }

    /// The turn of one more stream that hears of the stop.
    pub(super) fn turn(&mut self) -> u64 {
        self.told_to_stop += 1;
        self.told_to_stop - 1
    }

    /// Closes all streams, and those that are opened later.
    pub(super) fn stop(&mut self) {
        self.is_stopping = true;
        self.streams.values().for_each(|stream| stream.queue.end(Closed::Stopping));
    }
}
