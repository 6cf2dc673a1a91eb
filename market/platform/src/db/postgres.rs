//! PostgreSQL, through sqlx.

use super::error::{DriverError, Result};
use super::row::{self, Cell};
use super::sequencing::Sequencer;
use super::{Query, Value};
use kernel::Error;
use serde::de::DeserializeOwned;
use sqlx::postgres::{PgArguments, PgListener, PgPool, PgPoolOptions, PgRow, Postgres};
use sqlx::{Column, Connection, Row, Transaction, TypeInfo, ValueRef};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// The most connections of a process to its database.
const CONNECTIONS_MAX: u32 = 16;
/// The longest wait for a connection to the database.
const WAIT_MAX: Duration = Duration::from_secs(10);
/// The time after which an idle connection is tried before it is used: a round trip that a busy one does without.
const IDLE: Duration = Duration::from_secs(1);
/// The pause before listening again after the database could not be reached.
const LISTEN_AGAIN: Duration = Duration::from_secs(5);

/// The server's connections, and its sequencer.
#[derive(Clone)]
pub(super) struct Pool {
    connections: Connections,
    pub(super) sequencer: Sequencer,
}

/// Some connections.
#[derive(Clone)]
pub(super) struct Connections(PgPool);

pub(super) enum Handle {
    Read(sqlx::pool::PoolConnection<Postgres>),
    Write(Transaction<'static, Postgres>),
}

impl Pool {
    pub(super) async fn open(url: &str) -> Result<Self> {
        let options = || {
            PgPoolOptions::new().acquire_timeout(WAIT_MAX).test_before_acquire(false).before_acquire(|conn, about| {
                Box::pin(async move {
                    if about.idle_for > IDLE {
                        conn.ping().await?;
                    }
                    Ok(true)
                })
            })
        };
        let pool = options().max_connections(CONNECTIONS_MAX).connect(url).await?;
        super::migrations::migrate_postgres(&pool, &[]).await?;
        // The sequencer has a connection of its own, so that it never waits behind the acts that wait for it.
        let own = options().max_connections(1).connect_lazy(url)?;
        Ok(Self { connections: Connections(pool), sequencer: Sequencer::start(Connections(own)) })
    }
    pub(super) async fn acquire(&self) -> Result<Handle> {
        self.connections.acquire().await
    }
    pub(super) async fn begin(&self) -> Result<Handle> {
        self.connections.begin().await
    }
    /// Takes a connection that sees one moment.
    pub(super) async fn snapshot(&self) -> Result<Handle> {
        let mut tx = self.connections.0.begin().await?;
        sqlx::query("set transaction isolation level repeatable read, read only").execute(&mut *tx).await?;
        Ok(Handle::Write(tx))
    }
    /// Listens on a separate connection, which is renewed when it breaks.
    pub(super) async fn listen(&self) -> Result<Listener> {
        let mut listener = PgListener::connect_with(&self.connections.0).await?;
        listener.listen(CHANNEL).await?;
        Ok(Listener(listener))
    }
}

impl Connections {
    /// Takes a connection to read from.
    pub(super) async fn acquire(&self) -> Result<Handle> {
        Ok(Handle::Read(self.0.acquire().await?))
    }
    /// Begins a transaction.
    pub(super) async fn begin(&self) -> Result<Handle> {
        Ok(Handle::Write(self.0.begin().await?))
    }
}

/// The channel on which processes notify each other of new events. The events themselves are in the tables.
const CHANNEL: &str = "guildhall_event";

/// Receives the notifications of all processes.
pub(super) struct Listener(PgListener);

impl Listener {
    /// Forwards notifications. A renewed connection counts as one, because some may have been lost.
    pub(super) async fn forward(mut self, told: Arc<watch::Sender<()>>) {
        loop {
            if let Err(error) = self.0.try_recv().await {
                tracing::warn!(%error, "other processes can't be heard; they are asked now and then");
                tokio::time::sleep(LISTEN_AGAIN).await;
            }
            told.send_replace(());
        }
    }
}

impl Handle {
    /// Sends a notification with the commit, one for each transaction.
    pub(super) async fn notify(&mut self) -> Result<()> {
        sqlx::query("notify guildhall_event").execute(self.conn()).await?;
        Ok(())
    }
    pub(super) async fn commit(self) -> Result<()> {
        if let Handle::Write(tx) = self {
            tx.commit().await?;
        }
        Ok(())
    }
    fn conn(&mut self) -> &mut sqlx::PgConnection {
        match self {
            Handle::Read(conn) => conn,
            Handle::Write(tx) => tx,
        }
    }
}

fn bound(query: Query) -> sqlx::query::Query<'static, Postgres, PgArguments> {
    query.values.into_iter().fold(sqlx::query(query.text), |statement, value| match value {
        Value::Int(v) => statement.bind(v),
        Value::Real(v) => statement.bind(v),
        Value::Text(v) => statement.bind(v),
    })
}

pub(super) async fn run(handle: &mut Handle, query: Query) -> Result<u64> {
    Ok(bound(query).execute(handle.conn()).await?.rows_affected())
}

pub(super) async fn all<T: DeserializeOwned>(handle: &mut Handle, query: Query) -> Result<Vec<T>> {
    let rows = bound(query).fetch_all(handle.conn()).await?;
    rows.iter().map(|row| Ok(row::read(&cells(row)?)?)).collect()
}

fn cells(row: &PgRow) -> Result<Vec<(&str, Cell<'_>)>> {
    row.columns()
        .iter()
        .enumerate()
        .map(|(i, column)| {
            let raw = row.try_get_raw(i)?;
            let cell = match (raw.is_null(), raw.type_info().name()) {
                (true, _) => Cell::Null,
                (_, "INT8") => Cell::Int(row.try_get(i)?),
                (_, "INT4") => Cell::Int(row.try_get::<i32, _>(i)?.into()),
                (_, "FLOAT8") => Cell::Real(row.try_get(i)?),
                _ => Cell::Text(row.try_get(i)?),
            };
            Ok((column.name(), cell))
        })
        .collect()
}

/// The codes of a serialization failure and a deadlock: the act was rolled back and can run again.
const IN_THE_WAY: [&str; 2] = ["40001", "40P01"];

/// The code for text that PostgreSQL can't store, such as one with a NUL.
const NOT_TEXT: &str = "22021";

impl From<sqlx::Error> for DriverError {
    fn from(error: sqlx::Error) -> Self {
        let code = error.as_database_error().and_then(|e| e.code()).map(|code| code.into_owned());
        if code.as_deref().is_some_and(|code| IN_THE_WAY.contains(&code)) {
            return Self(Error::try_again());
        }
        if code.as_deref() == Some(NOT_TEXT) {
            let message = "The request holds a NUL character or bytes that are no UTF-8; remove them.";
            return Self(Error::invalid("not_text", message));
        }
        tracing::error!(%error, "the database refused");
        Self(match error {
            sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_) => Error::unavailable(),
            _ => Error::internal(),
        })
    }
}
