//! The refusal of one stream too many.

use super::STREAMS_MAX;
use kernel::{Error, Kind};

/// The server has as many streams open as it takes.
pub fn too_many_streams() -> Error {
    let message = format!("This server has {STREAMS_MAX} streams open, the most it takes. Try again in a minute.");
    Error::new(Kind::Unavailable, "too_many_streams", message).with("retry_after", 60)
}
