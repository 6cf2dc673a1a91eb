//! The whole program on PostgreSQL.

use crate::child::{Served, program, run};
use crate::test_server::Folder;
use serde_json::json;
use sqlx::{AssertSqlSafe, Connection, PgConnection};

/// A database of its own on the tests' cluster. The cluster goes when the tests end, and it with it.
pub(crate) async fn database() -> String {
    let server =
        std::env::var("TEST_POSTGRES_URL").expect("TEST_POSTGRES_URL: run the tests by `make test`, or by `tools/postgres run cargo test`");
    let name = market::id::random("server_");
    let mut connection = PgConnection::connect(&server).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(format!("create database {name}"))).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    format!("{}/{name}", server.rsplit_once('/').unwrap().0)
}

#[tokio::test]
async fn it_serves_and_its_commands_work() {
    let (folder, url) = (Folder::new(), database().await);
    let place = ["--database", url.as_str(), "--data", folder.path().to_str().unwrap()];
    let mut command = program();
    command.args(["--listen", "127.0.0.1:0", "--rate-limits", "off"]).args(place);
    let served = Served::of(command);
    let client = reqwest::Client::new();
    assert_eq!(client.get(&served.url).send().await.unwrap().status(), 200);
    let who = json!({ "name": "Ada", "email": "ada@example.org", "password": "correct horse battery" });
    let signed = client.post(format!("{}/v1/auth/signup", served.url)).json(&who).send().await.unwrap();
    assert_eq!(signed.status(), 201, "{}", signed.text().await.unwrap());
    for (line, code, word) in [
        (&["migrate"][..], 0, "PostgreSQL is up to date"),
        (&["user", "verify", "ada@example.org"], 0, "is verified"),
        (&["ledger", "verify"], 0, "the ledger is sound"),
        (&["backup", "/nowhere/at/all"], 1, "pg_dump"),
    ] {
        let (ended, said) = run(&[line, &place].concat(), &[]);
        assert!(ended == code && said.contains(word), "{line:?} ended with {ended}: {said}");
    }
    served.terminate();
    assert_eq!(served.wait().code(), Some(0));
}
