//! The refusal of one stream too many.

use kernel::{Error, Kind};

/// The server has as many streams open as it takes.
pub fn too_many_streams(streams_max: usize) -> Error {
    let message = format!("This server has {streams_max} streams open, the most it takes. Try again in a minute.");
    Error::new(Kind::Unavailable, "too_many_streams", message).with("retry_after", 60)
}
