//! The database: SQLite or PostgreSQL, by the URL, with one SQL text for both.
//!
//! SQLite statements run in-thread (rusqlite): sqlx hops to another thread for each statement, which costs
//! about 75 µs here against 1.5 µs. PostgreSQL goes through sqlx. Nothing outside this module knows which engine runs.

pub(crate) mod error;
mod heads;
mod load;
pub(crate) mod migrations;
mod notify;
mod places;
mod postgres;
mod row;
mod rows;
mod sequencing;
mod sqlite;

use crate::event::{self, NewEvent};
use crate::idempotency::Ticket;
use crate::memory::Memory;
pub use crate::places;
use crate::rules::Rules;
pub use error::{DISK_FULL, inconsistent};
pub(crate) use heads::Heads;
use kernel::Result;
pub use kernel::Value;
use kernel::page::{Paging, Part};
use kernel::time::Time;
use load::Load;
pub use notify::Listening;
pub use places::PLACES;
pub use row::json;
pub use rows::ManyRows;
use sequencing::Sequencer;
use serde::de::DeserializeOwned;
use std::panic::Location;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::{Notify, watch};

/// A statement with its parameters: `sql("select … where id = $1").bind(id).optional(db).await?`.
#[must_use]
pub struct Query {
    text: &'static str,
    values: Vec<Value>,
    is_long: bool,
    place: &'static Location<'static>,
}

/// Starts a statement. Its parameters are `$1`, `$2`, … on both engines.
#[track_caller]
pub fn sql(text: &'static str) -> Query {
    Query { text, values: Vec::new(), is_long: false, place: Location::caller() }
}

impl Query {
    /// Adds the next parameter.
    pub fn bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self
    }

    /// Adds the parameters of a page of a list: its limit, then its offset.
    pub fn page(self, paging: Paging) -> Self {
        self.bind(paging.limit).bind(paging.offset)
    }

    /// Adds the parameters of a part of a list: its limit, its offset, and the item before it, if one is named.
    pub fn part(self, part: &Part) -> Self {
        self.page(part.paging).bind(part.after.as_deref())
    }

    /// Marks a statement that may read much: on SQLite it then does not block other requests of its thread.
    pub fn long(mut self) -> Self {
        self.is_long = true;
        self
    }

    /// Runs the statement and returns the number of changed rows.
    pub async fn run(self, db: &mut Conn) -> Result<u64> {
        self.trace(db);
        Ok(match &mut db.engine {
            Engine::Sqlite(handle) => sqlite::run(handle, &self)?,
            Engine::Postgres(handle) => postgres::run(handle, self).await?,
        })
    }

    /// Returns all rows, each read by column name into `T`.
    pub async fn all<T: DeserializeOwned>(self, db: &mut Conn) -> Result<Vec<T>> {
        self.trace(db);
        Ok(match &mut db.engine {
            Engine::Sqlite(handle) => sqlite::all(handle, &self)?,
            Engine::Postgres(handle) => postgres::all(handle, self).await?,
        })
    }

    /// Returns the first row, if there is one.
    pub async fn optional<T: DeserializeOwned>(self, db: &mut Conn) -> Result<Option<T>> {
        Ok(self.all(db).await?.into_iter().next())
    }

    /// Returns the one value of a `count` or `sum`; zero without a row.
    pub async fn count(self, db: &mut Conn) -> Result<i64> {
        Ok(self.optional(db).await?.unwrap_or(0))
    }

    /// Traces where the statement stands in the source. The tests learn from it that every statement ran on both engines, and that
    /// acts take their locks in one order.
    fn trace(&self, db: &Conn) {
        let engine = match db.engine {
            Engine::Sqlite(_) => "sqlite",
            Engine::Postgres(_) => "postgres",
        };
        tracing::trace!(target: "sql", parent: &db.act, engine, place = %self.place, text = self.text);
    }
}

/// A connection to read from, or the inside of a [`Tx`], with its time and the operator's rules.
pub struct Conn {
    engine: Engine,
    /// The time at which it was taken: one act happens at one time.
    pub now: Time,
    /// The operator's rules: fees, windows, limits.
    pub rules: Arc<Rules>,
    /// The facts that this process keeps in memory of the database.
    pub memory: Memory,
    /// The act whose statements these are, for traces; none for a read.
    act: tracing::Span,
}

impl Conn {
    /// Returns true for a reader: it sees what was committed, and no more.
    pub fn is_reader(&self) -> bool {
        matches!(self.engine, Engine::Sqlite(sqlite::Handle::Read { .. }) | Engine::Postgres(postgres::Handle::Read(_)))
    }

    /// Returns the last numbers, if no other transaction can write before this one ends. Elsewhere rows are written without their
    /// numbers, and the [sequencer](crate::sequencer) numbers what has been committed.
    pub(crate) fn heads(&mut self) -> Option<&mut Heads> {
        match &mut self.engine {
            Engine::Sqlite(handle) => handle.heads(),
            Engine::Postgres(_) => None,
        }
    }

    /// Returns true for a reader of an embedded database: its statements see one moment and cost no round trip.
    pub fn sees_one_moment(&self) -> bool {
        matches!(self.engine, Engine::Sqlite(sqlite::Handle::Read { .. }))
    }
}

/// Reads one row from a real table, so that a database that accepts connections but cannot read counts as down.
pub async fn ping(conn: &mut Conn) -> Result<()> {
    sql("select count(*) from chain_head").count(conn).await.map(drop)
}

enum Engine {
    Sqlite(sqlite::Handle),
    Postgres(postgres::Handle),
}

/// The open database. Cheap to clone.
#[derive(Clone)]
pub struct Db {
    pool: Pool,
    /// Notified when an act that set a timer for now was committed.
    due: Arc<Notify>,
    /// Notified when an act that left something to send to a stranger's server was committed.
    outgoing: Arc<Notify>,
    /// Notified when an act that emitted events was committed.
    told: Arc<watch::Sender<()>>,
    /// True while the disk is full.
    full: Arc<AtomicBool>,
    load: Arc<Load>,
    memory: Memory,
}

#[derive(Clone)]
enum Pool {
    Sqlite(sqlite::Pool),
    Postgres(postgres::Pool),
}

impl Db {
    /// Opens and migrates the database at `sqlite://path` or `postgres://…`.
    pub async fn open(url: &str) -> Result<Self> {
        let pool = match url.strip_prefix("sqlite://") {
            Some(path) => Pool::Sqlite(sqlite::Pool::open(path).await?),
            None => Pool::Postgres(postgres::Pool::open(url).await?),
        };
        Ok(Self {
            pool,
            due: Arc::default(),
            outgoing: Arc::default(),
            told: Arc::default(),
            full: Arc::default(),
            load: Arc::default(),
            memory: Memory::default(),
        })
    }

    /// Takes a connection to read from. It sees committed data, which may not be on the disk yet. On SQLite it sees one moment:
    /// take another connection to see later writes.
    pub async fn read(&self, now: Time, rules: &Arc<Rules>) -> Result<Conn> {
        let engine = match &self.pool {
            Pool::Sqlite(pool) => Engine::Sqlite(pool.read().await?),
            Pool::Postgres(pool) => Engine::Postgres(pool.acquire().await?),
        };
        Ok(Conn { engine, now, rules: rules.clone(), memory: self.memory.clone(), act: tracing::Span::none() })
    }

    /// Refuses transactions from now on, or begins them again. A commit that fails for want of room leaves the state of the disk
    /// unknown, so the server stops before that.
    pub fn refuse_writes(&self, full: bool) {
        self.full.store(full, Ordering::Relaxed);
    }

    /// Begins a transaction. Dropped without `commit`, it is rolled back. Fails while writes are refused.
    pub async fn write(&self, now: Time, rules: &Arc<Rules>) -> Result<Tx> {
        if self.full.load(Ordering::Relaxed) {
            return Err(error::disk_full());
        }
        let engine = match &self.pool {
            Pool::Sqlite(pool) => Engine::Sqlite(self.load.counted(pool.write()).await?),
            Pool::Postgres(pool) => Engine::Postgres(pool.begin().await?),
        };
        let conn = Conn { engine, now, rules: rules.clone(), memory: self.memory.clone(), act: tracing::trace_span!(target: "sql", "act") };
        let sequencer = match &self.pool {
            Pool::Sqlite(_) => None,
            Pool::Postgres(pool) => Some(pool.sequencer.clone()),
        };
        let (due, outgoing, told) = (self.due.clone(), self.outgoing.clone(), self.told.clone());
        Ok(Tx {
            conn,
            due,
            outgoing,
            told,
            is_due: false,
            is_outgoing: false,
            happenings: Vec::new(),
            has_posted: false,
            sequencer,
            claimed: None,
        })
    }

    /// Waits for a moment, a second at most, if acts wait for the only writer of SQLite: for work that can be done later as well.
    pub async fn give_way(&self) {
        self.load.give_way().await;
    }

    /// Takes a connection that sees one moment, however long it reads.
    pub async fn snapshot(&self, now: Time, rules: &Arc<Rules>) -> Result<Conn> {
        let engine = match &self.pool {
            Pool::Sqlite(pool) => Engine::Sqlite(pool.read().await?),
            Pool::Postgres(pool) => Engine::Postgres(pool.snapshot().await?),
        };
        Ok(Conn { engine, now, rules: rules.clone(), memory: self.memory.clone(), act: tracing::Span::none() })
    }

    /// Ends when this process has committed a timer that is due at once; timers of other processes have to be polled for.
    pub async fn something_due(&self) {
        self.due.notified().await;
    }

    /// Returns what is notified when this process has committed something that is to be sent to a stranger's server at once. It has one
    /// listener.
    pub fn outgoing(&self) -> Arc<Notify> {
        self.outgoing.clone()
    }

    /// Ends when a commit failed and the state of the disk is unknown. The program must then stop and start again.
    pub async fn poisoned(&self) {
        match &self.pool {
            Pool::Sqlite(pool) => pool.poisoned().await,
            // PostgreSQL recovers by itself; a lost connection fails only the acts on it.
            Pool::Postgres(_) => std::future::pending().await,
        }
    }

    /// Writes a consistent copy of a SQLite database to `to`, while other acts go on writing.
    pub async fn backup(&self, to: &Path) -> Result<()> {
        match &self.pool {
            Pool::Sqlite(pool) => Ok(pool.backup(to).await?),
            Pool::Postgres(_) => {
                Err(kernel::Error::invalid("not_embedded", "Only an embedded database is backed up here; use pg_dump for PostgreSQL."))
            }
        }
    }

    /// `SQLite` or `PostgreSQL`.
    pub fn engine(&self) -> &'static str {
        match &self.pool {
            Pool::Sqlite(_) => "SQLite",
            Pool::Postgres(_) => "PostgreSQL",
        }
    }
}

/// A transaction: all of its writes take effect, or none.
pub struct Tx {
    conn: Conn,
    due: Arc<Notify>,
    outgoing: Arc<Notify>,
    told: Arc<watch::Sender<()>>,
    is_due: bool,
    is_outgoing: bool,
    happenings: Vec<NewEvent>,
    /// True if it wrote an entry of the ledger.
    has_posted: bool,
    /// Numbers what was committed, if the engine does not.
    sequencer: Option<Sequencer>,
    /// The idempotency key that it claimed.
    claimed: Option<Ticket>,
}

impl Tx {
    /// Writes the emitted events, commits, and returns when the disk has everything and entries and events have their numbers.
    pub async fn commit(mut self) -> Result<()> {
        let has_told = !self.happenings.is_empty();
        if has_told {
            event::write(&mut self.conn, std::mem::take(&mut self.happenings)).await?;
        }
        match self.conn.engine {
            Engine::Sqlite(handle) => handle.commit().await?,
            Engine::Postgres(handle) => {
                handle.commit().await?;
                // The rest may never run: a caller who hangs up is waited for no longer.
                wake(&self.due, self.is_due);
                wake(&self.outgoing, self.is_outgoing);
                if let Some(sequencer) = self.sequencer.filter(|_| has_told || self.has_posted) {
                    sequencer.numbered().await;
                }
            }
        }
        wake(&self.due, self.is_due);
        wake(&self.outgoing, self.is_outgoing);
        if has_told {
            self.told.send_replace(());
        }
        Ok(())
    }

    /// Keeps an event until the commit, so that an act's events are written together and in order.
    pub(crate) fn emit(&mut self, happening: NewEvent) {
        self.happenings.push(happening);
    }

    /// Returns true if no other transaction can write before this one ends, so that rows need no locks.
    pub fn is_alone(&self) -> bool {
        matches!(self.conn.engine, Engine::Sqlite(_))
    }

    /// The idempotency key that the act claimed: its answer is kept under it.
    pub(crate) fn claimed(&mut self) -> &mut Option<Ticket> {
        &mut self.claimed
    }

    /// Notes that the act wrote an entry of the ledger.
    pub(crate) fn set_posted(&mut self) {
        self.has_posted = true;
    }

    /// Notes that the act left something to send to a stranger's server at once.
    pub fn set_outgoing(&mut self) {
        self.is_outgoing = true;
    }

    /// Notes that the act set a timer that is due at once.
    pub(crate) fn set_due(&mut self) {
        self.is_due = true;
    }
}

impl std::ops::Deref for Tx {
    type Target = Conn;
    fn deref(&self) -> &Conn {
        &self.conn
    }
}

impl std::ops::DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.conn
    }
}

/// Wakes a listener, if an act left something for it.
fn wake(listener: &Notify, is_wanted: bool) {
    if is_wanted {
        listener.notify_one();
    }
}
