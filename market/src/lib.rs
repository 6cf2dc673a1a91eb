//! The marketplace: its rules, acts and reads.
//!
//! Each act is one function here, which pages, dialects, workers and the command line call.
//! `<noun>.rs` and most files below it are pure rules; storage is in `commands`, `queries` and `store`.

pub mod actor;
pub mod agent;
pub mod application;
pub mod audit;
pub mod dashboard;
pub mod db;
pub mod deliverable;
pub mod deposit;
pub mod dispute;
mod escrow;
pub mod event;
pub mod feed;
pub mod file;
pub mod idempotency;
pub mod invitation;
pub mod job;
pub mod key;
pub mod ledger;
pub mod live;
pub mod mail;
pub mod member;
pub mod membership;
pub mod message;
pub mod mode;
pub mod nda;
pub mod nouns;
pub mod party;
pub mod password;
pub mod rating;
pub mod registry;
pub mod review;
pub mod role;
pub mod rules;
pub mod schema;
pub mod scope;
pub mod session;
pub mod team;
pub mod timer;
pub mod token;
pub mod verification;
pub mod wallet;

pub use actor::Actor;
pub use kernel::{Duration, Error, Kind, Money, Next, Page, Paging, Result, Time};
pub use kernel::{error, id, money, page, text, text_enum, time};
pub use rules::Rules;

/// The most rows that a cleanup deletes in one transaction, because other writers wait for it on SQLite.
pub const SWEEP_BATCH: i64 = 1000;

/// The open market: a database, a clock, the operator's rules and the secret that signs tokens. Cheap to clone.
#[derive(Clone)]
pub struct Market {
    /// The database.
    pub db: db::Db,
    /// The clock.
    pub clock: time::Clock,
    /// The operator's rules.
    pub rules: std::sync::Arc<Rules>,
    /// The secret that signs access tokens, 32 bytes or more.
    pub secret: std::sync::Arc<[u8]>,
    /// The queue of password hashes.
    pub passwords: password::Hasher,
    /// The registry of the nouns' events and timers.
    pub registry: &'static registry::Registry,
}

impl Market {
    /// The market of all nouns.
    pub fn new(db: db::Db, clock: time::Clock, rules: std::sync::Arc<Rules>, secret: std::sync::Arc<[u8]>) -> Self {
        Self { db, clock, rules, secret, passwords: password::Hasher::default(), registry: &nouns::REGISTRY }
    }

    /// Takes a connection to read from.
    pub async fn read(&self) -> Result<db::Conn> {
        self.db.read(self.clock.now(), &self.rules).await
    }

    /// Takes a connection that sees one moment, for long reads that must be consistent.
    pub async fn snapshot(&self) -> Result<db::Conn> {
        self.db.snapshot(self.clock.now(), &self.rules).await
    }

    /// Begins a transaction for one or more acts; then commit it. Dropped, it is rolled back.
    ///
    /// Never wait for anything outside the database while holding it: on SQLite it is the only writer.
    pub async fn begin(&self) -> Result<db::Tx> {
        self.db.write(self.clock.now(), &self.rules).await
    }
}

/// Runs an act in a transaction of its own and commits it: `act!(market, |tx| job::approve(tx, &actor, &id).await)`.
///
/// An act that was in another's way had no effect and runs again, [`RETRIES_MAX`] times at most, so it must neither consume its
/// arguments nor change anything outside the transaction. It is a macro, because a function that takes such a closure can't
/// promise that its future may move between threads.
#[macro_export]
macro_rules! act {
    ($market:expr, |$tx:ident| $act:expr) => {{
        let market = &$market;
        let mut left = $crate::RETRIES_MAX;
        loop {
            let run = async {
                let mut transaction = market.begin().await?;
                let $tx = &mut transaction;
                let done = $act?;
                transaction.commit().await.map(|()| done)
            };
            match run.await {
                Err(error) if $crate::Error::is_transient(&error) && left > 0 => left -= 1,
                done => break done,
            }
        }
    }};
}

/// The number of retries of an act that lost to another.
pub const RETRIES_MAX: usize = 3;
