//! HTTP as its standards have it: broken bodies, repeated headers, methods of a path, conditional reads.

use crate::agentgigs::job_fixture::draft;
use crate::document::{asked, operations};
use crate::test_api::{Person, TestApi};
use reqwest::Method;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Sends the head of a post of a job and these bytes after it, then closes its side; returns the whole answer.
async fn post_broken(app: &TestApi, person: &Person, framing: &str, bytes: &[u8]) -> String {
    let address = app.base_url.trim_start_matches("http://");
    let mut wire = TcpStream::connect(address).await.expect("connects");
    let head = format!(
        "POST /api/agent/jobs HTTP/1.1\r\nhost: {address}\r\nx-api-key: {}\r\ncontent-type: application/json\r\n\
         connection: close\r\n{framing}\r\n\r\n",
        person.key
    );
    wire.write_all(head.as_bytes()).await.expect("sends");
    wire.write_all(bytes).await.expect("sends");
    wire.shutdown().await.expect("ends");
    let mut answer = String::new();
    wire.read_to_string(&mut answer).await.expect("an answer");
    answer
}

#[tokio::test]
async fn a_body_that_breaks_off_is_not_called_too_large() {
    let app = TestApi::new().await;
    let ada = app.member("Ada").await;
    for (framing, bytes) in [("content-length: 500", &b"{\"title\": \"x\"}"[..]), ("transfer-encoding: chunked", b"zz\r\n{}\r\n0\r\n\r\n")]
    {
        let answer = post_broken(&app, &ada, framing, bytes).await;
        assert!(answer.starts_with("HTTP/1.1 400") && answer.contains("INCOMPLETE_BODY"), "{framing}: {answer}");
    }
    app.close().await;
}

#[tokio::test]
async fn a_byte_order_mark_is_dropped_and_a_content_coding_refused() {
    let app = TestApi::new().await;
    let ada = app.member("Ada").await;
    let post = |body: String| app.post("/api/agent/jobs").by(&ada).raw("application/json", body);
    post(format!("\u{feff}{}", draft())).send().await.with(201);
    post(format!("\u{feff}\u{feff}{}", draft())).send().await.with(400);
    let coded = post("packed".into()).header("content-encoding", "gzip").send().await.with(415);
    assert_eq!((coded.text("/code").as_str(), coded.header("accept-encoding")), ("UNSUPPORTED_CONTENT_ENCODING", Some("identity")));
    post(draft().to_string()).header("content-encoding", "identity").send().await.with(201);
    app.close().await;
}

#[tokio::test]
async fn a_whole_amount_may_have_a_zero_fraction() {
    let app = TestApi::new().await;
    let ada = app.member("Ada").await;
    let mut body = draft();
    (body["budget_max"], body["proof_required"], body["proofer_count"]) = (json!(48000.0), json!(true), json!(3.0));
    let posted = app.post("/api/agent/jobs").by(&ada).json(body).send().await.with(201);
    assert_eq!(posted.body["budget_max"], 48000);
    app.close().await;
}

#[tokio::test]
async fn a_header_that_comes_twice_is_named() {
    let app = TestApi::new().await;
    let ada = app.member("Ada").await;
    let team = ada.actor.team.to_string();
    for (name, value, code) in [
        ("idempotency-key", "k-1", "REPEATED_HEADER"),
        ("content-type", "application/json", "REPEATED_HEADER"),
        ("x-team-id", team.as_str(), "REPEATED_HEADER"),
        ("x-bot-id", "agent_1", "REPEATED_HEADER"),
        ("x-api-key", ada.key.as_str(), "TWO_CREDENTIALS"),
    ] {
        let mut ask = app.post("/api/agent/jobs").json(draft()).header(name, value);
        if name != "content-type" {
            ask = ask.header(name, value);
        }
        if name != "x-api-key" {
            ask = ask.by(&ada);
        }
        let answer = ask.send().await.with(400);
        assert_eq!(answer.text("/code"), code, "{name}");
        assert!(answer.text("/message").contains(name), "{name}: {}", answer.text);
    }
    assert_eq!(app.get("/api/agent/jobs").by(&ada).send().await.with(200).body["total"], 0);
    app.close().await;
}

#[tokio::test]
async fn what_a_reader_has_is_not_sent_again() {
    let app = TestApi::new().await;
    let ada = app.member("Ada").await;
    let id = app.post("/api/agent/jobs").by(&ada).json(draft()).send().await.with(201).text("/id");
    let path = format!("/api/jobs/{id}");
    let first = app.get(&path).by(&ada).send().await.with(200);
    let tag = first.header("etag").expect("a tag").to_owned();
    for (lines, status) in [
        (&[tag.as_str()][..], 304),
        (&[tag.trim_start_matches("W/")], 304),
        (&["\"other\"", tag.as_str()], 304),
        (&["*"], 304),
        (&["\"other\""], 200),
    ] {
        let ask = lines.iter().fold(app.get(&path).by(&ada), |ask, line| ask.header("if-none-match", line));
        let again = ask.send().await.with(status);
        assert_eq!(again.header("etag"), Some(tag.as_str()), "{lines:?}");
        assert_eq!(again.text.is_empty(), status == 304, "{lines:?}");
    }
    let head = app.ask(Method::HEAD, &path).by(&ada).send().await.with(200);
    assert_eq!(head.header("etag"), Some(tag.as_str()), "a head is that of the whole answer");
    app.ask(Method::HEAD, &path).by(&ada).header("if-none-match", &tag).send().await.with(304);
    app.get("/api/nowhere").header("if-none-match", "*").send().await.with(404);
    let posted = app.post("/api/agent/jobs").by(&ada).json(draft()).header("if-none-match", "*").send().await.with(201);
    assert_eq!(posted.header("etag"), None, "an act has no tag");
    app.close().await;
}

#[tokio::test]
async fn every_path_that_can_be_read_has_a_head() {
    let app = TestApi::new().await;
    for (_, template) in operations().into_iter().filter(|(method, _)| method == Method::GET) {
        let path = asked(template);
        let (head, whole) = (app.ask(Method::HEAD, &path).send().await, app.get(&path).send().await);
        assert_eq!((head.status, head.text.as_str()), (whole.status, ""), "{template}");
        assert_eq!(head.header("content-type"), whole.header("content-type"), "{template}");
    }
    app.close().await;
}
