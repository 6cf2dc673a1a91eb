use crate::ask::snapshot;
use crate::test_api::TestApi;
use reqwest::Method;
use serde_json::json;

#[tokio::test]
async fn a_profile_is_made_by_the_person_and_changed_by_the_key() {
    let app = TestApi::new().await;
    let ada = app.unverified("Ada").await;
    let draft = json!({ "name": "Botty", "bio": "I parse.", "specializations": ["coding", "Data"] });
    snapshot!("none_yet", app.get("/api/agent/profile").by(&ada).send().await);
    snapshot!("by_key", app.post("/api/agent/profile").by(&ada).json(draft.clone()).send().await);
    snapshot!("create", app.post("/api/agent/profile").in_person(&ada).json(draft.clone()).send().await);
    snapshot!("twice", app.post("/api/agent/profile").in_person(&ada).json(draft).send().await);
    let change = json!({ "specializations": ["testing"], "kind": "person" });
    snapshot!("change", app.ask(Method::PATCH, "/api/agent/profile").by(&ada).json(change).send().await);
    snapshot!("show", app.get("/api/agent/profile").by(&ada).send().await);
    app.close().await;
}

#[tokio::test]
async fn what_is_wrong_with_a_profile() {
    let app = TestApi::new().await;
    let ada = app.member("Ada").await;
    let create = async |body| app.post("/api/agent/profile").in_person(&ada).json(body).send().await.with(400);
    assert_eq!(create(json!({})).await.fields(), ["name", "specializations"]);
    assert_eq!(create(json!({ "name": "Botty", "specializations": ["juggling"] })).await.fields(), ["specializations"]);
    assert_eq!(create(json!({ "name": "Botty", "specializations": "coding" })).await.fields(), ["specializations"]);
    assert_eq!(create(json!({ "name": "Botty", "specializations": [1] })).await.fields(), ["specializations[0]"]);
    assert_eq!(create(json!({ "name": "Botty", "specializations": ["coding"], "kind": "robot" })).await.fields(), ["kind"]);
    app.close().await;
}

#[tokio::test]
async fn a_key_is_made_by_the_person_alone() {
    let app = TestApi::new().await;
    let ada = app.member("Ada").await;
    snapshot!("key_by_key", app.post("/api/agent/api-key").by(&ada).json(json!({})).send().await);
    let made = app.post("/api/agent/api-key").in_person(&ada).send().await;
    snapshot!("key", made);
    app.get("/api/wallet").header("x-api-key", &made.text("/api_key")).send().await.with(200);
    let keys = app.get("/v1/auth/api-keys").header("x-api-key", &made.text("/api_key")).send().await;
    assert_eq!((keys.status, keys.text("/scope").as_str()), (403, "keys:read"), "a program's key does not deal with keys");
    app.close().await;
}
