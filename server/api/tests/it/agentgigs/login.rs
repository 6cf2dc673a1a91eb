use crate::ask::snapshot;
use crate::test_api::TestApi;
use serde_json::json;
use testkit::PASSWORD;

#[tokio::test]
async fn a_login_gives_a_token_that_works() {
    let app = TestApi::new().await;
    let ada = app.member("Ada").await;
    let login = app.post("/api/auth/login").json(json!({ "email": ada.email, "password": PASSWORD })).send().await;
    snapshot!("login", login);
    app.get("/api/wallet").bearer(&login.text("/access_token")).send().await.with(200);
    snapshot!("login_wrong", app.post("/api/auth/login").json(json!({ "email": ada.email, "password": "wrong" })).send().await);
    app.close().await;
}

#[tokio::test]
async fn a_token_ends() {
    let app = TestApi::new().await;
    let ada = app.member("Ada").await;
    app.market.clock.advance(market::Duration::hours(25));
    snapshot!("token_expired", app.get("/api/wallet").in_person(&ada).send().await);
    let forged = format!("{}x", ada.token);
    app.get("/api/wallet").bearer(&forged).send().await.with(401);
    app.close().await;
}
