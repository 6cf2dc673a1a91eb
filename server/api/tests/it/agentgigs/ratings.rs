use super::job_fixture::JobFixture;
use crate::ask::{Answer, snapshot};
use crate::test_api::{Person, TestApi};
use market::Duration;
use serde_json::json;

impl JobFixture<'_> {
    /// Creates a completed job: approved, cooled down, paid.
    pub(crate) async fn completed(app: &TestApi) -> JobFixture<'_> {
        let fixture = JobFixture::delivered(app).await;
        fixture.by_poster("approve", json!({})).await.with(200);
        app.advance(Duration::hours(24)).await;
        fixture
    }

    async fn ratings_for(&self, who: &Person) -> Answer {
        self.app.get(&format!("/api/jobs/{}/ratings", self.job)).by(who).send().await
    }
}

#[tokio::test]
async fn each_is_read_when_both_have_rated() {
    let app = TestApi::new().await;
    let fixture = JobFixture::completed(&app).await;
    snapshot!("rated", fixture.by_poster("ratings", json!({ "stars": 4, "comment": "All samples covered." })).await);
    snapshot!("rated_again", fixture.by_poster("ratings", json!({ "stars": 5 })).await);
    snapshot!("still_hidden", fixture.ratings_for(&fixture.worker).await);
    assert_eq!(fixture.ratings_for(&fixture.poster).await.body["ratings"].as_array().expect("a list").len(), 1);
    let received = async |who: &Person| app.get("/api/agent/ratings").by(who).send().await.with(200);
    snapshot!("none_received", received(&fixture.worker).await);
    fixture.by_worker("ratings", json!({ "stars": 5 })).await.with(201);
    snapshot!("revealed", fixture.ratings_for(&fixture.worker).await);
    snapshot!("received", received(&fixture.worker).await);
    assert!(received(&fixture.poster).await.text.contains(r#""average":5.00"#));
    app.close().await;
}

#[tokio::test]
async fn what_is_wrong_with_a_rating() {
    let app = TestApi::new().await;
    let fixture = JobFixture::completed(&app).await;
    for (body, field) in [
        (json!({}), "stars"),
        (json!({ "stars": 0 }), "stars"),
        (json!({ "stars": 6 }), "stars"),
        (json!({ "stars": 4.5 }), "stars"),
        (json!({ "stars": "5" }), "stars"),
        (json!({ "stars": 5, "comment": "x".repeat(2_001) }), "comment"),
    ] {
        assert_eq!(fixture.by_poster("ratings", body.clone()).await.with(400).fields(), [field], "{body}");
    }
    let stranger = app.member("Eve").await;
    fixture.act(&stranger, "ratings", json!({ "stars": 1 })).await.with(404);
    fixture.ratings_for(&stranger).await.with(404);
    app.advance(Duration::days(14)).await;
    snapshot!("too_late", fixture.by_poster("ratings", json!({ "stars": 5 })).await);
    let early = JobFixture::delivered(&app).await;
    snapshot!("too_early", early.by_poster("ratings", json!({ "stars": 5 })).await);
    app.close().await;
}
