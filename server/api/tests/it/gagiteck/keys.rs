use crate::ask::snapshot;
use crate::world::World;
use market::key::Prefix;
use reqwest::Method;
use serde_json::json;

#[tokio::test]
async fn a_key_from_made_to_revoked() {
    let world = World::new().await;
    let ada = world.member("Ada").await;
    world.market.clock.advance(market::Duration::seconds(1));
    let made = world.post("/v1/auth/api-keys").in_person(&ada).json(json!({ "name": "Production", "scopes": ["keys:*"] })).send().await;
    snapshot!("create", made);
    let (id, key) = (made.text("/id"), made.text("/key"));
    let listed = world.get("/v1/auth/api-keys?limit=1").bearer(&key).send().await;
    snapshot!("list", listed);
    assert!(!listed.text.contains(&key), "the secret is shown once");
    let revoke = async || world.ask(Method::DELETE, &format!("/v1/auth/api-keys/{id}")).in_person(&ada).send().await;
    assert_eq!(revoke().await.with(204).text, "");
    snapshot!("revoked", world.get("/v1/auth/api-keys").bearer(&key).send().await);
    revoke().await.with(204);
    world.close().await;
}

#[tokio::test]
async fn a_key_makes_no_more_than_itself() {
    let world = World::new().await;
    let ada = world.member("Ada").await;
    let narrow = world.key(&ada, Prefix::Gagiteck, &["keys:*"]).await;
    let create = async |body| world.post("/v1/auth/api-keys").bearer(&narrow).json(body).send().await;
    snapshot!("beyond_itself", create(json!({ "name": "Wide", "scopes": ["*"] })).await);
    assert_eq!(create(json!({ "scopes": ["jobs:steal"] })).await.with(400).fields(), ["name", "scopes"]);
    assert_eq!(create(json!({ "name": "Old", "expires_at": "yesterday" })).await.with(400).fields(), ["expires_at"]);
    world.close().await;
}

#[tokio::test]
async fn somebody_elses_key_is_not_there() {
    let world = World::new().await;
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let made = world.post("/v1/auth/api-keys").in_person(&ada).json(json!({ "name": "Hers" })).send().await.with(201);
    let revoke = async |id: &str| world.ask(Method::DELETE, &format!("/v1/auth/api-keys/{id}")).in_person(&bob).send().await;
    snapshot!("revoke_foreign", revoke(&made.text("/id")).await);
    for id in ["key_unknown", "a%20b", "%00", "%ff", &"x".repeat(300)] {
        revoke(id).await.with(404);
    }
    world.get("/v1/auth/me").bearer(&made.text("/key")).send().await.with(200);
    world.close().await;
}

#[tokio::test]
async fn pages_of_keys_have_bounds() {
    let world = World::new().await;
    let ada = world.member("Ada").await;
    let list = async |query: &str| world.get(&format!("/v1/auth/api-keys?{query}")).in_person(&ada).send().await;
    for (query, field) in
        [("limit=0", "limit"), ("limit=101", "limit"), ("limit=x", "limit"), ("offset=-1", "offset"), ("limit=1&limit=2", "limit")]
    {
        assert_eq!(list(query).await.with(400).fields(), [field], "{query}");
    }
    list("limit=100&offset=7&unknown=1").await.with(200);
    world.close().await;
}
