//! The statements of the tests' PostgreSQL server itself: making, copying and dropping databases.

use sqlx::{Connection, Executor};

/// Creates an empty database.
pub(super) async fn create(server: &str, name: &str) {
    administer(server, format!("create database {name}")).await;
}

/// Creates a database as a copy of a template.
pub(super) async fn copy(server: &str, name: &str, template: &str) {
    administer(server, format!("create database {name} template {template} strategy file_copy")).await;
}

/// Ends all connections to a database for good: PostgreSQL copies one only while no connection to it is open.
pub(super) async fn close(server: &str, name: &str) {
    administer(server, format!("alter database {name} with allow_connections false")).await;
    administer(server, format!("select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = '{name}'")).await;
}

/// Drops a database, whoever is still connected.
pub(super) async fn drop(server: &str, name: &str) {
    administer(server, format!("drop database {name} with (force)")).await;
}

async fn administer(server: &str, statement: String) {
    let mut admin = sqlx::PgConnection::connect(server).await.expect("the test's PostgreSQL answers");
    admin.execute(sqlx::AssertSqlSafe(statement)).await.expect("an administrator's statement");
}
