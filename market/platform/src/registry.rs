//! The registry through which the platform learns of the nouns: their events, their timers, and the topics that a team follows.
//!
//! The platform knows none of them by name; `market::nouns` fills the registry.

use crate::db::Conn;
use crate::event::{Catalogue, Topic};
use crate::ledger::Check;
use crate::live::{Grant, Standing};
use crate::timer::Handlers;
use kernel::Result;
use kernel::id::{AgentId, TeamId};
use std::collections::{HashMap, HashSet};
use std::future::Future;
use std::pin::Pin;

/// The events, timers and topics of all nouns.
#[derive(Clone, Copy, Debug)]
pub struct Registry {
    /// The catalogue of events.
    pub events: Catalogue,
    /// The handler of every timer that changes the database alone.
    pub timers: Handlers,
    /// The checks of the nouns' money that the audit of the ledger runs.
    pub checks: &'static [&'static [Check]],
    /// Reads the topics that a team or one of its agents follows now, besides its own.
    pub topics_of: TopicsOf,
    /// Reads the present worth of the credentials of streams.
    pub standing_of: StandingOf,
}

/// Reads the present worth of credentials.
pub type StandingOf = for<'a> fn(&'a mut Conn, HashSet<Grant>) -> Boxed<'a, Result<HashMap<Grant, Standing>>>;

/// Reads the topics that a team follows: those of all its agents, or of one.
pub type TopicsOf = for<'a> fn(&'a mut Conn, &'a TeamId, Option<&'a AgentId>) -> Boxed<'a, Result<Vec<Topic>>>;

/// A boxed future, as function pointers return it.
pub type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;
