//! The platform under the market: databases, events, timers, the ledger, streams, mail, idempotency.
//!
//! It knows no noun of the business. The nouns above register their events, timers and audits ([`registry`]).

pub mod db;
pub mod event;
pub mod idempotency;
pub mod ledger;
pub mod live;
pub mod mail;
pub mod memory;
pub mod mode;
pub mod network;
pub mod password;
pub mod permit;
pub mod queue;
pub mod registry;
pub mod rules;
pub mod schema;
mod sequencer;
pub mod timer;

mod market;

#[doc(hidden)] // For the macro `act!`.
pub use kernel::Error;
pub use market::{Market, RETRIES_MAX, Retries};
pub use rules::Rules;

/// The most rows that a cleanup deletes in one transaction, because other writers wait for it on SQLite.
pub const SWEEP_BATCH: i64 = 1000;
