//! SQLite: many readers, one writer, group commit.
//!
//! Each write is a savepoint on the one writer connection. `commit` releases it and waits for the `commit` that
//! covers every write queued meanwhile, so one fsync serves them all. No caller is answered before it returned. The writer numbers
//! entries and events in memory and stores the last numbers once for each commit.

mod checkpoint;
mod statement;

use super::error::{DriverError, Result};
use super::heads::Heads;
use checkpoint::Checkpoints;
use kernel::Error;
use rusqlite::backup::StepResult;
use rusqlite::{Connection, ErrorCode};
pub(super) use statement::{all, run};
use std::path::Path;
use std::sync::{Arc, Mutex as SyncMutex, Weak};
use tokio::sync::{Mutex, Notify, OwnedMutexGuard, OwnedSemaphorePermit, Semaphore, oneshot, watch};

/// The most readers of the database file at a time.
const READERS_MAX: usize = 8;
/// The number of events whose audience is not sorted yet, from which it is.
const FRESH_MAX: i64 = 1_024;
/// `full`, because with `normal` a power cut loses money that was acknowledged. `memory`, because the undo log of one act is not
/// worth a file. The log may grow large before it is copied back ([`checkpoint`]); a restart still reads it at once.
const PRAGMAS: &str = "pragma busy_timeout = 5000; pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; \
    pragma temp_store = memory; pragma journal_size_limit = 67108864;";
/// A page cache of 64 MB for the writer, allocated as needed, because the writer touches the end of every table.
const WRITER_PRAGMAS: &str = "pragma cache_size = -65536;";

pub(super) struct Writer {
    conn: Connection,
    /// True while the outer transaction is open.
    open: bool,
    /// The last numbers, those of the open transaction included.
    heads: Heads,
    /// The last numbers as they were when the transaction opened.
    stored: Heads,
    /// The number of the last event whose audience was sorted in, as far as this process knows.
    sorted: i64,
    /// The acts that wait for the commit: they released their savepoints since the transaction opened.
    waiting: Vec<oneshot::Sender<bool>>,
    /// True once a commit failed: the state of the disk is unknown, and no write may follow.
    poison: watch::Sender<bool>,
    /// Wakes the thread that commits.
    dirty: Arc<Notify>,
}

impl Drop for Writer {
    fn drop(&mut self) {
        // The thread finds nothing to commit any more, and ends.
        self.dirty.notify_one();
    }
}

/// The file, its idle readers and its one writer.
#[derive(Clone)]
pub(super) struct Pool {
    path: Arc<str>,
    idle: Arc<SyncMutex<Vec<Connection>>>,
    readers: Arc<Semaphore>,
    writer: Arc<Mutex<Writer>>,
    dirty: Arc<Notify>,
    poison: watch::Receiver<bool>,
}

pub(super) enum Handle {
    Read {
        conn: Option<Connection>,
        idle: Arc<SyncMutex<Vec<Connection>>>,
        _permit: OwnedSemaphorePermit,
    },
    /// `before` are the last numbers as they were before the act.
    Write {
        writer: Option<OwnedMutexGuard<Writer>>,
        before: Heads,
        dirty: Arc<Notify>,
    },
}

fn connect(path: &str) -> Result<Connection> {
    let conn = Connection::open(path)?;
    conn.set_prepared_statement_cache_capacity(256);
    conn.execute_batch(PRAGMAS)?;
    Ok(conn)
}

impl Pool {
    pub(super) async fn open(path: &str) -> Result<Self> {
        let path = path.split('?').next().unwrap_or(path);
        super::migrations::migrate_sqlite(path, &[]).await?;
        let (poison, poisoned) = watch::channel(false);
        let conn = connect(path)?;
        conn.execute_batch(WRITER_PRAGMAS)?;
        checkpoint::watch(&conn);
        let dirty = Arc::new(Notify::new());
        let writer = Arc::new(Mutex::new(Writer {
            conn,
            open: false,
            heads: Heads::default(),
            stored: Heads::default(),
            sorted: 0,
            waiting: Vec::new(),
            poison: poison.clone(),
            dirty: dirty.clone(),
        }));
        let commits = Commits { writer: Arc::downgrade(&writer), dirty: dirty.clone(), poison, checkpoints: Checkpoints::new(path) };
        let runtime = tokio::runtime::Handle::current();
        // A thread of its own: on those that serve files and hash passwords, a commit would wait for them.
        std::thread::Builder::new().name("commit".to_owned()).spawn(move || commits.run(&runtime)).map_err(|error| {
            tracing::error!(%error, "the thread that commits could not be started");
            Error::unavailable()
        })?;
        let readers = Arc::new(Semaphore::new(READERS_MAX));
        Ok(Self { path: path.into(), idle: Arc::default(), readers, writer, dirty, poison: poisoned })
    }

    /// Takes a reader. It sees one moment, from its first statement to its last, and locks the file once instead of for each.
    pub(super) async fn read(&self) -> Result<Handle> {
        let permit = self.readers.clone().acquire_owned().await.map_err(|_| Error::unavailable())?;
        let idle = self.idle.lock().map_err(|_| Error::unavailable())?.pop();
        let conn = match idle {
            Some(conn) => conn,
            None => connect(&self.path)?,
        };
        conn.prepare_cached("begin")?.execute([])?;
        Ok(Handle::Read { conn: Some(conn), idle: self.idle.clone(), _permit: permit })
    }

    pub(super) async fn write(&self) -> Result<Handle> {
        let mut writer = self.writer.clone().lock_owned().await;
        if *self.poison.borrow() {
            return Err(Error::unavailable().into());
        }
        if !writer.open {
            writer.conn.prepare_cached("begin immediate")?.execute([])?;
            // They are read again, because another process may have written since.
            writer.stored = match stored_heads(&writer.conn) {
                Ok(heads) => heads,
                Err(error) => {
                    leave(&writer.conn)?;
                    return Err(error.into());
                }
            };
            writer.heads = writer.stored.clone();
            writer.open = true;
        }
        writer.conn.prepare_cached("savepoint act")?.execute([])?;
        let before = writer.heads.clone();
        Ok(Handle::Write { writer: Some(writer), before, dirty: self.dirty.clone() })
    }

    pub(super) async fn poisoned(&self) {
        let mut poison = self.poison.clone();
        // The sender lives as long as the writer; without a writer there is nothing to wait for.
        if poison.wait_for(|poisoned| *poisoned).await.is_err() {
            std::future::pending().await
        }
    }

    pub(super) async fn backup(&self, to: &Path) -> Result<()> {
        let (path, to) = (self.path.clone(), to.to_path_buf());
        let copied = tokio::task::spawn_blocking(move || -> rusqlite::Result<()> {
            let (from, mut to) = (Connection::open(&*path)?, Connection::open(to)?);
            // Copy in one step: a copy in several steps restarts whenever an act commits in between.
            match rusqlite::backup::Backup::new(&from, &mut to)?.step(-1)? {
                StepResult::Done => Ok(()),
                _ => Err(rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_BUSY), None)),
            }
        });
        Ok(copied.await.map_err(|_| Error::internal())??)
    }
}

impl Handle {
    fn conn(&self) -> Result<&Connection> {
        match self {
            Handle::Read { conn, .. } => conn.as_ref(),
            Handle::Write { writer, .. } => writer.as_ref().map(|writer| &writer.conn),
        }
        .ok_or_else(|| Error::internal().into())
    }

    /// Returns the last numbers, which the act that holds the writer may raise.
    pub(super) fn heads(&mut self) -> Option<&mut Heads> {
        match self {
            Handle::Read { .. } => None,
            Handle::Write { writer, .. } => writer.as_mut().map(|writer| &mut writer.heads),
        }
    }

    pub(super) async fn commit(mut self) -> Result<()> {
        let Handle::Write { writer, dirty, .. } = &mut self else { return Ok(()) };
        let Some(mut guard) = writer.take() else { return Ok(()) };
        if let Err(error) = release(&guard.conn) {
            *writer = Some(guard); // Dropping the handle now rolls the act back.
            return Err(error.into());
        }
        let (done, outcome) = oneshot::channel();
        guard.waiting.push(done);
        drop(guard);
        dirty.notify_one();
        match outcome.await {
            Ok(true) => Ok(()),
            _ => Err(Error::unavailable().into()),
        }
    }
}

fn release(conn: &Connection) -> rusqlite::Result<()> {
    conn.prepare_cached("release act")?.execute([]).map(drop)
}

fn leave(conn: &Connection) -> rusqlite::Result<()> {
    conn.prepare_cached("rollback")?.execute([]).map(drop)
}

fn undo(conn: &Connection) -> rusqlite::Result<()> {
    conn.prepare_cached("rollback to act")?.execute([])?;
    release(conn)
}

impl Drop for Handle {
    fn drop(&mut self) {
        match self {
            Handle::Read { conn, idle, .. } => {
                let Some(conn) = conn.take() else { return };
                // A reader whose rollback fails is dropped instead of reused.
                if let (Ok(()), Ok(mut idle)) = (leave(&conn), idle.lock()) {
                    idle.push(conn);
                }
            }
            Handle::Write { writer, before, dirty } => {
                if let Some(mut writer) = writer.take() {
                    // Undo the failed act alone, and keep the other acts of the commit.
                    writer.heads = std::mem::take(before);
                    if let Err(error) = undo(&writer.conn) {
                        tracing::error!(%error, "an act could not be undone; no write may follow");
                        writer.poison.send_replace(true);
                    }
                    drop(writer);
                    dirty.notify_one();
                }
            }
        }
    }
}

fn stored_heads(conn: &Connection) -> rusqlite::Result<Heads> {
    let mut heads = Heads::default();
    let mut statement =
        conn.prepare_cached("select chain, seq, hash from chain_head where chain in ('entry', 'event', 'event_not_of_job')")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        match row.get_ref(0)?.as_str()? {
            "entry" => (heads.entry, heads.hash) = (row.get(1)?, row.get(2)?),
            "event" => heads.event = row.get(1)?,
            _ => heads.not_of_job = row.get(1)?,
        }
    }
    Ok(heads)
}

/// Moves the audience of the last events to where it lies by topic. An act that did so itself would write a page for each topic.
fn sort_audience(conn: &Connection) -> rusqlite::Result<()> {
    conn.prepare_cached("insert into event_audience (topic, seq) select topic, seq from fresh_audience order by topic, seq")?.execute([])?;
    conn.prepare_cached("delete from fresh_audience")?.execute([]).map(drop)
}

impl Writer {
    /// Stores the last numbers, if acts raised them, and commits.
    fn commit(&mut self) -> rusqlite::Result<()> {
        if self.heads != self.stored {
            let mut store = self.conn.prepare_cached("update chain_head set seq = ?2, hash = ?3 where chain = ?1")?;
            store.execute(("entry", self.heads.entry, &self.heads.hash))?;
            store.execute(("event", self.heads.event, ""))?;
            store.execute(("event_not_of_job", self.heads.not_of_job, ""))?;
        }
        if self.heads.event - self.sorted >= FRESH_MAX {
            sort_audience(&self.conn)?;
            self.sorted = self.heads.event;
        }
        self.conn.execute_batch("commit")
    }
}

/// The thread that commits whenever there are writes.
struct Commits {
    writer: Weak<Mutex<Writer>>,
    dirty: Arc<Notify>,
    poison: watch::Sender<bool>,
    checkpoints: Checkpoints,
}

impl Commits {
    /// Commits until the writer is gone. Its lock is fair, so every write that was queued before has run when this gets it.
    fn run(self, runtime: &tokio::runtime::Handle) {
        let _entered = runtime.enter();
        loop {
            runtime.block_on(self.dirty.notified());
            let Some(writer) = self.writer.upgrade() else { return };
            let mut writer = runtime.block_on(writer.lock_owned());
            if !writer.open {
                continue;
            }
            let poisoned = *writer.poison.borrow();
            let outcome = if poisoned { Ok(false) } else { writer.commit().map(|()| true) };
            let ok = outcome.unwrap_or_else(|error| {
                tracing::error!(%error, "a commit failed: what the disk holds is unknown, so no write may follow");
                false
            });
            writer.open = false;
            if !ok {
                writer.poison.send_replace(true);
            }
            for done in std::mem::take(&mut writer.waiting) {
                // A caller that disconnected does not need the answer.
                let _ = done.send(ok);
            }
            if !ok {
                return;
            }
            self.checkpoints.after_commit(&writer.conn);
        }
    }
}

impl Drop for Commits {
    fn drop(&mut self) {
        if std::thread::panicking() {
            tracing::error!("a commit panicked: what the disk holds is unknown, so no write may follow");
            self.poison.send_replace(true);
        }
    }
}

impl From<rusqlite::Error> for DriverError {
    fn from(error: rusqlite::Error) -> Self {
        Self(match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Error::try_again(),
            Some(ErrorCode::DiskFull) => {
                tracing::error!(%error, "the disk is full");
                Error::unavailable()
            }
            _ => {
                tracing::error!(%error, "SQLite refused a statement");
                Error::internal()
            }
        })
    }
}
