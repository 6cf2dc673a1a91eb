//! A later migration can replace every table, on both engines, with rows in it.

use market::schema::apply;
use sqlx::migrate::{Migration, MigrationType};
use sqlx::{AssertSqlSafe, Connection, PgConnection, Row, SqlSafeStr, SqliteConnection};
use testkit::TestApp;
use testkit::review::{ReviewFixture, proofed};

/// A version above all real migrations.
const LATER: i64 = 999_999;

fn later(text: String) -> Vec<Migration> {
    vec![Migration::new(LATER, "rebuild".into(), MigrationType::Simple, AssertSqlSafe(text).into_sql_str(), false)]
}

/// Brings rows into most tables: a job under review, money, a verdict, events and timers.
async fn fill(app: &TestApp) {
    let review = ReviewFixture::running(app, &proofed(2)).await;
    review.judge(app, 0, "approve").await.expect("judges");
}

/// Builds a script that copies, drops and replaces each table, as SQLite's documentation says.
async fn sqlite_script(url: &str) -> String {
    let mut conn = SqliteConnection::connect(url).await.expect("connects");
    let rows = sqlx::query(
        "select name, sql from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like '\\_sqlx%' escape '\\'",
    );
    let mut script = String::new();
    for row in rows.fetch_all(&mut conn).await.expect("reads") {
        let (name, text): (String, String) = (row.get(0), row.get(1));
        // A table that was renamed has its name in quotes.
        let fresh = text.replace(&format!("TABLE \"{name}\" "), &format!("TABLE {name} "));
        let fresh = fresh.replacen(&format!("TABLE {name} "), &format!("TABLE {name}_fresh "), 1);
        assert_ne!(fresh, text, "{name}");
        script += &format!(
            "{fresh};\ninsert into {name}_fresh select * from {name};\ndrop table {name};\nalter table {name}_fresh rename to {name};\n"
        );
        let indexes = sqlx::query("select sql from sqlite_master where type = 'index' and tbl_name = $1 and sql is not null").bind(&name);
        for index in indexes.fetch_all(&mut conn).await.expect("reads") {
            script += &format!("{};\n", index.get::<String, _>(0));
        }
    }
    script
}

/// Builds a script that drops all references, copies and replaces each table, and adds the references again.
async fn postgres_script(url: &str) -> String {
    let mut conn = PgConnection::connect(url).await.expect("connects");
    let tables = sqlx::query("select tablename::text from pg_tables where schemaname = 'public' and tablename not like '\\_sqlx%'");
    let keys = sqlx::query(
        "select conrelid::regclass::text, conname::text, pg_get_constraintdef(oid) from pg_constraint where contype = 'f' order by 1, 2",
    );
    let keys: Vec<(String, String, String)> =
        keys.fetch_all(&mut conn).await.expect("reads").iter().map(|row| (row.get(0), row.get(1), row.get(2))).collect();
    let mut script = String::new();
    for (table, name, _) in &keys {
        script += &format!("alter table {table} drop constraint {name};\n");
    }
    for row in tables.fetch_all(&mut conn).await.expect("reads") {
        let name: String = row.get(0);
        script += &format!(
            "create table {name}_fresh (like {name} including all);\ninsert into {name}_fresh select * from {name};\ndrop table {name};\n\
             alter table {name}_fresh rename to {name};\n"
        );
    }
    for (table, name, definition) in &keys {
        script += &format!("alter table {table} add constraint {name} {definition};\n");
    }
    script
}

async fn rebuilt(app: TestApp, script: String) {
    let before = app.market.audit().await.expect("audits");
    apply(&app.url(), &later(script)).await.expect("every table is replaced");
    let after = app.market.audit().await.expect("audits");
    assert!(after.entries > 1 && after == before, "{after:?}");
    app.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_sqlite() {
    let app = TestApp::sqlite().await;
    fill(&app).await;
    let script = sqlite_script(&app.url()).await;
    rebuilt(app, script).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_postgres() {
    let app = TestApp::postgres().await;
    fill(&app).await;
    let script = postgres_script(&app.url()).await;
    rebuilt(app, script).await;
}
