//! Event streams: one reader of events serves all streams of this process.
//!
//! Events are numbered in commit order. A stream remembers the last number it sent: it reads missed events from the database, then
//! takes those that the reader dispatches. Anything lost in between (the queue of a slow client, a notification of another process)
//! is found again by number, so no event is sent twice or left out.

pub mod errors;
mod grant;
mod hub;
mod queue;
mod stream;
mod subscriptions;

/// The most open streams of a process, and at most four fifths of its connections.
pub const STREAMS_MAX: usize = 12_288;

pub use grant::{Grant, Standing};
pub use hub::Hub;
pub use queue::Closed;
pub use stream::{Frame, Item, Stream, StreamParams};
