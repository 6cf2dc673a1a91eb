//! Lapsed accounts: an account whose address was never verified, and whose last link to verify it is over, is deleted with all that is
//! its own. It stays while a browser is signed in by it, while it has money or work, and while its member is in a team with others.

mod actions;
mod store;
pub use actions::{BATCH, sweep};
