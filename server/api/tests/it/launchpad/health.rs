use crate::ask::snapshot;
use crate::world::Settings;
use crate::world::World;
use tokio::sync::watch;

#[tokio::test]
async fn health_names_the_parts() {
    let world = World::new().await;
    snapshot!("healthy", world.get("/api/health").send().await);
    world.close().await;
}

#[tokio::test]
async fn a_server_that_stops_says_so() {
    let (stop, draining) = watch::channel(false);
    let world = World::with(Settings { draining, ..Settings::default() }).await;
    world.get("/api/health").send().await.with(200);
    stop.send(true).expect("somebody listens");
    snapshot!("draining", world.get("/api/health").send().await);
    world.close().await;
}

#[tokio::test]
async fn a_database_that_only_connects_is_not_healthy() {
    let world = World::new().await;
    drop(world.market.read().await.expect("connects"));
    world.spoil();
    let answer = world.get("/api/health").send().await.with(503);
    assert_eq!(answer.text("/components/database/status"), "UNHEALTHY");
    world.abandon().await;
}

#[tokio::test]
async fn its_refusals_have_its_shape() {
    let world = World::new().await;
    let answer = world.post("/api/health").header("x-request-id", "probe-1").send().await;
    snapshot!("wrong_method", answer);
    world.close().await;
}
