use crate::ask::snapshot;
use crate::world::World;

#[tokio::test]
async fn help_tells_how_to_begin() {
    let world = World::new().await;
    snapshot!("help", world.get("/api/help").send().await);
    world.close().await;
}
