//! Uploads.

use super::{PNG, attach, eventually, form, revoke, rows, sending, sha256, stored, upload};
use crate::agentgigs::story::Story;
use crate::ask::snapshot;
use crate::world::Settings;
use crate::world::{World, both};
use api::RateLimits;
use market::key::Prefix;
use reqwest::Method;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

both! {
    async fn what_is_sent_is_kept(world) {
        let story = Story::posted(world).await;
        let sent = attach(world, &story, "../Bri\u{202e}ef.png", PNG).await.with(201);
        assert_eq!((sent.text("/file_name").as_str(), sent.text("/content_type").as_str()), ("Brief.png", "image/png"));
        assert_eq!((sent.body["file_size"].as_i64(), sent.text("/sha256")), (Some(PNG.len() as i64), sha256(PNG)));
        assert_eq!(sent.text("/file_path"), format!("{}/{}", story.job, sent.text("/id")));
        assert_eq!(stored(world), [sent.text("/id")], "under a name of ours");

        let path = format!("/api/jobs/{}/attachments", story.job);
        let listed = world.get(&path).by(&story.poster).send().await.with(200);
        assert_eq!((listed.body["total"].as_i64(), &listed.body["attachments"][0]), (Some(1), &sent.body));
        assert_eq!(listed.body["limit"], 50, "all there can be");
        assert_eq!(world.get(&path).by(&story.worker).send().await.with(403).text("/code"), "ACKNOWLEDGMENT_REQUIRED");
        world.post(&format!("/api/jobs/{}/nda", story.job)).by(&story.worker).json(json!({})).send().await.with(200);
        assert_eq!(world.get(&path).by(&story.worker).send().await.with(200).body, listed.body);
    }

    async fn a_file_waits_and_joins_the_next_version(world) {
        let story = Story::funded(world).await;
        let job = format!("/api/jobs/{}", story.job);
        let sent = upload(world, &story, "grammar.zip", b"PK\x03\x04 and so on").await.with(201);
        let seen = world.get(&job).by(&story.worker).send().await.with(200);
        assert_eq!(seen.body["waiting_files"], json!([sent.body]));
        assert_eq!(world.get(&job).by(&story.poster).send().await.with(200).body["waiting_files"], json!([]));
        assert_eq!(upload_as_poster(world, &story).await, "AGENT_PROFILE_REQUIRED");
        let deliver = world.post(&format!("{job}/deliver")).by(&story.worker);
        deliver.json(json!({ "note": "All of it is in the file." })).send().await.with(200);
        let seen = world.get(&job).by(&story.poster).send().await.with(200);
        assert_eq!((&seen.body["deliverables"][0]["files"], seen.text("/deliverables/0/content")), (&json!([sent.body]), String::new()));
    }
}

async fn upload_as_poster(world: &World, story: &Story<'_>) -> String {
    let path = format!("/api/agent/jobs/{}/upload-deliverable", story.job);
    sending(world, &story.poster, &path, "a.txt", b"text").send().await.with(403).text("/code")
}

#[tokio::test]
async fn answers_as_they_are_printed() {
    let world = World::new().await;
    let story = Story::funded(&world).await;
    snapshot!("upload", upload(&world, &story, "notes.md", b"# Notes").await);
    snapshot!("mismatch", upload(&world, &story, "notes.pdf", b"# Notes").await);
    let nothing = world.post(&format!("/api/jobs/{}/deliver", story.job)).by(&story.poster).json(json!({})).send().await;
    nothing.with(403);
    story.deliver("").await.with(200);
    snapshot!("upload_too_late", upload(&world, &story, "notes.md", b"# Notes").await);
    world.close().await;
}

#[tokio::test]
async fn a_form_is_read_with_care() {
    let world = World::new().await;
    let story = Story::posted(&world).await;
    let path = format!("/api/agent/jobs/{}/attachments", story.job);
    let post = async |kind: &str, body: Vec<u8>| world.post(&path).by(&story.poster).raw(kind, body).send().await;
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
        (form::of(&[("file", Some("a.txt"), b"")]).1, "INVALID_REQUEST", vec!["file"]),
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
    eventually("what was refused is gone", async || stored(&world).len() == 1).await;
    world.close().await;
}

#[tokio::test]
async fn only_a_little_may_stand_around_a_file() {
    let world = World::new().await;
    let story = Story::posted(&world).await;
    let path = format!("{}/api/agent/jobs/{}/attachments", world.base_url, story.job);
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
        let request = world.client.post(&path).header("x-api-key", &story.poster.key).header("content-type", &kind);
        let answer = request.body(reqwest::Body::wrap_stream(pieces)).send().await.expect("an answer");
        let (status, body) = (answer.status().as_u16(), answer.text().await.expect("a body"));
        assert!(status == 400 && body.contains("INVALID_MULTIPART"), "{what}: {status} {body}");
    }
    world.close().await;
}

#[tokio::test]
async fn whoever_may_not_is_told_before_sending() {
    let world = World::new().await;
    let story = Story::posted(&world).await;
    let stranger = world.member("Eve").await;
    let unverified = world.unverified("Una").await;
    let attachments = format!("/api/agent/jobs/{}/attachments", story.job);
    let work = format!("/api/agent/jobs/{}/upload-deliverable", story.job);
    let send = async |person, path: &str| sending(&world, person, path, "a.txt", b"text").send().await;
    assert_eq!(send(&stranger, &attachments).await.with(404).text("/code"), "NOT_FOUND");
    assert_eq!(send(&unverified, &attachments).await.with(403).text("/code"), "EMAIL_NOT_VERIFIED");
    assert_eq!(send(&story.worker, &work).await.with(403).text("/code"), "NOT_ASSIGNED");
    let (kind, body) = form::form("a.txt", b"text");
    let reader = world.key(&story.poster, Prefix::Agentgigs, &["jobs:read"]).await;
    let refused = world.post(&attachments).header("x-api-key", &reader).raw(&kind, body.clone()).send().await.with(403);
    assert_eq!(refused.text("/code"), "MISSING_SCOPE");
    world.post(&attachments).raw(&kind, body.clone()).send().await.with(401);
    sending(&world, &story.poster, "/api/agent/jobs/308F8811/attachments", "a.txt", b"text").send().await.with(404);

    // A client that waits to be asked for its file is not asked.
    let address = world.base_url.trim_start_matches("http://");
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
    assert!(stored(&world).is_empty());
    world.close().await;
}

#[tokio::test]
async fn there_is_a_most_and_the_sender_hears_of_it() {
    let settings = Settings { rate_limits: RateLimits::Off, ..Settings::default() };
    let world = World::with_rules(settings, |rules| (rules.file_most, rules.files_most) = (5 << 20, 8 << 20)).await;
    let story = Story::posted(&world).await;
    let text = vec![b'a'; 6 << 20];
    attach(&world, &story, "exactly.txt", &text[..5 << 20]).await.with(201);
    snapshot!("too_large", attach(&world, &story, "one_more.txt", &text[..(5 << 20) + 1]).await);
    attach(&world, &story, "far_more.txt", &text).await.with(413);
    let full = attach(&world, &story, "full.txt", &text[..4 << 20]).await.with(409);
    assert_eq!((full.text("/code").as_str(), full.body["used"].as_i64()), ("STORAGE_FULL", Some(5 << 20)));

    // Without a length it is found out on the way.
    let path = format!("{}/api/agent/jobs/{}/attachments", world.base_url, story.job);
    let (kind, body) = form::form("endless.txt", &vec![b'a'; 24 << 20]);
    let pieces = futures::stream::iter(body.chunks(65_536).map(|piece| Ok::<_, std::io::Error>(piece.to_vec())).collect::<Vec<_>>());
    let request = world.client.post(&path).header("x-api-key", &story.poster.key).header("content-type", kind);
    let answer = request.body(reqwest::Body::wrap_stream(pieces)).send().await;
    // The answer comes, or the connection ends when the server has read enough of what it does not want.
    assert!(answer.is_err() || answer.is_ok_and(|answer| answer.status() == 413));
    eventually("what was too much is gone", async || stored(&world).len() == 1).await;
    world.close().await;
}

#[tokio::test]
async fn the_same_file_under_the_same_key_is_kept_once() {
    let world = World::new().await;
    let story = Story::posted(&world).await;
    let path = format!("/api/agent/jobs/{}/attachments", story.job);
    let send = async |name: &str, bytes: &[u8], key: &str| sending(&world, &story.poster, &path, name, bytes).key(key).send().await;
    let first = send("a.txt", b"text", "once").await.with(201);
    let again = send("a.txt", b"text", "once").await.with(201);
    assert_eq!((again.body == first.body, again.header("idempotency-replayed")), (true, Some("true")));
    for (name, bytes) in [("a.txt", &b"other"[..]), ("b.txt", b"text")] {
        assert_eq!(send(name, bytes, "once").await.with(422).text("/code"), "IDEMPOTENCY_KEY_REUSED");
    }
    send("a.txt", b"text", "").await.with(400);
    send("a.txt", b"text", "twice").await.with(201);
    eventually("only what was answered for is there", async || stored(&world).len() == 2).await;
    world.close().await;
}

#[tokio::test]
async fn what_was_answered_is_answered_again_whatever_holds_by_now() {
    let settings = Settings { rate_limits: RateLimits::Off, ..Settings::default() };
    let world = World::with_rules(settings, |rules| rules.files_most = 10).await;
    let story = Story::posted(&world).await;
    let path = format!("/api/agent/jobs/{}/attachments", story.job);
    let send = async |name: &str, bytes: &[u8], key: &str| sending(&world, &story.poster, &path, name, bytes).key(key).send().await;
    let first = send("a.txt", b"ten bytes.", "once").await.with(201);
    assert_eq!(send("b.txt", b"more", "other").await.with(409).text("/code"), "STORAGE_FULL");
    let again = async || {
        let again = send("a.txt", b"ten bytes.", "once").await.with(201);
        assert_eq!((again.body == first.body, again.header("idempotency-replayed")), (true, Some("true")));
        for (name, bytes) in [("a.txt", &b"other"[..]), ("b.txt", b"ten bytes.")] {
            assert_eq!(send(name, bytes, "once").await.with(422).text("/code"), "IDEMPOTENCY_KEY_REUSED");
        }
        let (kind, _) = form::form("a.txt", b"");
        world.post(&path).by(&story.poster).key("once").raw(&kind, b"nothing".to_vec()).send().await.with(400);
    };
    again().await;
    world.post(&format!("/api/jobs/{}/cancel", story.job)).by(&story.poster).json(json!({})).send().await.with(200);
    again().await;
    assert_eq!(send("a.txt", b"ten bytes.", "third").await.with(409).text("/code"), "WRONG_STATUS");
    assert_eq!(stored(&world).len(), 1);
    world.close().await;
}

#[tokio::test]
async fn a_key_that_is_revoked_while_its_file_arrives_is_worth_nothing() {
    let world = World::new().await;
    let story = Story::posted(&world).await;
    let (kind, body) = form::form("a.txt", &[b'a'; 100_000]);
    let address = world.base_url.trim_start_matches("http://");
    let mut wire = TcpStream::connect(address).await.expect("connects");
    let head = format!(
        "POST /api/agent/jobs/{}/attachments HTTP/1.1\r\nhost: {address}\r\nx-api-key: {}\r\ncontent-type: {kind}\r\n\
         connection: close\r\ncontent-length: {}\r\n\r\n",
        story.job,
        story.poster.key,
        body.len()
    );
    wire.write_all(head.as_bytes()).await.expect("sends");
    wire.write_all(&body[..50_000]).await.expect("sends");
    eventually("it arrives", async || rows(&story, "pending").await == 1).await;
    revoke(&world, &story.poster).await;
    wire.write_all(&body[50_000..]).await.expect("sends");
    let mut answer = String::new();
    wire.read_to_string(&mut answer).await.expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 401"), "{answer}");
    eventually("nothing is left of it", async || stored(&world).is_empty() && rows(&story, "pending").await == 0).await;
    world.close().await;
}

#[tokio::test]
async fn files_are_taken_back() {
    let world = World::new().await;
    let story = Story::posted(&world).await;
    let sent = attach(&world, &story, "a.txt", b"text").await.with(201);
    let path = format!("/api/jobs/{}/files?file={}", story.job, sent.text("/file_path"));
    world.ask(Method::DELETE, &path).by(&story.worker).send().await.with(404);
    world.ask(Method::DELETE, &path).by(&story.poster).key("once").send().await.with(204);
    world.ask(Method::DELETE, &path).by(&story.poster).key("once").send().await.with(204);
    world.ask(Method::DELETE, &path).by(&story.poster).send().await.with(404);
    let without = format!("/api/jobs/{}/files", story.job);
    assert_eq!(world.ask(Method::DELETE, &without).by(&story.poster).send().await.with(400).fields(), ["file"]);
    assert_eq!(world.get(&format!("/api/jobs/{}/attachments", story.job)).by(&story.poster).send().await.with(200).body["total"], 0);
    world.close().await;
}
