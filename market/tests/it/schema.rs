//! Telling a database of ours from others, without touching them.

use market::db::sql;
use market::id::random;
use market::schema::{SchemaState, standing};
use testkit::TestApp;

const NO_MIGRATION: &str = "delete from _sqlx_migrations where version = (select max(version) from _sqlx_migrations)";

async fn told_apart(app: TestApp, url: &str, missing: &str) {
    assert_eq!(standing(url).await, Ok(SchemaState::Ours));
    assert_eq!(standing(missing).await, Ok(SchemaState::Missing));
    assert_eq!(standing(missing).await, Ok(SchemaState::Missing), "looking makes none");
    app.write(sql(NO_MIGRATION)).await;
    assert_eq!(standing(url).await, Ok(SchemaState::Other), "an older version's");
    app.write(sql("drop table _sqlx_migrations")).await;
    assert_eq!(standing(url).await, Ok(SchemaState::Other), "nobody's");
    app.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_sqlite() {
    let app = TestApp::sqlite().await;
    let (url, missing) = (app.url(), format!("sqlite:///tmp/{}/market.db", random("none_")));
    told_apart(app, &url, &missing).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_postgres() {
    let app = TestApp::postgres().await;
    let url = app.url();
    let missing = format!("{}/{}", url.rsplit_once('/').expect("a URL").0, random("none_"));
    told_apart(app, &url, &missing).await;
}
