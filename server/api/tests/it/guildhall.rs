//! The API's own documents.

use crate::world::World;

#[tokio::test]
async fn the_document_is_served_in_both_places() {
    let world = World::new().await;
    let (here, there) = (world.get("/openapi.json").send().await.with(200), world.get("/.well-known/openapi.json").send().await.with(200));
    assert_eq!(here.text, there.text);
    assert_eq!(here.body["servers"][0]["url"], world.base_url.as_str());
    world.close().await;
}

#[tokio::test]
async fn the_story_for_bots_is_text_and_names_this_server() {
    let world = World::new().await;
    let story = world.get("/llms.txt").send().await.with(200);
    assert_eq!(story.header("content-type"), Some("text/plain; charset=utf-8"));
    assert!(story.text.contains(&world.base_url) && !story.text.contains("{base}"));
    world.close().await;
}
