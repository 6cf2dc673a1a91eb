//! The check whether a database exists and has the schema of this version, without creating or changing anything.

use crate::db::error::Result;
use crate::db::migrations::{MIGRATIONS, migrate_postgres, migrate_sqlite};
use sqlx::migrate::Migrate;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection};
use std::path::Path;

/// Applies migrations after ours to the database at `sqlite://path` or `postgres://…`, as a later version would apply its own.
pub async fn apply(url: &str, later: &[sqlx::migrate::Migration]) -> kernel::Result<()> {
    Ok(apply_to(url, later).await?)
}

async fn apply_to(url: &str, later: &[sqlx::migrate::Migration]) -> Result<()> {
    match url.strip_prefix("sqlite://") {
        Some(path) => migrate_sqlite(path.split('?').next().unwrap_or(path), later).await,
        None => migrate_postgres(&sqlx::PgPool::connect(url).await?, later).await,
    }
}

/// The state of a database against this version of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemaState {
    /// The database does not exist.
    Missing,
    /// The schema is another version's, or there is none.
    Other,
    /// The schema is of this version.
    Ours,
}

/// Checks the database at `sqlite://path` or `postgres://…`. Nothing is written.
pub async fn standing(url: &str) -> kernel::Result<SchemaState> {
    Ok(match url.strip_prefix("sqlite://") {
        Some(path) => embedded(path.split('?').next().unwrap_or(path)).await?,
        None => remote(url).await?,
    })
}

async fn embedded(path: &str) -> Result<SchemaState> {
    if !Path::new(path).try_exists().map_err(sqlx::Error::from)? {
        return Ok(SchemaState::Missing);
    }
    let mut conn: SqliteConnection = SqliteConnectOptions::new().filename(path).create_if_missing(false).connect().await?;
    let standing = compared(&mut conn).await;
    conn.close().await?;
    Ok(standing)
}

/// PostgreSQL's code for a missing database.
const NO_SUCH_DATABASE: &str = "3D000";

async fn remote(url: &str) -> Result<SchemaState> {
    let options: PgConnectOptions = url.parse()?;
    let mut conn: PgConnection = match options.connect().await {
        Ok(conn) => conn,
        Err(error) if error.as_database_error().and_then(|error| error.code()).is_some_and(|code| code == NO_SUCH_DATABASE) => {
            return Ok(SchemaState::Missing);
        }
        Err(error) => return Err(error.into()),
    };
    let standing = compared(&mut conn).await;
    conn.close().await?;
    Ok(standing)
}

/// Compares the applied migrations with those of this version. A database without a table of migrations counts as another one.
async fn compared(conn: &mut impl Migrate) -> SchemaState {
    let Ok(applied) = conn.list_applied_migrations(&MIGRATIONS.table_name).await else { return SchemaState::Other };
    let applied = applied.iter().map(|migration| (migration.version, &migration.checksum));
    if applied.eq(MIGRATIONS.iter().map(|migration| (migration.version, &migration.checksum))) {
        SchemaState::Ours
    } else {
        SchemaState::Other
    }
}
