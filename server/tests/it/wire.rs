//! HTTP/1.1 on the wire: heads that it forbids, methods of a path, refusals that reach a client that is still sending.

use crate::test_server::TestServer;
use reqwest::Method;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Sends these bytes and returns the whole answer.
async fn say(server: &TestServer, bytes: &[u8]) -> String {
    let mut wire = TcpStream::connect(server.url.trim_start_matches("http://")).await.unwrap();
    wire.write_all(bytes).await.expect("the server reads on");
    let mut answer = String::new();
    wire.read_to_string(&mut answer).await.expect("the answer is whole");
    answer
}

#[tokio::test]
async fn http_1_1_needs_one_host() {
    let server = TestServer::open().await;
    for path in ["/", "/api/help", "/favicon.svg", "/readyz"] {
        for (version, hosts, status) in [
            ("1.1", "", "400"),
            ("1.1", "Host: localhost\r\nHost: localhost\r\n", "400"),
            ("1.1", "Host: local host\r\n", "400"),
            ("1.1", "Host: localhost\r\n", "200"),
            ("1.0", "", "200"),
        ] {
            let head = format!("GET {path} HTTP/{version}\r\n{hosts}Connection: close\r\n\r\n");
            let answer = say(&server, head.as_bytes()).await;
            assert_eq!(answer.split(' ').nth(1), Some(status), "{version} {hosts:?} {path}: {answer}");
        }
    }
    server.close().await;
}

#[tokio::test]
async fn codings_that_are_not_undone_are_refused() {
    let server = TestServer::open().await;
    let head = "POST /_fn/sign-in HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
    let body = "Content-Length: 1\r\n\r\nx";
    for (coding, status) in
        [("Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n".to_owned(), "501"), (format!("Content-Encoding: gzip\r\n{body}"), "415")]
    {
        let answer = say(&server, format!("{head}{coding}").as_bytes()).await;
        assert_eq!(answer.split(' ').nth(1), Some(status), "{coding:?}: {answer}");
    }
    server.close().await;
}

#[tokio::test]
async fn a_client_that_still_sends_reads_the_refusal() {
    let server = TestServer::open().await;
    let large = vec![b' '; 12 << 20];
    let (json, form) = ("application/json", "application/x-www-form-urlencoded");
    for (path, kind, status) in [
        ("/v1/auth/login", json, "413"),
        ("/api/agent/jobs", json, "401"),
        ("/api/nowhere", json, "404"),
        ("/_fn/sign-in", form, "413"),
        ("/_fn/sign-in", json, "415"),
    ] {
        let length = large.len();
        let head = format!("POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\r\n");
        let answer = say(&server, &[head.as_bytes(), &large].concat()).await;
        assert_eq!(answer.split(' ').nth(1), Some(status), "{path}: {answer}");
    }
    server.close().await;
}

#[tokio::test]
async fn every_path_tells_its_methods() {
    let server = TestServer::open().await;
    for (path, allowed) in [
        ("/", "GET, HEAD, OPTIONS"),
        ("/wallet", "GET, HEAD, OPTIONS"),
        ("/favicon.svg", "GET, HEAD, OPTIONS"),
        ("/readyz", "GET, HEAD, OPTIONS"),
        ("/docs", "GET, HEAD, OPTIONS"),
        ("/_fn/sign-in", "POST, OPTIONS"),
        ("/jobs/308f8811-0a46-4024-b8ef-514f4dcd857b/files", "POST, OPTIONS"),
        ("/api/help", "GET, HEAD, OPTIONS"),
    ] {
        let options = server.ask(Method::OPTIONS, path).send().await.unwrap();
        assert_eq!(options.status(), 204, "{path}");
        let told = options.headers()["allow"].to_str().unwrap().replace(", ", ",");
        assert_eq!(told, allowed.replace(", ", ","), "{path}");
        let refused = server.ask(Method::TRACE, path).send().await.unwrap();
        assert_eq!(refused.status(), 405, "{path}");
        assert!(refused.headers().contains_key("allow"), "{path}");
    }
    server.close().await;
}
