//! Event streams: one reader of events serves all streams of this process.
//!
//! Events are numbered in commit order. A stream remembers the last number it sent: it reads missed events from the database, then
//! takes those that the reader dispatches. Anything lost in between (the queue of a slow client, a notification of another process)
//! is found again by number, so no event is sent twice or left out.

pub mod errors;
mod hub;
mod letterbox;
mod pass;
mod register;
mod stream;

/// The most open streams of a process.
const STREAMS_MOST: usize = 8_192;

pub use hub::Hub;
pub use letterbox::Over;
pub use pass::{Pass, Standing};
pub use stream::{Item, Letter, Stream, Wanted};
