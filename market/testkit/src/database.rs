//! A database of a test's own, of either engine.

use market::db::Db;
use market::id::random;
use std::path::{Path, PathBuf};
use tokio::sync::OnceCell;

mod store;

/// A fresh database: a folder with a SQLite file, or a copy of a migrated PostgreSQL template.
#[derive(Clone)]
pub struct Database(Home);

#[derive(Clone)]
enum Home {
    Folder(PathBuf),
    Copy { server: String, name: String },
}

impl Database {
    /// Makes a folder for a SQLite file.
    pub fn sqlite() -> Self {
        let folder = std::env::temp_dir().join(random("guildhall_test_"));
        std::fs::create_dir_all(&folder).expect("a folder for the test");
        Self(Home::Folder(folder))
    }

    /// Copies the template on the tests' PostgreSQL server.
    pub async fn postgres() -> Self {
        static TEMPLATE: OnceCell<String> = OnceCell::const_new();
        let server = std::env::var("TEST_POSTGRES_URL")
            .expect("TEST_POSTGRES_URL: run the tests by `make test`, or by `tools/postgres run cargo test`");
        let template = TEMPLATE.get_or_init(|| migrated(&server)).await;
        let name = random("test_");
        store::copy(&server, &name, template).await;
        Self(Home::Copy { server, name })
    }

    /// Makes another one on the same engine.
    pub async fn another(&self) -> Self {
        match self.0 {
            Home::Folder(_) => Self::sqlite(),
            Home::Copy { .. } => Self::postgres().await,
        }
    }

    /// The address that `Db::open` takes.
    pub fn url(&self) -> String {
        match &self.0 {
            Home::Folder(folder) => format!("sqlite://{}", folder.join("market.db").display()),
            Home::Copy { server, name } => url(server, name),
        }
    }

    /// The folder that holds a SQLite database's files.
    pub fn folder(&self) -> Option<&Path> {
        match &self.0 {
            Home::Folder(folder) => Some(folder),
            Home::Copy { .. } => None,
        }
    }

    /// Removes the database and everything in it, whoever is still connected.
    pub async fn remove(self) {
        match self.0 {
            Home::Folder(folder) => std::fs::remove_dir_all(folder).expect("removes the test's folder"),
            Home::Copy { server, name } => store::drop(&server, &name).await,
        }
    }
}

/// Makes a database that has the tables: copying it is faster than migrating anew.
async fn migrated(server: &str) -> String {
    let name = random("template_");
    store::create(server, &name).await;
    drop(Db::open(&url(server, &name)).await.expect("opens and migrates"));
    store::close(server, &name).await;
    name
}

fn url(server: &str, database: &str) -> String {
    let (base, _) = server.rsplit_once('/').expect("a URL with a database");
    format!("{base}/{database}")
}
