//! What the nouns give to the platform: the events they emit, the timers they set, and the topics that a team follows.
//!
//! The platform knows none of them by name; [`nouns`](crate::nouns) fills it.

use crate::Result;
use crate::db::Conn;
use crate::event::Catalogue;
use crate::id::TeamId;
use crate::timer::Handlers;
use std::future::Future;
use std::pin::Pin;

/// What a platform is filled with.
#[derive(Clone, Copy, Debug)]
pub struct Registry {
    /// Every event.
    pub events: Catalogue,
    /// The handler of every timer that changes the database alone.
    pub timers: Handlers,
    /// The topics that a team follows now, beside its own.
    pub topics_of: TopicsOf,
}

/// Reads the topics that a team follows.
pub type TopicsOf = for<'a> fn(&'a mut Conn, &'a TeamId) -> Boxed<'a, Result<Vec<String>>>;

/// A future on the heap, as function pointers return it.
pub type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;
