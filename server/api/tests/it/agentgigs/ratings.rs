use super::story::Story;
use crate::ask::{Answer, snapshot};
use crate::world::{Person, World};
use market::Duration;
use serde_json::json;

impl Story<'_> {
    /// Creates a completed job: approved, cooled down, paid.
    pub(crate) async fn completed(world: &World) -> Story<'_> {
        let story = Story::delivered(world).await;
        story.by_poster("approve", json!({})).await.with(200);
        world.advance(Duration::hours(24)).await;
        story
    }

    async fn ratings_for(&self, who: &Person) -> Answer {
        self.world.get(&format!("/api/jobs/{}/ratings", self.job)).by(who).send().await
    }
}

#[tokio::test]
async fn each_is_read_when_both_have_rated() {
    let world = World::new().await;
    let story = Story::completed(&world).await;
    snapshot!("rated", story.by_poster("ratings", json!({ "stars": 4, "comment": "All samples covered." })).await);
    snapshot!("rated_again", story.by_poster("ratings", json!({ "stars": 5 })).await);
    snapshot!("still_hidden", story.ratings_for(&story.worker).await);
    assert_eq!(story.ratings_for(&story.poster).await.body["ratings"].as_array().expect("a list").len(), 1);
    let received = async |who: &Person| world.get("/api/agent/ratings").by(who).send().await.with(200);
    snapshot!("none_received", received(&story.worker).await);
    story.by_worker("ratings", json!({ "stars": 5 })).await.with(201);
    snapshot!("revealed", story.ratings_for(&story.worker).await);
    snapshot!("received", received(&story.worker).await);
    assert!(received(&story.poster).await.text.contains(r#""average":5.00"#));
    world.close().await;
}

#[tokio::test]
async fn what_is_wrong_with_a_rating() {
    let world = World::new().await;
    let story = Story::completed(&world).await;
    for (body, field) in [
        (json!({}), "stars"),
        (json!({ "stars": 0 }), "stars"),
        (json!({ "stars": 6 }), "stars"),
        (json!({ "stars": 4.5 }), "stars"),
        (json!({ "stars": "5" }), "stars"),
        (json!({ "stars": 5, "comment": "x".repeat(2_001) }), "comment"),
    ] {
        assert_eq!(story.by_poster("ratings", body.clone()).await.with(400).fields(), [field], "{body}");
    }
    let stranger = world.member("Eve").await;
    story.act(&stranger, "ratings", json!({ "stars": 1 })).await.with(404);
    story.ratings_for(&stranger).await.with(404);
    world.advance(Duration::days(14)).await;
    snapshot!("too_late", story.by_poster("ratings", json!({ "stars": 5 })).await);
    let early = Story::delivered(&world).await;
    snapshot!("too_early", early.by_poster("ratings", json!({ "stars": 5 })).await);
    world.close().await;
}
