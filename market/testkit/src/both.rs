//! Each test twice: once for SQLite, once for PostgreSQL.

/// Writes each test for both engines, and ends it with an audit of the ledger.
#[macro_export]
macro_rules! both {
    ($($tests:tt)+) => { $crate::both_with! { $crate::TestApp; $($tests)+ } };
}

/// Writes each test for both engines with a fixture of the suite's own, which has `sqlite()`, `postgres()` and `close()`.
#[macro_export]
macro_rules! both_with {
    ($fixture:ty; $($(#[$meta:meta])* async fn $name:ident($app:ident) $body:block)+) => {$(
        $(#[$meta])*
        mod $name {
            #[allow(unused_imports, reason = "small tests need little of what their file imports")]
            use super::*;
            async fn fixture($app: &$fixture) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                let app = <$fixture>::sqlite().await;
                fixture(&app).await;
                app.close().await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                let app = <$fixture>::postgres().await;
                fixture(&app).await;
                app.close().await;
            }
        }
    )+};
}
