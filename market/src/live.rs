//! What happens, told as it happens: one reader for all streams of this process.
//!
//! A happening has a number, and numbers follow commits. A stream remembers the last number it told and never goes back:
//! it reads what it missed from the database, then takes what the reader hands it. Whatever is lost in between (a slow
//! reader's letters, a word from another process) is found again by number, so nothing is told twice and nothing is left out.

pub mod errors;
mod hub;
mod letterbox;
mod pass;
mod register;
mod store;
mod stream;

/// How many streams one process has open.
const STREAMS_MOST: usize = 8_192;

pub use hub::Hub;
pub use letterbox::Over;
pub use pass::Pass;
pub use stream::{Item, Letter, Stream, Wanted};
