//! The registry through which the platform learns of the nouns: their events, their timers, and the topics that a team follows.
//!
//! The platform knows none of them by name; `market::nouns` fills the registry.

use crate::db::Conn;
use crate::event::{Catalogue, ConcernedAgents, Event, Topic};
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
    /// Reads the topics that a team follows now, besides its own.
    pub topics_of: TopicsOf,
    /// Reads the topics that each agent of a team follows now.
    pub topics_of_agents: TopicsOfAgents,
    /// Reads which agents of these teams events concern, in a bounded number of statements.
    pub agents_of: AgentsOf,
    /// Reads the present worth of the credentials of streams.
    pub standing_of: StandingOf,
}

/// Reads the present worth of credentials.
pub type StandingOf = for<'a> fn(&'a mut Conn, HashSet<Grant>) -> Boxed<'a, Result<HashMap<Grant, Standing>>>;

/// Reads the topics that a team follows.
pub type TopicsOf = for<'a> fn(&'a mut Conn, &'a TeamId) -> Boxed<'a, Result<Vec<Topic>>>;

/// Reads the topics that each agent of a team follows.
pub type TopicsOfAgents = for<'a> fn(&'a mut Conn, &'a TeamId) -> Boxed<'a, Result<HashMap<AgentId, Vec<Topic>>>>;

/// Reads which agents of some teams events concern.
pub type AgentsOf = for<'a> fn(&'a mut Conn, &'a [Event], &'a [TeamId]) -> Boxed<'a, Result<ConcernedAgents>>;

/// A boxed future, as function pointers return it.
pub type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;
