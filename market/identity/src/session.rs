//! Browser sessions: the rows of the server's session layer, and the actor of a session.
//!
//! A session stores a member's id and epoch. It ends when the password changes, because the epoch changes.

mod actions;
mod store;
pub use actions::{actor, actor_in, create, delete, load, save, sweep};
