//! The islands and their parts: the only code of the pages that is also compiled for the browser.
//!
//! The crate knows `kernel` alone. An island gets plain text and numbers as props; pages in `app` compute them.

pub mod busy;
pub mod copy;
pub mod countdown;
pub mod icon;
pub mod keys;
pub mod length;
pub mod live;
pub mod local_time;
pub mod modal;
pub mod player;
mod post;
pub mod preview;
pub mod reveal;
pub mod round_cost;
pub mod saved;
pub mod score;
pub mod sending;
pub mod split;
pub mod theme;
mod typing;
