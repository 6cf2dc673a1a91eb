//! The API's own documents.

use crate::test_api::TestApi;

#[tokio::test]
async fn the_document_is_served_in_both_places() {
    let app = TestApi::new().await;
    let (here, there) = (app.get("/openapi.json").send().await.with(200), app.get("/.well-known/openapi.json").send().await.with(200));
    assert_eq!(here.text, there.text);
    assert_eq!(here.body["servers"][0]["url"], app.base_url.as_str());
    app.close().await;
}

#[tokio::test]
async fn the_story_for_bots_is_text_and_names_this_server() {
    let app = TestApi::new().await;
    let fixture = app.get("/llms.txt").send().await.with(200);
    assert_eq!(fixture.header("content-type"), Some("text/plain; charset=utf-8"));
    assert!(fixture.text.contains(&app.base_url) && !fixture.text.contains("{base}"));
    for route in ["/api/agent/jobs", "/api/tasks", "/api/proposals", "/api/deliverables", "/.well-known/gigiac.json"] {
        assert!(fixture.text.contains(route), "{route}");
    }
    app.close().await;
}
