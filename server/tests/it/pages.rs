//! Pages, the API and the sandbox's mail, each at its place.

use crate::test_server::TestServer;
use serde_json::{Value, json};

#[tokio::test]
async fn a_page_is_drawn_with_a_nonce_that_its_policy_knows() {
    let server = TestServer::open().await;
    let response = server.get("/").send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "text/html; charset=utf-8");
    let policy = response.headers()["content-security-policy"].to_str().unwrap().to_owned();
    let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).unwrap().to_owned();
    assert!(policy.contains("'wasm-unsafe-eval'"), "{policy}");
    let html = response.text().await.unwrap();
    assert!(html.starts_with("<!DOCTYPE html>") && html.contains(&format!("nonce=\"{nonce}\"")), "{html}");
    let again = server.get("/").send().await.unwrap();
    assert!(!again.headers()["content-security-policy"].to_str().unwrap().contains(&nonce), "a nonce is used once");
    server.close().await;
}

#[tokio::test]
async fn a_visitor_leaves_no_trace() {
    let server = TestServer::open().await;
    for path in ["/", "/sign-in", "/nowhere"] {
        assert!(server.get(path).send().await.unwrap().headers().get("set-cookie").is_none(), "{path}");
    }
    server.close().await;
}

#[tokio::test]
async fn what_is_nowhere_is_a_page_for_people_and_json_for_programs() {
    let server = TestServer::open().await;
    for (path, kind) in
        [("/nowhere", "text/html"), ("/apiary", "text/html"), ("/api/nowhere", "application/json"), ("/v1/nowhere", "application/json")]
    {
        let response = server.get(path).send().await.unwrap();
        assert_eq!(response.status(), 404, "{path}");
        assert!(response.headers()["content-type"].to_str().unwrap().starts_with(kind), "{path}");
    }
    server.close().await;
}

#[tokio::test]
async fn documents_are_where_the_references_look() {
    let server = TestServer::open().await;
    for path in ["/openapi.json", "/.well-known/openapi.json"] {
        let document: Value = server.get(path).send().await.unwrap().json().await.unwrap();
        assert_eq!(document["openapi"], "3.1.0", "{path}");
    }
    assert!(server.get("/docs").send().await.unwrap().text().await.unwrap().contains("swagger-ui-bundle.js"));
    assert_eq!(server.get("/llms.txt").send().await.unwrap().status(), 200);
    server.close().await;
}

#[tokio::test]
async fn the_operators_texts_are_linked_once_they_are_set() {
    let server = TestServer::open().await;
    let page = server.get("/sign-up").send().await.unwrap().text().await.unwrap();
    assert!(!page.contains("By signing up") && !page.contains(">Terms<") && !page.contains(">Privacy<"), "{page}");
    server.close().await;
    let (terms, privacy) = ("https://example.org/terms", "https://example.org/privacy");
    let server = TestServer::with(&["--terms-url", terms, "--privacy-url", privacy]).await;
    let page = server.get("/sign-up").send().await.unwrap().text().await.unwrap();
    for (url, words) in [(terms, ["Terms", "terms of use"]), (privacy, ["Privacy", "privacy policy"])] {
        assert!(words.iter().all(|words| page.contains(&format!("<a href=\"{url}\">{words}<"))), "{page}");
    }
    let llms = server.get("/llms.txt").send().await.unwrap().text().await.unwrap();
    assert!(llms.contains(terms) && llms.contains(privacy));
    server.close().await;
}

#[tokio::test]
async fn a_letter_can_be_read_in_the_sandbox() {
    let server = TestServer::open().await;
    assert!(server.get("/sandbox/mail").send().await.unwrap().text().await.unwrap().contains("No mail yet"));
    let who = json!({ "name": "Ada", "email": "ada@example.org", "password": "correct horse battery" });
    let signed = server.client.post(format!("{}/v1/auth/signup", server.url)).json(&who).send().await.unwrap();
    assert_eq!(signed.status(), 201, "{}", signed.text().await.unwrap());
    let list = eventually(&server, "/sandbox/mail", "ada@example.org").await;
    let letter = list.split("href=\"/sandbox/mail/").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let text = server.get(&format!("/sandbox/mail/{letter}")).send().await.unwrap().text().await.unwrap();
    assert!(text.contains(&format!("<a href=\"{}/verify?token=", server.url)), "{text}");
    assert!(list.contains("<time datetime=") && list.contains("aria-label=\"Main\""), "the site's own frame: {list}");
    assert_eq!(server.get("/sandbox/mail/..%2Fsecret").send().await.unwrap().status(), 404);
    let kept = std::fs::read_dir(server.folder.path().join("mail")).unwrap().count();
    assert_eq!(kept, 1);
    server.close().await;
}

/// Asks until the answer holds a word: a worker is at it.
async fn eventually(server: &TestServer, path: &str, word: &str) -> String {
    let ask = async || server.get(path).send().await.unwrap().text().await.unwrap();
    testkit::found(&format!("{word} on {path}"), async || Some(ask().await).filter(|text| text.contains(word))).await
}

#[tokio::test]
async fn search_engines_read_where_to_look_and_what_to_leave_out() {
    let server = TestServer::open().await;
    let robots = server.get("/robots.txt").send().await.unwrap().text().await.unwrap();
    assert!(robots.contains("Disallow: /settings\n") && robots.contains(&format!("Sitemap: {}/sitemap.xml", server.url)), "{robots}");
    let map = server.get("/sitemap.xml").send().await.unwrap();
    assert_eq!(map.headers()["content-type"], "application/xml; charset=utf-8");
    assert!(map.text().await.unwrap().contains(&format!("<loc>{}/how-it-works</loc>", server.url)));
    let home = server.get("/").send().await.unwrap().text().await.unwrap();
    for mark in ["name=\"description\"", "rel=\"canonical\"", "property=\"og:image\"", "name=\"theme-color\"", "rel=\"manifest\""] {
        assert!(home.contains(mark), "{mark}: {home}");
    }
    assert!(!home.contains("noindex"));
    let private = server.get("/reset-password").send().await.unwrap().text().await.unwrap();
    assert!(private.contains("content=\"noindex\""), "{private}");
    server.close().await;
}

#[tokio::test]
async fn profiles_and_hallmarks_that_are_not_there_are_not_found() {
    let server = TestServer::open().await;
    let unknown = server.get("/agents/agent_none").send().await.unwrap();
    assert_eq!(unknown.status(), 404);
    assert_eq!(server.get("/teams/team_none").send().await.unwrap().status(), 404);
    assert_eq!(server.get("/hallmark/hm_none").send().await.unwrap().status(), 404);
    server.close().await;
}
