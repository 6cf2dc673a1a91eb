//! Proxies of the environment: one would resolve names itself, and connect wherever it can.

use super::{Canary, PATIENT, Server, sandbox};
use http::HeaderMap;
use std::env;
use std::process::{Command, Output};
use tokio::task::spawn_blocking;

/// Names this test to its child processes, which run it with other environments.
const TEST: &str = "client::tests::proxies::the_environments_proxies_are_not_asked";
/// Holds the address to which a child posts.
const URL: &str = "OUTBOUND_TEST_URL";
/// Says which client a child posts with.
const CLIENT: &str = "OUTBOUND_TEST_CLIENT";

/// The environment's names of proxies, in the forms that programs know.
const PROXIES: [&str; 6] = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"];

#[tokio::test]
async fn the_environments_proxies_are_not_asked() {
    if let Ok(url) = env::var(URL) {
        return child(&url).await;
    }
    let server = Server::answering("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
    let proxy = Canary::new();
    let output = run("guarded", server.url(), proxy.port()).await;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    assert!(!proxy.is_disturbed());
    assert_eq!(server.connections(), 1);

    // A client without the guard shows that the environment would have led to the proxy.
    let output = run("plain", server.url(), proxy.port()).await;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    assert!(proxy.is_disturbed());
    assert_eq!(server.connections(), 1);
}

async fn run(client: &'static str, url: String, proxy: u16) -> Output {
    let mut command = Command::new(env::current_exe().expect("a program"));
    command.args([TEST, "--exact"]).env(URL, url).env(CLIENT, client).env_remove("NO_PROXY").env_remove("no_proxy");
    // A program that seems to answer a web request ignores HTTP_PROXY.
    command.env_remove("REQUEST_METHOD");
    for name in PROXIES {
        command.env(name, format!("http://127.0.0.1:{proxy}"));
    }
    spawn_blocking(move || command.output()).await.expect("no test panics here").expect("an output")
}

async fn child(url: &str) {
    if env::var(CLIENT).as_deref() == Ok("guarded") {
        let answer = sandbox(PATIENT).post(url, HeaderMap::new(), "{}").await;
        assert_eq!(answer.map(|answer| answer.status), Ok(200));
    } else {
        let plain = reqwest::Client::builder().timeout(super::SHORT.std()).build().expect("a client");
        let answer = plain.post(url).send().await;
        assert!(answer.is_err(), "the proxy never answers");
    }
}
