//! The open market, and how an act runs in it.

use crate::password::Hasher;
use crate::queue::Queue;
use crate::registry::Registry;
use crate::{Rules, db, ledger};
use kernel::time::Clock;
use kernel::{Error, Result};
use std::sync::Arc;

/// The most searches that run at a time: fewer than there are readers of an embedded database, so that everybody else gets one.
const SEARCHES_MAX: usize = 2;
/// The most searches that wait for their turn.
const SEARCHES_WAITING_MAX: usize = 32;

/// The open market: a database, a clock, the operator's rules and the secret that signs tokens. Cheap to clone.
#[derive(Clone)]
pub struct Market {
    /// The database.
    pub db: db::Db,
    /// The clock.
    pub clock: Clock,
    /// The operator's rules.
    pub rules: Arc<Rules>,
    /// The secret that signs access tokens, 32 bytes or more.
    pub secret: Arc<[u8]>,
    /// The queue of searches, which read all of a list.
    pub searches: Queue,
    /// The queue of password hashes.
    pub passwords: Hasher,
    /// The registry of the nouns' events and timers.
    pub registry: &'static Registry,
}

impl Market {
    /// The market of the nouns in `registry`.
    pub fn new(db: db::Db, clock: Clock, rules: Arc<Rules>, secret: Arc<[u8]>, registry: &'static Registry) -> Self {
        Self { db, clock, rules, secret, searches: Queue::new(SEARCHES_MAX, SEARCHES_WAITING_MAX), passwords: Hasher::default(), registry }
    }

    /// Takes a connection to read from.
    pub async fn read(&self) -> Result<db::Conn> {
        self.db.read(self.clock.now(), &self.rules).await
    }

    /// Takes a connection that sees one moment, for long reads that must be consistent.
    pub async fn snapshot(&self) -> Result<db::Conn> {
        self.db.snapshot(self.clock.now(), &self.rules).await
    }

    /// Audits the ledger as it stands at one moment.
    pub async fn audit(&self) -> Result<ledger::Audit> {
        ledger::audit(&mut self.snapshot().await?, self.registry.checks).await
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
        let mut retries = $crate::Retries::default();
        loop {
            let run = async {
                let mut transaction = market.begin().await?;
                let $tx = &mut transaction;
                let done = $act?;
                transaction.commit().await.map(|()| done)
            };
            match run.await {
                Err(error) if retries.again(&error) => {}
                done => break done,
            }
        }
    }};
}

/// The number of retries of an act that lost to another.
pub const RETRIES_MAX: usize = 3;

/// The retries of one act that are left. Everything that runs an act again asks here.
#[derive(Debug)]
pub struct Retries {
    left: usize,
}

impl Default for Retries {
    fn default() -> Self {
        Self { left: RETRIES_MAX }
    }
}

impl Retries {
    /// Returns true if an act that failed so is worth another run, and counts that run.
    pub fn again(&mut self, error: &Error) -> bool {
        let again = error.is_transient() && self.left > 0;
        self.left -= usize::from(again);
        again
    }
}
