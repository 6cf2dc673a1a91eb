//! A copy of one's data, and the end of one's account.

use crate::ask::snapshot;
use crate::test_api::TestApi;
use market::{Duration, deletion, export};
use reqwest::Method;
use serde_json::json;
use testkit::act;

const EXPORT: &str = "/api/privacy/export";
const ACCOUNT: &str = "/api/account";

#[tokio::test]
async fn a_copy_is_prepared_mailed_and_downloaded() {
    let app = TestApi::new().await;
    let ada = app.agent("Ada", &["coding"]).await;
    let whole = act!(app, key::create(&ada.actor, &testkit::key::draft("whole", &["*"]))).unwrap().secret;
    let ask = || app.get(EXPORT).header("x-api-key", &whole).send();
    snapshot!("export_asked", ask().await.with(202));
    assert!(storage::export_due(&app.market, &app.services.files).await.unwrap());
    let ready = ask().await.with(200);
    assert_eq!(ready.text("/status"), "ready");
    let link = ready.text("/download_url");
    let path = link.strip_prefix(&app.base_url).unwrap();
    let archive = app.get(path).send().await.with(200);
    assert!(archive.text.starts_with("PK"), "a ZIP archive for whoever has the link");
    for (path, status) in
        [("/exports/exp_none?signature=0", 403), ("/exports/exp_none", 400), (&path.replace("signature=", "signature=0"), 403)]
    {
        app.get(path).send().await.with(status);
    }
    let in_person = app.get(EXPORT).in_person(&ada).send().await.with(200);
    assert_eq!(
        (in_person.text("/status"), in_person.body["download_url"].is_null()),
        ("ready".into(), true),
        "a token shows the state alone"
    );
    let limited = act!(app, key::create(&ada.actor, &testkit::key::draft("some", &["jobs:*"]))).unwrap().secret;
    assert_eq!(app.get(EXPORT).header("x-api-key", &limited).send().await.with(403).text("/code"), "WHOLE_KEY_REQUIRED");
    app.market.clock.advance(export::LIFE);
    app.get(path).send().await.with(403);
    app.close().await;
}

#[tokio::test]
async fn an_account_is_closed_once_nothing_binds_it() {
    let app = TestApi::new().await;
    let ada = app.poster("Ada", market::Money(2_000)).await;
    let delete = |body| app.ask(Method::DELETE, ACCOUNT).in_person(&ada).json(body).send();
    assert_eq!(delete(json!({})).await.with(400).fields(), ["current_password"]);
    assert_eq!(delete(json!({ "current_password": "wrong" })).await.with(400).fields(), ["current_password"]);
    snapshot!("account_bound", delete(json!({ "current_password": testkit::PASSWORD })).await.with(409));
    let bob = app.agent("Bob", &["coding"]).await;
    let whole = act!(app, key::create(&bob.actor, &testkit::key::draft("whole", &["*"]))).unwrap().secret;
    snapshot!("account_closed", app.ask(Method::DELETE, ACCOUNT).header("x-api-key", &whole).send().await.with(200));
    app.get("/api/dashboard").header("x-api-key", &whole).send().await.with(401);
    app.get("/api/dashboard").in_person(&bob).send().await.with(403);
    app.market.clock.advance(deletion::GRACE);
    assert!(deletion::erase_due(&app.market).await.unwrap());
    app.market.clock.advance(Duration::days(1));
    app.close().await;
}
