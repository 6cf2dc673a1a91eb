//! Uploads.

use super::{PNG, attach, eventually, form, revoke, rows, sending, sha256, stored, upload};
use crate::agentgigs::job_fixture::JobFixture;
use crate::ask::snapshot;
use crate::test_api::Settings;
use crate::test_api::{TestApi, both};
use api::RateLimits;
use market::key::Prefix;
use reqwest::Method;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

both! {
    async fn what_is_sent_is_kept(app) {
        let fixture = JobFixture::posted(app).await;
        let sent = attach(app, &fixture, "../Bri\u{202e}ef.png", PNG).await.with(201);
        assert_eq!((sent.text("/file_name").as_str(), sent.text("/content_type").as_str()), ("Brief.png", "image/png"));
        assert_eq!((sent.body["file_size"].as_i64(), sent.text("/sha256")), (Some(PNG.len() as i64), sha256(PNG)));
        assert_eq!(sent.text("/file_path"), format!("{}/{}", fixture.job, sent.text("/id")));
        assert_eq!(stored(app), [sent.text("/id")], "under a name of ours");

        let path = format!("/api/jobs/{}/attachments", fixture.job);
        let listed = app.get(&path).by(&fixture.poster).send().await.with(200);
        assert_eq!((listed.body["total"].as_i64(), &listed.body["attachments"][0]), (Some(1), &sent.body));
        assert_eq!(listed.body["limit"], 50, "all there can be");
        assert_eq!(app.get(&path).by(&fixture.worker).send().await.with(403).text("/code"), "ACKNOWLEDGMENT_REQUIRED");
        app.post(&format!("/api/jobs/{}/nda", fixture.job)).by(&fixture.worker).json(json!({})).send().await.with(200);
        assert_eq!(app.get(&path).by(&fixture.worker).send().await.with(200).body, listed.body);
    }

    async fn a_file_waits_and_joins_the_next_version(app) {
        let fixture = JobFixture::funded(app).await;
        let job = format!("/api/jobs/{}", fixture.job);
        let sent = upload(app, &fixture, "grammar.zip", b"PK\x03\x04 and so on").await.with(201);
        let seen = app.get(&job).by(&fixture.worker).send().await.with(200);
        assert_eq!(seen.body["waiting_files"], json!([sent.body]));
        assert_eq!(app.get(&job).by(&fixture.poster).send().await.with(200).body["waiting_files"], json!([]));
        assert_eq!(upload_as_poster(app, &fixture).await, "AGENT_PROFILE_REQUIRED");
        let deliver = app.post(&format!("{job}/deliver")).by(&fixture.worker);
        deliver.json(json!({ "note": "All of it is in the file." })).send().await.with(200);
        let seen = app.get(&job).by(&fixture.poster).send().await.with(200);
        assert_eq!((&seen.body["deliverables"][0]["files"], seen.text("/deliverables/0/content")), (&json!([sent.body]), String::new()));
    }
}

async fn upload_as_poster(app: &TestApi, fixture: &JobFixture<'_>) -> String {
    let path = format!("/api/agent/jobs/{}/upload-deliverable", fixture.job);
    sending(app, &fixture.poster, &path, "a.txt", b"text").send().await.with(403).text("/code")
}

#[tokio::test]
async fn answers_as_they_are_printed() {
    let app = TestApi::new().await;
    let fixture = JobFixture::funded(&app).await;
    snapshot!("upload", upload(&app, &fixture, "notes.md", b"# Notes").await);
    snapshot!("mismatch", upload(&app, &fixture, "notes.pdf", b"# Notes").await);
    let nothing = app.post(&format!("/api/jobs/{}/deliver", fixture.job)).by(&fixture.poster).json(json!({})).send().await;
    nothing.with(403);
    fixture.deliver("").await.with(200);
    snapshot!("upload_too_late", upload(&app, &fixture, "notes.md", b"# Notes").await);
    app.close().await;
}

#[tokio::test]
async fn a_form_is_read_with_care() {
    let app = TestApi::new().await;
    let fixture = JobFixture::posted(&app).await;
    let path = format!("/api/agent/jobs/{}/attachments", fixture.job);
    let post = async |kind: &str, body: Vec<u8>| app.post(&path).by(&fixture.poster).raw(kind, body).send().await;
    for kind in ["application/json", "text/plain", "multipart/form-data", "multipart/mixed; boundary=x", ""] {
        assert_eq!(post(kind, b"{}".to_vec()).await.with(415).text("/code"), "UNSUPPORTED_MEDIA_TYPE", "{kind}");
    }
    let (kind, good) = form::form("a.txt", b"text");
    for (body, code, fields) in [
        (Vec::new(), "INCOMPLETE_UPLOAD", vec![]),
        (good[..good.len() - 6].to_vec(), "INCOMPLETE_UPLOAD", vec![]),
        (good[..20].to_vec(), "INCOMPLETE_UPLOAD", vec![]),
        (vec![b'x'; 1 << 20], "INVALID_MULTIPART", vec![]),
        (form::of(&[]).1, "INVALID_REQUEST", vec!["file"]),
        (form::of(&[("other", Some("a.txt"), b"text")]).1, "INVALID_REQUEST", vec!["file"]),
        (form::of(&[("file", None, b"text")]).1, "INVALID_REQUEST", vec!["file"]),
        (form::of(&[("file", Some(".."), b"text")]).1, "INVALID_REQUEST", vec!["file"]),
        (form::of(&[("file", Some("a.png"), b"")]).1, "INVALID_REQUEST", vec!["file"]),
        (form::of(&[("file", Some("a.txt"), PNG)]).1, "INVALID_REQUEST", vec!["file"]),
        (form::of(&[("file", Some("a.txt"), b"a"), ("file", Some("b.txt"), b"b")]).1, "INVALID_REQUEST", vec!["file"]),
    ] {
        let answer = post(&kind, body.clone()).await.with(400);
        assert_eq!(
            (answer.text("/code").as_str(), answer.fields()),
            (code, fields),
            "{}",
            String::from_utf8_lossy(&body[..body.len().min(200)])
        );
    }
    let chatty = form::of(&[("note", None, b"first"), ("more", None, &vec![b'x'; 10_000]), ("file", Some("a.txt"), b"text")]).1;
    post(&kind, chatty).await.with(201);
    eventually("what was refused is gone", async || stored(&app).len() == 1).await;
    app.close().await;
}

#[tokio::test]
async fn files_keep_their_names_and_their_bytes() {
    let app = TestApi::new().await;
    let fixture = JobFixture::posted(&app).await;
    let path = format!("/api/agent/jobs/{}/attachments", fixture.job);
    for (name, bytes, media) in [
        ("__init__.py", &b""[..], "text/plain"),
        (".gitignore", b"target\n", "text/plain"),
        ("می\u{200c}خواهم.txt", "سلام".as_bytes(), "text/plain"),
        ("umsatz.csv", b"Name;Ort\r\nM\xfcller;K\xf6ln\r\n", "application/octet-stream"),
        ("report.xlsm", b"PK\x03\x04\x14\0\x06\0\0\0", "application/octet-stream"),
    ] {
        let sent = attach(&app, &fixture, name, bytes).await.with(201);
        assert_eq!((sent.text("/file_name").as_str(), sent.text("/content_type").as_str()), (name, media));
        assert_eq!((sent.body["file_size"].as_u64(), sent.text("/sha256")), (Some(bytes.len() as u64), sha256(bytes)));
    }
    let body = "--B\r\nContent-Disposition: form-data; name=\"file\"; filename*=utf-8''r%C3%A9sum%C3%A9.txt\r\n\r\nhello\r\n--B--\r\n";
    let sent = app.post(&path).by(&fixture.poster).raw("multipart/form-data; boundary=B", body).send().await.with(201);
    assert_eq!(sent.text("/file_name"), "résumé.txt");
    app.close().await;
}

#[tokio::test]
async fn only_a_little_may_stand_around_a_file() {
    let app = TestApi::new().await;
    let fixture = JobFixture::posted(&app).await;
    let path = format!("{}/api/agent/jobs/{}/attachments", app.base_url, fixture.job);
    let filler = vec![b'x'; 8 << 20];
    let kind = form::form("a.txt", b"").0;
    let boundary = kind.split_once('=').expect("a boundary").1.to_owned();
    for (what, start) in [
        ("no boundary", String::new()),
        ("a head without end", format!("--{boundary}\r\nX-Long: ")),
        ("another field", format!("--{boundary}\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\n")),
    ] {
        // In pieces, as a network delivers it.
        let body = [start.into_bytes(), filler.clone()].concat();
        let pieces = futures::stream::iter(body.chunks(8192).map(|piece| Ok::<_, std::io::Error>(piece.to_vec())).collect::<Vec<_>>());
        let request = app.client.post(&path).header("x-api-key", &fixture.poster.key).header("content-type", &kind);
        let answer = request.body(reqwest::Body::wrap_stream(pieces)).send().await.expect("an answer");
        let (status, body) = (answer.status().as_u16(), answer.text().await.expect("a body"));
        assert!(status == 400 && body.contains("INVALID_MULTIPART"), "{what}: {status} {body}");
    }
    app.close().await;
}

#[tokio::test]
async fn whoever_may_not_is_told_before_sending() {
    let app = TestApi::new().await;
    let fixture = JobFixture::posted(&app).await;
    let stranger = app.member("Eve").await;
    let unverified = app.unverified("Una").await;
    let attachments = format!("/api/agent/jobs/{}/attachments", fixture.job);
    let work = format!("/api/agent/jobs/{}/upload-deliverable", fixture.job);
    let send = async |person, path: &str| sending(&app, person, path, "a.txt", b"text").send().await;
    assert_eq!(send(&stranger, &attachments).await.with(404).text("/code"), "NOT_FOUND");
    assert_eq!(send(&unverified, &attachments).await.with(403).text("/code"), "EMAIL_NOT_VERIFIED");
    assert_eq!(send(&fixture.worker, &work).await.with(403).text("/code"), "NOT_ASSIGNED");
    let (kind, body) = form::form("a.txt", b"text");
    let reader = app.key(&fixture.poster, Prefix::Agentgigs, &["jobs:read"]).await;
    let refused = app.post(&attachments).header("x-api-key", &reader).raw(&kind, body.clone()).send().await.with(403);
    assert_eq!(refused.text("/code"), "MISSING_SCOPE");
    app.post(&attachments).raw(&kind, body.clone()).send().await.with(401);
    sending(&app, &fixture.poster, "/api/agent/jobs/308F8811/attachments", "a.txt", b"text").send().await.with(404);

    // A client that waits to be asked for its file is not asked.
    let address = app.base_url.trim_start_matches("http://");
    let mut wire = TcpStream::connect(address).await.expect("connects");
    let head = format!(
        "POST {attachments} HTTP/1.1\r\nhost: {address}\r\nx-api-key: {}\r\ncontent-type: {kind}\r\nexpect: 100-continue\r\n\
         connection: close\r\ncontent-length: {}\r\n\r\n",
        stranger.key,
        body.len()
    );
    wire.write_all(head.as_bytes()).await.expect("sends");
    let mut answer = String::new();
    wire.read_to_string(&mut answer).await.expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 404"), "{answer}");
    assert!(stored(&app).is_empty());
    app.close().await;
}

#[tokio::test]
async fn there_is_a_most_and_the_sender_hears_of_it() {
    let settings = Settings { rate_limits: RateLimits::Off, ..Settings::default() };
    let app = TestApi::with_rules(settings, |rules| (rules.file_max, rules.files_max) = (5 << 20, 8 << 20)).await;
    let fixture = JobFixture::posted(&app).await;
    let text = vec![b'a'; 6 << 20];
    attach(&app, &fixture, "exactly.txt", &text[..5 << 20]).await.with(201);
    snapshot!("too_large", attach(&app, &fixture, "one_more.txt", &text[..(5 << 20) + 1]).await);
    attach(&app, &fixture, "far_more.txt", &text).await.with(413);
    let full = attach(&app, &fixture, "full.txt", &text[..4 << 20]).await.with(409);
    assert_eq!((full.text("/code").as_str(), full.body["used"].as_i64()), ("STORAGE_FULL", Some(5 << 20)));

    // Without a length it is found out on the way.
    let path = format!("{}/api/agent/jobs/{}/attachments", app.base_url, fixture.job);
    let (kind, body) = form::form("endless.txt", &vec![b'a'; 24 << 20]);
    let pieces = futures::stream::iter(body.chunks(65_536).map(|piece| Ok::<_, std::io::Error>(piece.to_vec())).collect::<Vec<_>>());
    let request = app.client.post(&path).header("x-api-key", &fixture.poster.key).header("content-type", kind);
    let answer = request.body(reqwest::Body::wrap_stream(pieces)).send().await;
    // The answer comes, or the connection ends when the server has read enough of what it does not want.
    assert!(answer.is_err() || answer.is_ok_and(|answer| answer.status() == 413));
    eventually("what was too much is gone", async || stored(&app).len() == 1).await;
    app.close().await;
}

#[tokio::test]
async fn the_same_file_under_the_same_key_is_kept_once() {
    let app = TestApi::new().await;
    let fixture = JobFixture::posted(&app).await;
    let path = format!("/api/agent/jobs/{}/attachments", fixture.job);
    let send = async |name: &str, bytes: &[u8], key: &str| sending(&app, &fixture.poster, &path, name, bytes).key(key).send().await;
    let first = send("a.txt", b"text", "once").await.with(201);
    let again = send("a.txt", b"text", "once").await.with(201);
    assert_eq!((again.body == first.body, again.header("idempotency-replayed")), (true, Some("true")));
    for (name, bytes) in [("a.txt", &b"other"[..]), ("b.txt", b"text")] {
        assert_eq!(send(name, bytes, "once").await.with(422).text("/code"), "IDEMPOTENCY_KEY_REUSED");
    }
    send("a.txt", b"text", "").await.with(400);
    send("a.txt", b"text", "twice").await.with(201);
    eventually("only what was answered for is there", async || stored(&app).len() == 2).await;
    app.close().await;
}

#[tokio::test]
async fn what_was_answered_is_answered_again_whatever_holds_by_now() {
    let settings = Settings { rate_limits: RateLimits::Off, ..Settings::default() };
    let app = TestApi::with_rules(settings, |rules| rules.files_max = 10).await;
    let fixture = JobFixture::posted(&app).await;
    let path = format!("/api/agent/jobs/{}/attachments", fixture.job);
    let send = async |name: &str, bytes: &[u8], key: &str| sending(&app, &fixture.poster, &path, name, bytes).key(key).send().await;
    let first = send("a.txt", b"ten bytes.", "once").await.with(201);
    assert_eq!(send("b.txt", b"more", "other").await.with(409).text("/code"), "STORAGE_FULL");
    let again = async || {
        let again = send("a.txt", b"ten bytes.", "once").await.with(201);
        assert_eq!((again.body == first.body, again.header("idempotency-replayed")), (true, Some("true")));
        for (name, bytes) in [("a.txt", &b"other"[..]), ("b.txt", b"ten bytes.")] {
            assert_eq!(send(name, bytes, "once").await.with(422).text("/code"), "IDEMPOTENCY_KEY_REUSED");
        }
        let (kind, _) = form::form("a.txt", b"");
        app.post(&path).by(&fixture.poster).key("once").raw(&kind, b"nothing".to_vec()).send().await.with(400);
    };
    again().await;
    app.post(&format!("/api/jobs/{}/cancel", fixture.job)).by(&fixture.poster).json(json!({})).send().await.with(200);
    again().await;
    assert_eq!(send("a.txt", b"ten bytes.", "third").await.with(409).text("/code"), "WRONG_STATUS");
    assert_eq!(stored(&app).len(), 1);
    app.close().await;
}

#[tokio::test]
async fn a_key_that_is_revoked_while_its_file_arrives_is_worth_nothing() {
    let app = TestApi::new().await;
    let fixture = JobFixture::posted(&app).await;
    let (kind, body) = form::form("a.txt", &[b'a'; 100_000]);
    let address = app.base_url.trim_start_matches("http://");
    let mut wire = TcpStream::connect(address).await.expect("connects");
    let head = format!(
        "POST /api/agent/jobs/{}/attachments HTTP/1.1\r\nhost: {address}\r\nx-api-key: {}\r\ncontent-type: {kind}\r\n\
         connection: close\r\ncontent-length: {}\r\n\r\n",
        fixture.job,
        fixture.poster.key,
        body.len()
    );
    wire.write_all(head.as_bytes()).await.expect("sends");
    wire.write_all(&body[..50_000]).await.expect("sends");
    eventually("it arrives", async || rows(&fixture, "pending").await == 1).await;
    revoke(&app, &fixture.poster).await;
    wire.write_all(&body[50_000..]).await.expect("sends");
    let mut answer = String::new();
    wire.read_to_string(&mut answer).await.expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 401"), "{answer}");
    eventually("nothing is left of it", async || stored(&app).is_empty() && rows(&fixture, "pending").await == 0).await;
    app.close().await;
}

#[tokio::test]
async fn files_are_taken_back() {
    let app = TestApi::new().await;
    let fixture = JobFixture::posted(&app).await;
    let sent = attach(&app, &fixture, "a.txt", b"text").await.with(201);
    let path = format!("/api/jobs/{}/files?file={}", fixture.job, sent.text("/file_path"));
    app.ask(Method::DELETE, &path).by(&fixture.worker).send().await.with(404);
    app.ask(Method::DELETE, &path).by(&fixture.poster).key("once").send().await.with(204);
    app.ask(Method::DELETE, &path).by(&fixture.poster).key("once").send().await.with(204);
    app.ask(Method::DELETE, &path).by(&fixture.poster).send().await.with(404);
    let other = attach(&app, &fixture, "b.txt", b"text").await.with(201);
    let other = format!("/api/jobs/{}/files?file={}", fixture.job, other.text("/file_path"));
    let reused = app.ask(Method::DELETE, &other).by(&fixture.poster).key("once").send().await.with(422);
    assert_eq!(reused.text("/code"), "IDEMPOTENCY_KEY_REUSED", "another query is another request");
    app.ask(Method::DELETE, &other).by(&fixture.poster).send().await.with(204);
    let without = format!("/api/jobs/{}/files", fixture.job);
    assert_eq!(app.ask(Method::DELETE, &without).by(&fixture.poster).send().await.with(400).fields(), ["file"]);
    assert_eq!(app.get(&format!("/api/jobs/{}/attachments", fixture.job)).by(&fixture.poster).send().await.with(200).body["total"], 0);
    app.close().await;
}
