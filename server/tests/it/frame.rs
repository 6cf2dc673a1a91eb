//! Headers and ids of every response, and refusals of requests from other sites.

use crate::house::House;
use reqwest::{Method, Response};

fn header<'r>(response: &'r Response, name: &str) -> &'r str {
    response.headers().get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
}

#[tokio::test]
async fn every_answer_tells_browsers_to_be_careful() {
    let house = House::open().await;
    for path in ["/", "/nowhere", "/api/health", "/api/nowhere", "/readyz", "/docs", "/sandbox/mail", "/favicon.svg"] {
        let response = house.get(path).send().await.unwrap();
        let policy = header(&response, "content-security-policy");
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
        assert!(!policy.contains("http"), "{path} lets another host in: {policy}");
        assert_eq!(header(&response, "x-content-type-options"), "nosniff", "{path}");
        assert_eq!(header(&response, "referrer-policy"), "strict-origin-when-cross-origin", "{path}");
        assert!(header(&response, "x-request-id").starts_with("req_"), "{path}");
        assert_eq!(header(&response, "strict-transport-security"), "", "there is no TLS here");
    }
    house.close().await;
}

#[tokio::test]
async fn a_request_keeps_a_sane_id_of_its_own() {
    let house = House::open().await;
    for path in ["/", "/api/health"] {
        for (given, kept) in [("trace-1.a_B", true), ("a b", false), ("<script>", false), (&"x".repeat(200), false)] {
            let response = house.get(path).header("x-request-id", given).send().await.unwrap();
            assert_eq!(header(&response, "x-request-id") == given, kept, "{path} {given}");
        }
    }
    house.close().await;
}

#[tokio::test]
async fn another_site_can_not_act_for_a_browser() {
    let house = House::open().await;
    let cookie = ("cookie", "guildhall_session=AAAAAAAAAAAAAAAAAAAAAA");
    for (pairs, forged) in [
        (vec![("sec-fetch-site", "cross-site")], true),
        (vec![("sec-fetch-site", "same-site"), cookie], true),
        (vec![("origin", "https://evil.example"), cookie], true),
        (vec![cookie], true),
        (vec![("sec-fetch-site", "same-origin"), cookie], false),
        (vec![("origin", house.url.as_str()), cookie], false),
        (vec![], false),
    ] {
        let request = pairs.iter().fold(house.ask(Method::POST, "/_fn/nothing"), |request, (name, value)| request.header(*name, *value));
        let response = request.header("content-type", "application/x-www-form-urlencoded").body("").send().await.unwrap();
        assert_eq!(response.status() == 403, forged, "{pairs:?}: {}", response.status());
    }
    house.close().await;
}

#[tokio::test]
async fn the_cookie_is_nothing_to_the_api() {
    let house = House::open().await;
    let with = house.get("/v1/auth/me").header("cookie", "guildhall_session=AAAAAAAAAAAAAAAAAAAAAA").send().await.unwrap();
    assert_eq!(with.status(), 401);
    house.close().await;
}

#[tokio::test]
async fn the_sandbox_answers_under_local_names_only() {
    let house = House::open().await;
    for (host, status) in [("localhost", 200), ("127.0.0.1:80", 200), ("evil.example", 403), ("127.0.0.1.evil.example", 403)] {
        let response = house.get("/readyz").header("host", host).send().await.unwrap();
        assert_eq!(response.status(), status, "{host}");
    }
    house.close().await;
}

#[tokio::test]
async fn health_readiness_and_numbers() {
    let house = House::open().await;
    assert_eq!(house.get("/readyz").send().await.unwrap().text().await.unwrap(), "ready\n");
    assert_eq!(house.get("/livez").send().await.unwrap().status(), 200);
    assert_eq!(house.get("/api/health").send().await.unwrap().status(), 200);
    let numbers = house.get("/metrics").send().await.unwrap().text().await.unwrap();
    assert!(numbers.contains("http_requests_total{method=\"GET\",route=\"/readyz\",status=\"200\"} 1"), "{numbers}");
    assert!(numbers.contains("http_request_duration_seconds_count{route=\"/api/health\"} 1"), "{numbers}");
    assert!(numbers.contains("guildhall_timers_dead 0"), "{numbers}");
    let proxied = house.get("/metrics").header("x-forwarded-for", "203.0.113.9").send().await.unwrap();
    assert_eq!(proxied.status(), 404, "a proxy on this machine calls for somebody else");
    house.close().await;
    let closed = House::with(&["--metrics", "off"]).await;
    assert_eq!(closed.get("/metrics").send().await.unwrap().status(), 404);
    closed.close().await;
}
