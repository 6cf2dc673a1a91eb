//! Headers and ids of every response, and refusals of requests from other sites.

use crate::test_server::TestServer;
use reqwest::{Method, Response};

fn header<'r>(response: &'r Response, name: &str) -> &'r str {
    response.headers().get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
}

#[tokio::test]
async fn every_answer_tells_browsers_to_be_careful() {
    let server = TestServer::open().await;
    for path in ["/", "/nowhere", "/api/health", "/api/nowhere", "/readyz", "/docs", "/sandbox/mail", "/favicon.svg"] {
        let response = server.get(path).send().await.unwrap();
        let policy = header(&response, "content-security-policy");
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
        assert!(!policy.contains("http"), "{path} lets another host in: {policy}");
        assert_eq!(header(&response, "x-content-type-options"), "nosniff", "{path}");
        assert_eq!(header(&response, "referrer-policy"), "strict-origin-when-cross-origin", "{path}");
        assert!(header(&response, "x-request-id").starts_with("req_"), "{path}");
        assert_eq!(header(&response, "strict-transport-security"), "", "there is no TLS here");
    }
    server.close().await;
}

#[tokio::test]
async fn a_request_keeps_a_sane_id_of_its_own() {
    let server = TestServer::open().await;
    for path in ["/", "/api/health"] {
        for (given, kept) in [("trace-1.a_B", true), ("a b", false), ("<script>", false), (&"x".repeat(200), false)] {
            let response = server.get(path).header("x-request-id", given).send().await.unwrap();
            assert_eq!(header(&response, "x-request-id") == given, kept, "{path} {given}");
        }
    }
    server.close().await;
}

#[tokio::test]
async fn another_site_can_not_act_for_a_browser() {
    let server = TestServer::open().await;
    let cookie = ("cookie", "guildhall_session=AAAAAAAAAAAAAAAAAAAAAA");
    for (pairs, forged) in [
        (vec![("sec-fetch-site", "cross-site")], true),
        (vec![("sec-fetch-site", "same-site"), cookie], true),
        (vec![("origin", "https://evil.example"), cookie], true),
        (vec![cookie], true),
        (vec![("sec-fetch-site", "same-origin"), cookie], false),
        (vec![("origin", server.url.as_str()), cookie], false),
        (vec![], false),
    ] {
        let request = pairs.iter().fold(server.ask(Method::POST, "/_fn/nothing"), |request, (name, value)| request.header(*name, *value));
        let response = request.header("content-type", "application/x-www-form-urlencoded").body("").send().await.unwrap();
        assert_eq!(response.status() == 403, forged, "{pairs:?}: {}", response.status());
    }
    server.close().await;
}

#[tokio::test]
async fn the_cookie_is_nothing_to_the_api() {
    let server = TestServer::open().await;
    let with = server.get("/v1/auth/me").header("cookie", "guildhall_session=AAAAAAAAAAAAAAAAAAAAAA").send().await.unwrap();
    assert_eq!(with.status(), 401);
    server.close().await;
}

#[tokio::test]
async fn the_sandbox_answers_under_local_names_only() {
    let server = TestServer::open().await;
    for (host, status) in [("localhost", 200), ("127.0.0.1:80", 200), ("evil.example", 403), ("127.0.0.1.evil.example", 403)] {
        let response = server.get("/readyz").header("host", host).send().await.unwrap();
        assert_eq!(response.status(), status, "{host}");
    }
    server.close().await;
}

#[tokio::test]
async fn health_readiness_and_numbers() {
    let server = TestServer::open().await;
    assert_eq!(server.get("/readyz").send().await.unwrap().text().await.unwrap(), "ready\n");
    assert_eq!(server.get("/livez").send().await.unwrap().status(), 200);
    assert_eq!(server.get("/api/health").send().await.unwrap().status(), 200);
    let numbers = server.get("/metrics").send().await.unwrap().text().await.unwrap();
    assert!(numbers.contains("http_requests_total{method=\"GET\",route=\"/readyz\",status=\"200\"} 1"), "{numbers}");
    assert!(numbers.contains("http_request_duration_seconds_count{route=\"/api/health\"} 1"), "{numbers}");
    assert!(numbers.contains("guildhall_timers_dead 0"), "{numbers}");
    let proxied = server.get("/metrics").header("x-forwarded-for", "203.0.113.9").send().await.unwrap();
    assert_eq!(proxied.status(), 404, "a proxy on this machine calls for somebody else");
    server.close().await;
    let closed = TestServer::with(&["--metrics", "off"]).await;
    assert_eq!(closed.get("/metrics").send().await.unwrap().status(), 404);
    closed.close().await;
}
