//! Deliveries: one event to one endpoint. A delivery keeps its id and its body through all attempts.
//!
//! A delivery is claimed under a lease, sent without an open transaction, and its outcome is noted. A process that dies in between
//! loses nothing: the lease lapses, and the delivery is sent again under its id.

use crate::wire::Dialect;
use kernel::id::{DeliveryId, EndpointId, TeamId};
use kernel::{Duration, Time, text_enum};
use serde::{Deserialize, Serialize};

pub mod errors;

mod claim;
mod follow;
mod health;
mod note;
mod queries;
mod render;
mod replay;
mod schedule;
mod slots;
mod store;
mod sweep;
mod turn;
pub use claim::{IN_FLIGHT_MAX, LEASE};
pub use follow::{follow, is_far_behind};
pub use queries::{Shown, attempts, list, must_be_of, show};
pub use replay::{REPLAY_MAX, REPLAY_SPAN_MAX, Replay, Replayed, TESTS_MAX, TESTS_WITHIN, Which, redeliver, replay, test};
pub use schedule::{FAILING_MAX, Jitter, Next, RETRY_AFTER_MAX, TRIES_MAX, after};
pub use slots::Slots;
pub use sweep::sweep;
pub use turn::{Turn, note, turn};

/// The most bytes of a body.
pub const BODY_MAX: usize = 64 << 10;
/// The most bytes of an answer that are kept.
pub const ANSWER_MAX: usize = 4 << 10;
/// The time for which deliveries and their attempts are kept.
pub const KEPT_FOR: Duration = Duration::days(30);

text_enum! {
    /// The state of a delivery.
    State {
        /// It is sent at its time, or is being sent.
        Waiting = "waiting",
        /// The endpoint took it.
        Delivered = "delivered",
        /// It was given up.
        Failed = "failed",
    }
}

/// A delivery without its body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// Its id, which the receiver sees with every attempt.
    pub id: DeliveryId,
    /// The endpoint.
    pub endpoint_id: EndpointId,
    /// The event's name in the endpoint's dialect.
    pub event: String,
    /// When the event happened.
    pub event_at: Time,
    /// The state.
    pub state: State,
    /// The number of attempts so far.
    pub attempts: i64,
    /// When it is due; none once it is over.
    pub next_at: Option<Time>,
    /// When it was written.
    pub created_at: Time,
    /// When it was taken or given up.
    pub ended_at: Option<Time>,
    /// The status of the last answer; none without an answer.
    pub last_status: Option<i64>,
    /// The time that the last attempt took; none before the first one.
    pub last_latency_ms: Option<i64>,
}

/// The part of a log that is wanted: deliveries that meet all that is set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogFilter {
    /// The state.
    pub state: Option<State>,
    /// The event's name in the endpoint's dialect.
    pub event: Option<String>,
    /// The delivery's id.
    pub id: Option<DeliveryId>,
}

impl LogFilter {
    /// Wants the deliveries in one state.
    pub fn of(state: State) -> Self {
        Self { state: Some(state), ..Self::default() }
    }

    /// Returns true if a delivery is wanted.
    fn wants(&self, delivery: &Delivery) -> bool {
        let Self { state, event, id } = self;
        state.is_none_or(|state| state == delivery.state)
            && event.as_ref().is_none_or(|event| *event == delivery.event)
            && id.as_ref().is_none_or(|id| *id == delivery.id)
    }
}

/// An attempt to send a delivery.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// The number, from 1.
    pub nth: i64,
    /// When it began.
    pub at: Time,
    /// The status of the answer; none without one.
    pub status: Option<i64>,
    /// The time until the answer, or until there was none.
    pub latency_ms: i64,
    /// The beginning of the answer.
    pub answer: Option<String>,
    /// The reason why there was no answer.
    pub error: Option<String>,
}

/// The right to send a delivery until a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lease {
    key: i64,
    endpoint_key: i64,
    until: Time,
    /// The number of tries with this one.
    tries: i64,
}

/// A delivery that was claimed, with all that sending it needs.
#[derive(Clone)]
pub struct Due {
    /// The right to send it, which its outcome is noted under.
    pub lease: Lease,
    /// The delivery's id.
    pub id: DeliveryId,
    /// The endpoint.
    pub endpoint_id: EndpointId,
    /// The endpoint's team, which holds a slot while it is sent.
    pub team_id: TeamId,
    /// The address.
    pub url: String,
    /// The dialect of the endpoint.
    pub dialect: Dialect,
    /// The event's name in the dialect.
    pub event: String,
    /// When the event happened.
    pub event_at: Time,
    /// The body.
    pub body: String,
    /// The number of this attempt, from 1.
    pub nth: i64,
    /// The secrets that sign it: the present one and, after a rotation, the one before.
    pub secrets: Vec<String>,
    /// True if the endpoint fails, and this delivery alone tries it.
    pub is_probe: bool,
}

/// Prints no secret and no body.
impl std::fmt::Debug for Due {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Due").field("id", &self.id).field("url", &self.url).field("nth", &self.nth).finish_non_exhaustive()
    }
}

/// The outcome of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The endpoint answered.
    Answered {
        /// The status.
        status: u16,
        /// The wait that the endpoint asked for by `Retry-After`.
        retry_after: Option<Duration>,
        /// The beginning of the answer.
        answer: String,
    },
    /// There was no answer, for a reason in words.
    Failed(String),
}

impl Outcome {
    /// Returns the status of the answer; none without one.
    pub const fn status(&self) -> Option<u16> {
        match self {
            Self::Answered { status, .. } => Some(*status),
            Self::Failed(_) => None,
        }
    }

    /// Returns true if the endpoint took the delivery. A redirect is a failure: the guard checked the address alone that it knew.
    pub fn is_success(&self) -> bool {
        self.status().is_some_and(|status| (200..300).contains(&status))
    }
}

/// An attempt that was made, with its outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempted {
    /// The right under which it was made.
    pub lease: Lease,
    /// When it began.
    pub at: Time,
    /// The time that it took.
    pub latency_ms: i64,
    /// The outcome.
    pub outcome: Outcome,
}
