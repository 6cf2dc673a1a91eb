use crate::ask::snapshot;
use crate::test_api::TestApi;
use serde_json::json;
use testkit::{PASSWORD, act};

#[tokio::test]
async fn signing_up_logging_in_and_being_told_who() {
    let app = TestApi::new().await;
    let signup = json!({ "email": "Ada@Example.com", "password": PASSWORD, "name": "Ada" });
    snapshot!("signup", app.post("/v1/auth/signup").json(signup).send().await);
    let login = app.post("/v1/auth/login").json(json!({ "email": "ada@example.com", "password": PASSWORD })).send().await;
    snapshot!("login", login);
    snapshot!("me", app.get("/v1/auth/me").bearer(&login.text("/access_token")).send().await);
    app.close().await;
}

#[tokio::test]
async fn what_is_wrong_with_a_signup() {
    let app = TestApi::new().await;
    let sign_up = async |body| app.post("/v1/auth/signup").json(body).send().await;
    snapshot!("signup_empty", sign_up(json!({})).await);
    assert_eq!(sign_up(json!({ "email": 5 })).await.with(400).fields(), ["email"]);
    assert_eq!(sign_up(json!({ "email": "a@b.co", "password": "short", "name": "Ada" })).await.with(400).fields(), ["password"]);
    sign_up(json!({ "email": "a@b.co", "password": PASSWORD, "name": "Ada" })).await.with(201);
    // An address that was never verified belongs to the newest sign-up.
    sign_up(json!({ "email": "a@b.co", "password": PASSWORD, "name": "Ada" })).await.with(201);
    act!(app, member::verify_email("a@b.co")).expect("verifies");
    snapshot!("signup_twice", sign_up(json!({ "email": "A@b.co", "password": PASSWORD, "name": "Eve" })).await);
    app.close().await;
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_fail_alike() {
    let app = TestApi::new().await;
    let person = app.member("Ada").await;
    let log_in =
        async |email: &str, password: &str| app.post("/v1/auth/login").json(json!({ "email": email, "password": password })).send().await;
    let (wrong, unknown) = (log_in(&person.email, "wrong").await, log_in("nobody@example.com", PASSWORD).await);
    assert_eq!((wrong.status, &wrong.body), (401, &unknown.body));
    snapshot!("login_wrong", wrong);
    assert_eq!(app.post("/v1/auth/login").json(json!({})).send().await.with(400).fields(), ["email"]);
    app.close().await;
}

#[tokio::test]
async fn credentials_that_do_not_hold() {
    let app = TestApi::new().await;
    let me = async |credential: &str| app.get("/v1/auth/me").bearer(credential).send().await.with(401);
    snapshot!("me_nobody", app.get("/v1/auth/me").send().await);
    for credential in ["ggt_live_unknown", "eyJhbGciOiJub25lIn0.e30.", "eyJ", "nonsense"] {
        assert_eq!(me(credential).await.text("/code"), "UNAUTHORIZED", "{credential}");
    }
    app.close().await;
}
