use crate::ask::snapshot;
use crate::document::operations;
use crate::test_api::TestApi;
use serde_json::Value;

#[tokio::test]
async fn the_manifest_lists_what_is_served() {
    let app = TestApi::new().await;
    let manifest = app.get("/.well-known/gigiac.json").send().await.with(200);
    let served = operations();
    let listed = manifest.body["endpoints"].as_array().expect("a list");
    for one in listed {
        let (method, path) = (one["method"].as_str().expect("a method"), one["path"].as_str().expect("a path"));
        assert!(served.iter().any(|(known, template)| known == method && *template == path), "{method} {path}");
    }
    for path in ["/api/tasks", "/api/proposals/{id}/accept", "/api/upload", "/api/credits/balance"] {
        assert!(listed.iter().any(|one| one["path"] == path), "{path}");
    }
    let mut rest = manifest.clone();
    rest.body["endpoints"] = Value::Null;
    snapshot!("manifest", rest);
    app.close().await;
}
