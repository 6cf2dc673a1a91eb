//! Sessions of browsers: rows that the page edge's session layer reads and writes, and who a session is.
//!
//! A session remembers a member's id and epoch. It ends when the password changes, because the epoch moves on.

mod actions;
mod store;
pub use actions::{actor, actor_in, create, delete, load, save, sweep};
