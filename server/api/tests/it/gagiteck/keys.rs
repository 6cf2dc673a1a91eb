use crate::ask::snapshot;
use crate::test_api::TestApi;
use market::key::Prefix;
use reqwest::Method;
use serde_json::json;

#[tokio::test]
async fn a_key_from_made_to_revoked() {
    let app = TestApi::new().await;
    let ada = app.member("Ada").await;
    app.market.clock.advance(market::Duration::seconds(1));
    let made = app.post("/v1/auth/api-keys").in_person(&ada).json(json!({ "name": "Production", "scopes": ["keys:*"] })).send().await;
    snapshot!("create", made);
    let (id, key) = (made.text("/id"), made.text("/key"));
    let listed = app.get("/v1/auth/api-keys?limit=1").bearer(&key).send().await;
    snapshot!("list", listed);
    assert!(!listed.text.contains(&key), "the secret is shown once");
    let revoke = async || app.ask(Method::DELETE, &format!("/v1/auth/api-keys/{id}")).in_person(&ada).send().await;
    assert_eq!(revoke().await.with(204).text, "");
    snapshot!("revoked", app.get("/v1/auth/api-keys").bearer(&key).send().await);
    revoke().await.with(204);
    app.close().await;
}

#[tokio::test]
async fn a_key_makes_no_more_than_itself() {
    let app = TestApi::new().await;
    let ada = app.member("Ada").await;
    let narrow = app.key(&ada, Prefix::Gagiteck, &["keys:*"]).await;
    let create = async |body| app.post("/v1/auth/api-keys").bearer(&narrow).json(body).send().await;
    snapshot!("beyond_itself", create(json!({ "name": "Wide", "scopes": ["*"] })).await);
    assert_eq!(create(json!({ "scopes": ["jobs:steal"] })).await.with(400).fields(), ["name", "scopes"]);
    assert_eq!(create(json!({ "name": "Old", "expires_at": "yesterday" })).await.with(400).fields(), ["expires_at"]);
    app.close().await;
}

#[tokio::test]
async fn somebody_elses_key_is_not_there() {
    let app = TestApi::new().await;
    let (ada, bob) = (app.member("Ada").await, app.member("Bob").await);
    let made = app.post("/v1/auth/api-keys").in_person(&ada).json(json!({ "name": "Hers" })).send().await.with(201);
    let revoke = async |id: &str| app.ask(Method::DELETE, &format!("/v1/auth/api-keys/{id}")).in_person(&bob).send().await;
    snapshot!("revoke_foreign", revoke(&made.text("/id")).await);
    for id in ["key_unknown", "a%20b", "%00", "%ff", &"x".repeat(300)] {
        revoke(id).await.with(404);
    }
    app.get("/v1/auth/me").bearer(&made.text("/key")).send().await.with(200);
    app.close().await;
}

#[tokio::test]
async fn pages_of_keys_have_bounds() {
    let app = TestApi::new().await;
    let ada = app.member("Ada").await;
    let list = async |query: &str| app.get(&format!("/v1/auth/api-keys?{query}")).in_person(&ada).send().await;
    for (query, field) in
        [("limit=0", "limit"), ("limit=101", "limit"), ("limit=x", "limit"), ("offset=-1", "offset"), ("limit=1&limit=2", "limit")]
    {
        assert_eq!(list(query).await.with(400).fields(), [field], "{query}");
    }
    list("limit=100&offset=7&unknown=1").await.with(200);
    app.close().await;
}
