//! The islands and their parts: the only code of the pages that is also compiled for the browser. Pages without an island load no WASM;
//! what every page does in the browser is in `app/script`.
//!
//! The crate knows `kernel` alone. An island gets plain text and numbers as props; pages in `app` compute them.

pub mod icon;
pub mod keys;
pub mod length;
pub mod live;
pub mod player;
mod post;
pub mod preview;
pub mod round_cost;
pub mod saved;
pub mod score;
pub mod sending;
pub mod split;
mod typing;
