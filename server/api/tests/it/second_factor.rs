//! Logging in by password and code, and being suspended.

use crate::ask::snapshot;
use crate::test_api::TestApi;
use market::Duration;
use serde_json::json;
use testkit::second_factor::code_at;
use testkit::{PASSWORD, act};

/// The login routes of all dialects.
const LOGINS: [&str; 2] = ["/api/auth/login", "/v1/auth/login"];

#[tokio::test]
async fn no_login_skips_the_second_factor() {
    let app = TestApi::new().await;
    let ada = app.member("Ada").await;
    let (secret, codes) = app.with_second_factor(&ada.actor).await;
    for (n, path) in LOGINS.iter().enumerate() {
        app.pass(Duration::seconds(60));
        let log_in = async |code: Option<&str>| {
            let body = json!({ "email": ada.email, "password": PASSWORD, "code": code });
            app.post(path).json(body).send().await
        };
        let plain = app.post(path).json(json!({ "email": ada.email, "password": PASSWORD })).send().await;
        snapshot!(format!("required_{n}"), plain);
        snapshot!(format!("wrong_{n}"), log_in(Some("000000")).await);
        let code = code_at(&secret, app.now());
        log_in(Some(&code)).await.with(200);
        log_in(Some(&code)).await.with(401);
        log_in(Some(&codes[n])).await.with(200);
        log_in(Some(&codes[n])).await.with(401);
    }
    app.close().await;
}

#[tokio::test]
async fn every_credential_of_a_suspended_member_is_refused() {
    let app = TestApi::new().await;
    let (root, ada) = (app.member("Root").await, app.member("Ada").await);
    act!(app, member::promote(&root.email)).expect("promotes");
    let me = app.again(&root.actor).await.expect("root");
    act!(app, suspension::suspend(&me, &ada.actor.member, "It posts spam.")).expect("suspends");
    for path in LOGINS {
        app.post(path).json(json!({ "email": ada.email, "password": PASSWORD })).send().await.with(403);
    }
    snapshot!("suspended_token", app.get("/v1/auth/me").bearer(&ada.token).send().await);
    snapshot!("suspended_key", app.get("/api/credits/balance").header("x-api-key", &ada.key).send().await);
    act!(app, suspension::reinstate(&me, &ada.actor.member)).expect("reinstates");
    app.get("/api/credits/balance").header("x-api-key", &ada.key).send().await.with(200);
    app.close().await;
}
