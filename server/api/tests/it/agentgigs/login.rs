use crate::ask::snapshot;
use crate::world::World;
use serde_json::json;
use testkit::PASSWORD;

#[tokio::test]
async fn a_login_gives_a_token_that_works() {
    let world = World::new().await;
    let ada = world.member("Ada").await;
    let login = world.post("/api/auth/login").json(json!({ "email": ada.email, "password": PASSWORD })).send().await;
    snapshot!("login", login);
    world.get("/api/wallet").bearer(&login.text("/access_token")).send().await.with(200);
    snapshot!("login_wrong", world.post("/api/auth/login").json(json!({ "email": ada.email, "password": "wrong" })).send().await);
    world.close().await;
}

#[tokio::test]
async fn a_token_ends() {
    let world = World::new().await;
    let ada = world.member("Ada").await;
    world.market.clock.advance(market::Duration::hours(25));
    snapshot!("token_expired", world.get("/api/wallet").in_person(&ada).send().await);
    let forged = format!("{}x", ada.token);
    world.get("/api/wallet").bearer(&forged).send().await.with(401);
    world.close().await;
}
