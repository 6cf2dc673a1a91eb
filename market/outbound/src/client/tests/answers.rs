//! Answers and failures: what is read, how much, for how long, and which step failed.

use super::server::Reply;
use super::{Canary, LONG, Names, PATIENT, SHORT, Server, on_this_machine, sandbox};
use crate::answer::RetryAfter;
use crate::client::Client;
use crate::failure::Failure;
use crate::limits::Limits;
use crate::policy::Policy;
use http::{HeaderMap, HeaderName, HeaderValue};
use kernel::time::{Duration, Time};
use reqwest::dns::{Name, Resolve, Resolving};
use std::sync::Arc;

/// A server's declared length of an answer that nobody reads to its end.
const TEN_MEGABYTES: usize = 10 << 20;
/// The bytes of it that are read.
const START: usize = PATIENT.body_bytes_max;

/// The time within which a request with a short limit ends, on a busy machine too. It is shorter than the limits that are long.
const SOON: Duration = Duration::seconds(15);

async fn post(client: &Client, server: &Server) -> Result<crate::Answer, Failure> {
    client.post(&server.url(), HeaderMap::new(), "{}").await
}

#[tokio::test]
async fn a_request_arrives_as_it_was_given_and_its_answer_is_told() {
    let server = Server::answering("HTTP/1.1 201 Created\r\ncontent-length: 5\r\n\r\nthank").await;
    let header = (HeaderName::from_static("webhook-id"), HeaderValue::from_static("evt_1"));
    let body = r#"{"name":"é"}"#;
    let answer = sandbox(PATIENT).post(&server.url(), HeaderMap::from_iter([header]), body).await.expect("an answer");
    assert_eq!((answer.status, answer.is_success(), answer.retry_after), (201, true, None));
    assert_eq!((answer.body_start.as_slice(), answer.is_cut), (b"thank".as_slice(), false));
    assert!(answer.latency >= Duration::ZERO && answer.latency < LONG);

    let request = &server.requests()[0][0];
    assert!(request.starts_with("POST /hook HTTP/1.1\r\n"), "{request}");
    assert!(request.ends_with(&format!("\r\n\r\n{body}")), "{request}");
    for line in ["webhook-id: evt_1", "user-agent: guildhall/", "content-length: 13"] {
        assert!(request.contains(line), "{line}: {request}");
    }
    assert!(!request.contains("accept-encoding"), "{request}");
}

#[tokio::test]
async fn a_redirect_is_an_answer_that_is_not_followed() {
    let canary = Canary::new();
    for status in [301, 302, 303, 307, 308] {
        let location = format!("http://127.0.0.1:{}/", canary.port());
        let server = Server::answering(&format!("HTTP/1.1 {status} Moved\r\nlocation: {location}\r\ncontent-length: 0\r\n\r\n")).await;
        let answer = post(&sandbox(PATIENT), &server).await.expect("an answer");
        assert_eq!((answer.status, answer.is_success()), (status, false));
        assert!(!canary.is_disturbed(), "{status}");
    }
}

#[tokio::test]
async fn retry_after_is_told_as_seconds_or_as_a_date() {
    let date = Time::parse("date", "2026-11-29T13:00:00Z").expect("a time");
    let wishes = [
        ("120", Some(RetryAfter::After(Duration::seconds(120)))),
        ("Sun, 29 Nov 2026 13:00:00 GMT", Some(RetryAfter::At(date))),
        ("soon", None),
    ];
    for (text, expected) in wishes {
        let head = format!("HTTP/1.1 503 Service Unavailable\r\nretry-after: {text}\r\ncontent-length: 0\r\n\r\n");
        let answer = post(&sandbox(PATIENT), &Server::answering(&head).await).await.expect("an answer");
        assert_eq!((answer.status, answer.retry_after), (503, expected), "{text}");
    }
}

#[tokio::test]
async fn a_large_answer_is_read_to_the_limit_alone() {
    for head in [format!("content-length: {TEN_MEGABYTES}\r\n\r\n"), format!("transfer-encoding: chunked\r\n\r\n{TEN_MEGABYTES:x}\r\n")] {
        let server = Server::answering(&format!("HTTP/1.1 200 OK\r\n{head}{}", "x".repeat(TEN_MEGABYTES))).await;
        let client = sandbox(PATIENT);
        let answer = post(&client, &server).await.expect("an answer");
        assert_eq!((answer.body_start.len(), answer.is_cut), (START, true), "{head}");
        // The rest stays where it is: the next request gets a connection of its own.
        post(&client, &server).await.expect("an answer");
        assert_eq!(server.connections(), 2, "{head}");
    }
}

#[tokio::test]
async fn an_answer_that_stalls_after_the_limit_counts() {
    let text = format!("HTTP/1.1 200 OK\r\ncontent-length: {TEN_MEGABYTES}\r\n\r\n{}", "x".repeat(START));
    let server = Server::start(move |_| Reply::Stalled(text.clone())).await;
    let answer = post(&sandbox(PATIENT), &server).await.expect("an answer");
    assert_eq!((answer.status, answer.body_start.len(), answer.is_cut), (200, START, true));
}

#[tokio::test]
async fn a_compressed_answer_is_not_unpacked() {
    let head = "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 4\r\n\r\n";
    let answer = post(&sandbox(PATIENT), &Server::answering(&format!("{head}\u{1f}abc")).await).await.expect("an answer");
    assert_eq!(answer.body_start, b"\x1fabc");
}

#[tokio::test]
async fn a_slow_answer_times_out_wherever_it_stalls() {
    let client = sandbox(Limits { total: SHORT, ..PATIENT });
    for text in ["", "HTTP/1.1 200", "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nsome"] {
        let server = Server::start(|_| Reply::Stalled(text.to_owned())).await;
        assert_eq!(in_time(post(&client, &server)).await, Err(Failure::TimedOut), "{text:?}");
    }
}

/// Waits for a request that should end by itself, and fails the test if it does not.
async fn in_time<T>(request: impl Future<Output = T>) -> T {
    tokio::time::timeout(SOON.std(), request).await.expect("the request ends by its own limits")
}

/// A name server that never answers.
struct Silent;

impl Resolve for Silent {
    fn resolve(&self, _: Name) -> Resolving {
        Box::pin(std::future::pending())
    }
}

#[tokio::test]
async fn a_slow_connection_times_out() {
    let limits = Limits { connect: SHORT, ..PATIENT };
    let slow_name = Client::new(Policy::production(), limits, Arc::new(Silent)).expect("a client");
    let posting = slow_name.post("https://slow.example.com/", HeaderMap::new(), "{}");
    assert_eq!(in_time(posting).await, Err(Failure::TimedOut));
    // The system accepts the connection, and nobody answers to the begin of the encryption.
    let silent = Canary::new();
    let url = format!("https://127.0.0.1:{}/", silent.port());
    assert_eq!(in_time(sandbox(limits).post(&url, HeaderMap::new(), "{}")).await, Err(Failure::TimedOut));
}

#[tokio::test]
async fn a_failed_connection_is_told_apart_from_failed_encryption() {
    let nobody = Canary::new().port();
    let closed = sandbox(PATIENT).post(&format!("http://{}/", on_this_machine(nobody)), HeaderMap::new(), "{}").await;
    assert_eq!(closed, Err(Failure::Connect));
    let nameless = Client::new(Policy::production(), PATIENT, Names::new(&[&[]])).expect("a client");
    assert_eq!(nameless.post("https://gone.example.com/", HeaderMap::new(), "{}").await, Err(Failure::Connect));
    let plain = Server::answering("HTTP/1.1 400 Bad Request\r\n\r\n").await;
    let encrypted = plain.url().replace("http:", "https:");
    assert_eq!(sandbox(PATIENT).post(&encrypted, HeaderMap::new(), "{}").await, Err(Failure::Tls));
}

#[tokio::test]
async fn an_answer_that_is_not_whole_or_not_http_is_broken() {
    for text in ["", "HTTP/1.1 200", "220 mail.example.com ESMTP\r\n\r\n", "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nsome"] {
        let server = Server::start(|_| Reply::Last(text.to_owned())).await;
        assert_eq!(post(&sandbox(PATIENT), &server).await, Err(Failure::Broken), "{text:?}");
        assert_eq!(server.connections(), 1, "{text:?}: nothing is sent twice");
    }
    let headers = "x-header: 1\r\n".repeat(super::super::HEADERS_MAX + 1);
    let many = Server::answering(&format!("HTTP/1.1 200 OK\r\n{headers}content-length: 0\r\n\r\n")).await;
    assert_eq!(post(&sandbox(PATIENT), &many).await, Err(Failure::Broken));
}
