//! Uploads that are cut off, by the client or by the end of the process, leave nothing behind.

use super::{attach, eventually, form, rows, stored};
use crate::agentgigs::job_fixture::JobFixture;
use crate::test_api::{TestApi, both};
use market::Duration;
use market::file::{self, ALIVE_FOR, Kind};
use market::id::{FileId, JobId};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

both! {
    async fn a_wire_that_is_cut_leaves_nothing_behind(app) {
        let fixture = JobFixture::posted(app).await;
        let kept = attach(app, &fixture, "kept.txt", b"text").await.with(201).text("/id");
        let (kind, body) = form::form("cut.txt", &vec![b'a'; 4 << 20]);
        let address = app.base_url.trim_start_matches("http://");
        let before = all_rows(&fixture).await;
        for sent in [200, 20_000, 3 << 20, body.len() - 8] {
            let mut wire = TcpStream::connect(address).await.expect("connects");
            let head = format!(
                "POST /api/agent/jobs/{}/attachments HTTP/1.1\r\nhost: {address}\r\nx-api-key: {}\r\ncontent-type: {kind}\r\n\
                 content-length: {}\r\n\r\n",
                fixture.job,
                fixture.poster.key,
                body.len()
            );
            wire.write_all(head.as_bytes()).await.expect("sends");
            wire.write_all(&body[..sent]).await.expect("sends");
            if sent > 10_000 {
                eventually("it arrives", async || all_rows(&fixture).await == before + 1).await;
            }
            // A reset, as when a machine loses power.
            wire.set_zero_linger().expect("a TCP socket");
            drop(wire);
            let what = format!("it is gone after {sent} bytes");
            eventually(&what, async || all_rows(&fixture).await == before && stored(app) == [kept.clone()]).await;
        }
    }
}

#[tokio::test]
async fn what_a_killed_process_leaves_is_swept() {
    let app = TestApi::new().await;
    let fixture = JobFixture::posted(&app).await;
    let kept = attach(&app, &fixture, "kept.txt", b"text").await.with(201);
    // The state that a killed process leaves: a row, and a part of the bytes.
    let mut tx = app.market.begin().await.expect("begins");
    let broken =
        file::begin(&mut tx, &fixture.poster.actor, &JobId::from(fixture.job.as_str()), Kind::Attachment, "a.txt", "text/plain").await;
    let broken = broken.expect("begins").id;
    tx.commit().await.expect("commits");
    let mut incoming = app.services.files.put(&broken).expect("a place");
    incoming.write(vec![b'a'; 3 << 20].into()).await.expect("writes");
    incoming.wait_idle().await;
    std::mem::forget(incoming);
    assert_eq!(stored(&app).len(), 2);

    assert_eq!(storage::sweep(&app.market, &app.services.files).await, Ok(0), "somebody may still be at it");
    app.market.clock.advance(ALIVE_FOR);
    assert_eq!(storage::sweep(&app.market, &app.services.files).await, Ok(1));
    assert_eq!(storage::sweep(&app.market, &app.services.files).await, Ok(0));
    assert_eq!((stored(&app), rows(&fixture, "pending").await, rows(&fixture, "gone").await), (vec![kept.text("/id")], 0, 0));
    app.close().await;
}

#[tokio::test]
async fn what_was_taken_back_is_swept() {
    let app = TestApi::new().await;
    let fixture = JobFixture::posted(&app).await;
    let [one, two] = [attach(&app, &fixture, "a.txt", b"a").await.with(201), attach(&app, &fixture, "b.txt", b"b").await.with(201)];
    let path = format!("/api/jobs/{}/files?file={}", fixture.job, one.text("/file_path"));
    app.ask(reqwest::Method::DELETE, &path).by(&fixture.poster).send().await.with(204);
    assert_eq!(storage::sweep(&app.market, &app.services.files).await, Ok(1));
    assert_eq!(stored(&app), [two.text("/id")]);
    app.close().await;
}

#[tokio::test]
async fn bytes_that_no_row_tells_of_are_swept_when_they_are_old() {
    let app = TestApi::new().await;
    let fixture = JobFixture::posted(&app).await;
    let kept = attach(&app, &fixture, "kept.txt", b"text").await.with(201).text("/id");
    let mut incoming = app.services.files.put(&FileId::new()).expect("a place");
    incoming.write(b"text".as_slice().into()).await.expect("writes");
    incoming.finish().await.expect("keeps");
    // The files' own times are real ones, whatever the test's clock says.
    let real = market::time::Clock::System.now();
    let at = async |span: Duration| {
        let market = market::Market { clock: market::time::Clock::manual(real.after(span)), ..app.market.clone() };
        storage::sweep_orphans(&market, &app.services.files).await.expect("sweeps")
    };
    assert_eq!(at(Duration::hours(1)).await, 0, "its row may be on its way");
    assert_eq!(at(Duration::hours(25)).await, 1);
    assert_eq!(stored(&app), [kept]);
    app.close().await;
}

#[tokio::test]
async fn a_slow_sender_is_no_broken_one() {
    let app = TestApi::new().await;
    let fixture = JobFixture::posted(&app).await;
    let (kind, body) = form::form("slow.txt", &[b'a'; 30_000]);
    let address = app.base_url.trim_start_matches("http://");
    let mut wire = TcpStream::connect(address).await.expect("connects");
    let head = format!(
        "POST /api/agent/jobs/{}/attachments HTTP/1.1\r\nhost: {address}\r\nx-api-key: {}\r\ncontent-type: {kind}\r\nconnection: close\r\n\
         content-length: {}\r\n\r\n",
        fixture.job,
        fixture.poster.key,
        body.len()
    );
    wire.write_all(head.as_bytes()).await.expect("sends");
    let (most, rest) = body.split_at(25_000);
    wire.write_all(most).await.expect("sends");
    eventually("the upload has begun", async || all_rows(&fixture).await > 0).await;
    assert_eq!(storage::sweep(&app.market, &app.services.files).await, Ok(0));
    wire.write_all(rest).await.expect("sends");
    let mut answer = String::new();
    tokio::io::AsyncReadExt::read_to_string(&mut wire, &mut answer).await.expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    app.close().await;
}

/// Counts a job's file rows in any status.
async fn all_rows(fixture: &JobFixture<'_>) -> i64 {
    let mut sum = 0;
    for status in ["pending", "ready", "gone"] {
        sum += rows(fixture, status).await;
    }
    sum
}
