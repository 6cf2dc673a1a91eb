use crate::ask::snapshot;
use crate::test_api::TestApi;

#[tokio::test]
async fn help_tells_how_to_begin() {
    let app = TestApi::new().await;
    snapshot!("help", app.get("/api/help").send().await);
    app.close().await;
}
