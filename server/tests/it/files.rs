//! Files through the whole program: a browser's form, a bucket, a killed process, and how little memory it takes.

use crate::child::{Served, program};
use crate::test_server::{Folder, SESSION, TestServer, cookie_named, pair, settings};
use market::application::NewApplication;
use market::dispute::{self, Decision, Statement};
use market::file::ALIVE_FOR;
use market::id::JobId;
use market::job::Draft;
use market::time::Clock;
use market::{Actor, Market, Money, application, job, key, member, nda, session};
use reqwest::header::{ACCEPT, CONTENT_TYPE, COOKIE, LOCATION, RANGE};
use reqwest::{Client, Method};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use testkit::{eventually, people};

const BOUNDARY: &str = "a-boundary-that-no-file-has";

fn form(name: &str, bytes: &[u8]) -> Vec<u8> {
    let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
    [head.as_bytes(), bytes, format!("\r\n--{BOUNDARY}--\r\n").as_bytes()].concat()
}

fn kind() -> String {
    format!("multipart/form-data; boundary={BOUNDARY}")
}

/// A poster and a worker with a funded job between them.
pub(crate) struct JobFixture {
    pub(crate) poster: Actor,
    pub(crate) worker: Actor,
    pub(crate) job: JobId,
    key: String,
}

pub(crate) async fn fixture(market: &Market) -> JobFixture {
    let mut tx = market.begin().await.unwrap();
    let poster = people::verified(&mut tx, &people::draft("ada")).await.unwrap();
    let mut worker = people::verified(&mut tx, &people::draft("bob")).await.unwrap();
    people::made_agent(&mut tx, &mut worker, &people::profile("bob", &["coding"])).await.unwrap();
    people::paid_in(&mut tx, &poster, Money(100_000)).await.unwrap();
    let draft = Draft {
        title: "Parse invoices".into(),
        description: "Replace the regex parser with a grammar.".into(),
        category: "coding".into(),
        budget_max: Some(40_000),
        ..Draft::default()
    };
    let job = job::post(&mut tx, &poster, &draft).await.unwrap().id;
    nda::agree(&mut tx, &worker, &job).await.unwrap();
    let offer = application::apply(&mut tx, &worker, &job, &NewApplication::default()).await.unwrap();
    job::accept(&mut tx, &poster, &job, &offer.id).await.unwrap();
    job::fund(&mut tx, &poster, &job, None).await.unwrap();
    let key = key::create(&mut tx, &worker, &testkit::key::draft("bot", &[])).await.unwrap().secret;
    tx.commit().await.unwrap();
    JobFixture { poster, worker, job, key }
}

pub(crate) async fn market_in(folder: &Path) -> Market {
    let config = settings(&["--data", folder.to_str().unwrap()]).check().unwrap();
    server::open_market(&config, config.listen).await.unwrap()
}

/// The cookie of somebody who signs in by the form.
pub(crate) async fn signed_in(server: &TestServer, name: &str) -> String {
    let form = format!("email={name}%40example.com&password=correct+horse+battery");
    let request = server.ask(Method::POST, "/_fn/sign-in").header(ACCEPT, "text/html").header("sec-fetch-site", "same-origin");
    let answer = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(form).send().await.unwrap();
    pair(&cookie_named(&answer, SESSION)).to_owned()
}

/// Adds the notice that came with an answer to the cookies of a browser.
fn with_notice(cookie: &str, answer: &reqwest::Response) -> String {
    format!("{cookie}; {}", pair(&cookie_named(answer, "notice")))
}

pub(crate) fn location(answer: &reqwest::Response) -> &str {
    answer.headers().get(LOCATION).map(|to| to.to_str().unwrap()).unwrap_or_default()
}

#[tokio::test]
async fn a_browser_sends_a_file_without_a_script_and_reads_it() {
    let server = TestServer::open().await;
    let market = market_in(server.folder.path()).await;
    let JobFixture { job, .. } = fixture(&market).await;
    let path = format!("/jobs/{job}/files");
    let (ada, bob) = (signed_in(&server, "ada").await, signed_in(&server, "bob").await);
    let send = async |cookie: &str, name: &str, bytes: &[u8], site: &str| {
        let request = server.ask(Method::POST, &path).header(ACCEPT, "text/html").header("sec-fetch-site", site).header(COOKIE, cookie);
        request.header(CONTENT_TYPE, kind()).body(form(name, bytes)).send().await.unwrap()
    };
    for cookie in [&ada, &bob] {
        let sent = send(cookie, "notes.txt", b"a note", "same-origin").await;
        assert_eq!((sent.status().as_u16(), location(&sent)), (303, format!("/jobs/{job}").as_str()));
        let cookies = with_notice(cookie, &sent);
        let page = server.get(&format!("/jobs/{job}")).header(ACCEPT, "text/html").header(COOKIE, cookies).send().await.unwrap();
        let page = page.text().await.unwrap();
        assert!(page.contains("notes.txt is uploaded."), "the next page says so");
        for written in ["<bdi>notes.txt", "<bdi>ada", "<h1 dir=\"auto\">Parse invoices", "<p>Replace the regex parser with a grammar.</p>"]
        {
            assert!(page.contains(written), "names are isolated, and the brief is drawn: {written}\n{page}");
        }
    }
    assert_eq!(send(&ada, "notes.txt", b"a note", "cross-site").await.status(), 403);
    let stranger = send("", "notes.txt", b"a note", "same-origin").await;
    assert_eq!(location(&stranger), format!("/sign-in?next=/jobs/{job}"));
    assert_eq!(location(&send(&ada, "notes.pdf", b"a note", "same-origin").await), format!("/jobs/{job}"), "back to the form");
    let script =
        server.ask(Method::POST, &format!("{path}?page=//evil.example")).header("sec-fetch-site", "same-origin").header(COOKIE, &ada);
    let told = script.header(CONTENT_TYPE, kind()).body(form("notes.pdf", b"a note")).send().await.unwrap();
    assert_eq!((told.status().as_u16(), told.text().await.unwrap().contains("Its name says .pdf")), (400, true));

    let actor = signed_up(&market, "ada").await;
    let mut conn = market.read().await.unwrap();
    let access = market::job::access(&mut conn, &actor, &job).await.unwrap();
    let files = market::file::attachments(&mut conn, &access, market::Paging::first(9)).await.unwrap().items;
    assert_eq!(files.len(), 1, "the poster's is an attachment, the worker's is not");
    let bytes = server.get(&format!("{path}/{}", files[0].id)).header(COOKIE, &ada).send().await.unwrap();
    assert_eq!(bytes.status(), 200, "the address of the page itself gives them: no link that expires under a player");
    assert_eq!(bytes.headers()["accept-ranges"], "bytes");
    assert_eq!(bytes.headers()["content-security-policy"], "sandbox; default-src 'none'");
    assert_eq!(bytes.headers()["content-disposition"], "attachment; filename=\"notes.txt\"; filename*=UTF-8''notes.txt");
    assert_eq!(bytes.text().await.unwrap(), "a note");
    let part = server.get(&format!("{path}/{}", files[0].id)).header(COOKIE, &ada).header(RANGE, "bytes=2-").send().await.unwrap();
    assert_eq!((part.status().as_u16(), part.headers()["content-range"].to_str().unwrap()), (206, "bytes 2-5/6"));
    assert_eq!(part.text().await.unwrap(), "note");
    assert_eq!(server.get(&format!("{path}/{}", files[0].id)).send().await.unwrap().status(), 401);
    assert_eq!(server.get(&format!("{path}/file_other")).header(COOKIE, &ada).send().await.unwrap().status(), 404);
    server.close().await;
}

#[tokio::test]
async fn a_file_of_a_member_who_signed_out_meanwhile_is_refused() {
    // Not for the whole file, which also reads and writes by std's methods of the same names.
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let server = TestServer::open().await;
    let JobFixture { job, .. } = fixture(&market_in(server.folder.path()).await).await;
    let (ada, body) = (signed_in(&server, "ada").await, form("notes.txt", b"a note"));
    let address = server.url.trim_start_matches("http://");
    let head = format!(
        "POST /jobs/{job}/files HTTP/1.1\r\nHost: {address}\r\nCookie: {ada}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: {}\r\n\
         Expect: 100-continue\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
        kind(),
        body.len()
    );
    let mut wire = tokio::net::TcpStream::connect(address).await.unwrap();
    wire.write_all(head.as_bytes()).await.unwrap();
    let mut go_on = [0; b"HTTP/1.1 100 Continue\r\n\r\n".len()];
    wire.read_exact(&mut go_on).await.expect("the file is waited for: ada may send it");
    let out = server.ask(Method::POST, "/_fn/sign-out").header(ACCEPT, "text/html").header("sec-fetch-site", "same-origin");
    let out = out.header(CONTENT_TYPE, "application/x-www-form-urlencoded").header(COOKIE, &ada).body("").send().await.unwrap();
    assert_eq!(out.status(), 303);
    wire.write_all(&body).await.unwrap();
    let mut answer = String::new();
    wire.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 401"), "{answer}");
    server.close().await;
}

#[tokio::test]
async fn a_browser_shows_a_file_in_a_dispute_without_a_script() {
    let server = TestServer::open().await;
    let market = market_in(server.folder.path()).await;
    let JobFixture { worker, job, .. } = fixture(&market).await;
    let statement = Statement { statement: "Nobody answers my questions.".into(), ..Statement::default() };
    let mut tx = market.begin().await.unwrap();
    let root = people::draft("root");
    people::verified(&mut tx, &root).await.unwrap();
    member::promote(&mut tx, &root.email).await.unwrap();
    let case = dispute::open(&mut tx, &worker, &job, &statement).await.unwrap();
    tx.commit().await.unwrap();
    let page = format!("/jobs/{job}/dispute");
    let read = async |cookie: &str| {
        server.get(&page).header(ACCEPT, "text/html").header(COOKIE, cookie).send().await.unwrap().text().await.unwrap()
    };
    let action = format!("/jobs/{job}/files?page={page}");
    let send = async |action: &str, cookie: &str, name: &str| {
        let request = server.ask(Method::POST, action).header(ACCEPT, "text/html").header("sec-fetch-site", "same-origin");
        request.header(COOKIE, cookie).header(CONTENT_TYPE, kind()).body(form(name, b"a log")).send().await.unwrap()
    };
    for name in ["ada", "bob"] {
        let cookie = signed_in(&server, name).await;
        let drawn = read(&cookie).await;
        let (_, hidden) = drawn.split_once(&format!("action=\"{action}&amp;")).expect("the form names its page");
        let drawn = format!("{action}&{}", hidden.split('"').next().unwrap().replace("&amp;", "&"));
        assert_eq!(location(&send(&drawn, &cookie, "log.pdf").await), page);
        let wrong = read(&cookie).await;
        assert!(wrong.contains("id=\"files-send-file-error\"") && wrong.contains("Its name says .pdf"), "{wrong}");
        let mut shown = String::new();
        // A second press sends the file again, and is answered like the first.
        for _ in 0..2 {
            let sent = send(&drawn, &cookie, &format!("{name}.txt")).await;
            assert_eq!(location(&sent), page);
            shown = read(&with_notice(&cookie, &sent)).await;
            assert!(shown.contains(&format!("{name}.txt is uploaded.")), "{shown}");
        }
        assert_eq!(shown.matches(&format!(">{name}.txt<")).count(), 1, "{shown}");
    }
    // Somebody else signed in meanwhile: nothing is uploaded.
    let (ada, bob) = (signed_in(&server, "ada").await, signed_in(&server, "bob").await);
    let drawn = read(&ada).await;
    let (_, hidden) = drawn.split_once(&format!("action=\"{action}&amp;")).expect("the form names its page");
    let drawn = format!("{action}&{}", hidden.split('"').next().unwrap().replace("&amp;", "&"));
    send(&drawn, &bob, "not-hers.txt").await;
    let told = read(&bob).await;
    assert!(told.contains("this form was opened by another member") && !told.contains(">not-hers.txt<"), "{told}");
    let root = signed_in(&server, "root").await;
    let seen = read(&root).await;
    assert!(seen.contains(">ada.txt<") && seen.contains(">bob.txt<") && !seen.contains("multipart/form-data"), "{seen}");
    let judge = signed_up(&market, "root").await;
    let decision = Decision { ruling: "release".into(), worker_share: None, reason: "The log shows it.".into() };
    let mut tx = market.begin().await.unwrap();
    dispute::resolve(&mut tx, &judge, &case.dispute.id, &decision).await.unwrap();
    tx.commit().await.unwrap();
    let seen = read(&root).await;
    assert!(seen.contains(">ada.txt<") && seen.contains(">bob.txt<"), "what was ruled on can be looked at again: {seen}");
    server.close().await;
}

/// Somebody who signed up before.
async fn signed_up(market: &Market, name: &str) -> Actor {
    let mut tx = market.begin().await.unwrap();
    let member = member::verify_email(&mut tx, &people::draft(name).email).await.unwrap();
    session::actor(&mut tx, &member.id, member.epoch).await.unwrap().unwrap()
}

/// So much text, quickly made.
fn text(bytes: usize) -> Vec<u8> {
    b"All 212 fixtures parse to the same rows.\n".iter().copied().cycle().take(bytes).collect()
}

async fn upload(client: &Client, url: &str, fixture: &JobFixture, name: &str, bytes: &[u8]) -> reqwest::Response {
    let request = client.post(format!("{url}/api/agent/jobs/{}/upload-deliverable", fixture.job)).header("x-api-key", &fixture.key);
    request.header(CONTENT_TYPE, kind()).body(form(name, bytes)).send().await.unwrap()
}

/// Reads a file back by its signed link.
async fn download(client: &Client, url: &str, fixture: &JobFixture, path: &str) -> Vec<u8> {
    let request = client.get(format!("{url}/api/jobs/{}/download?file={path}", fixture.job)).header("x-api-key", &fixture.key);
    let link: serde_json::Value = request.send().await.unwrap().json().await.unwrap();
    client.get(link["signedUrl"].as_str().unwrap()).send().await.unwrap().bytes().await.unwrap().to_vec()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bucket_takes_the_folders_place() {
    let s3 = std::env::var("TEST_S3_URL").expect("TEST_S3_URL: run the tests by `make test`, or by `tools/s3 run cargo test`");
    let (endpoint, bucket) = s3.rsplit_once('/').unwrap();
    let place = format!("s3://{bucket}");
    let bucket = ["--files", &place, "--s3-endpoint", endpoint, "--s3-key-id", "AKIATEST", "--s3-secret", "none"];
    let server = TestServer::with(&bucket).await;
    let fixture = fixture(&market_in(server.folder.path()).await).await;
    let (client, bytes) = (Client::new(), text(12 << 20));
    let sent: serde_json::Value = upload(&client, &server.url, &fixture, "rows.txt", &bytes).await.json().await.unwrap();
    assert_eq!(sent["file_size"], bytes.len());
    assert!(download(&client, &server.url, &fixture, sent["file_path"].as_str().unwrap()).await == bytes);
    assert!(!server.folder.path().join("files").exists(), "nothing is kept here");

    // A wire that is cut when some parts are in the bucket.
    let body = form("cut.txt", &bytes);
    let address = server.url.strip_prefix("http://").unwrap();
    let mut wire = TcpStream::connect(address).unwrap();
    let head = format!(
        "POST /api/agent/jobs/{}/upload-deliverable HTTP/1.1\r\nhost: {address}\r\nx-api-key: {}\r\ncontent-type: {}\r\n\
         content-length: {}\r\n\r\n",
        fixture.job,
        fixture.key,
        kind(),
        body.len()
    );
    let begun = || std::iter::repeat_with(|| asked(&s3, "uploads"));
    wire.write_all(head.as_bytes()).unwrap();
    wire.write_all(&body[..11 << 20]).unwrap();
    let id = begun().take(1000).find_map(|told| Some(told.split_once("/file_")?.1.split_once('<')?.0.to_owned())).expect("it arrives");
    drop(wire);
    assert!(begun().take(1000).any(|told| !told.contains(&id)), "its parts are gone");
    assert!(!asked(&s3, "list-type=2").contains(&id), "and it is no file");
    server.close().await;
}

/// Sends a query to the bucket and returns its answer.
fn asked(url: &str, question: &str) -> String {
    let (host, path) = url.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    write!(stream, "GET /{path}?{question} HTTP/1.0\r\nHost: {host}\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    answer
}

#[tokio::test]
async fn a_large_file_takes_little_memory() {
    let folder = Folder::new();
    let fixture = fixture(&market_in(folder.path()).await).await;
    let served = Served::start(folder.path());
    let (client, bytes) = (Client::new(), text(96 << 20));
    upload(&client, &served.url, &fixture, "warm.txt", &bytes[..1 << 20]).await.error_for_status().unwrap();
    let before = peak_mb(&served);
    let sent = upload(&client, &served.url, &fixture, "rows.txt", &bytes).await.error_for_status().unwrap();
    let sent: serde_json::Value = sent.json().await.unwrap();
    assert!(download(&client, &served.url, &fixture, sent["file_path"].as_str().unwrap()).await == bytes);
    let grown = peak_mb(&served) - before;
    assert!(grown <= 20.0, "a file of 96 MiB took {grown:.1} MB of memory");
}

/// The most memory that a process held so far, in megabytes.
fn peak_mb(served: &Served) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", served.id())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches("kB").trim().parse::<f64>().unwrap() / 1024.0
}

#[tokio::test]
async fn a_process_that_is_killed_while_a_file_arrives_leaves_nothing_for_long() {
    let folder = Folder::new();
    let fixture = fixture(&market_in(folder.path()).await).await;
    let served = Served::start(folder.path());
    let kept = upload(&Client::new(), &served.url, &fixture, "kept.txt", b"text").await.error_for_status().unwrap();
    let kept: serde_json::Value = kept.json().await.unwrap();
    let body = form("cut.txt", &text(8 << 20));
    let mut wire = TcpStream::connect(served.address()).unwrap();
    let head = format!(
        "POST /api/agent/jobs/{}/upload-deliverable HTTP/1.1\r\nhost: {}\r\nx-api-key: {}\r\ncontent-type: {}\r\ncontent-length: {}\r\n\r\n",
        fixture.job,
        served.address(),
        fixture.key,
        kind(),
        body.len()
    );
    wire.write_all(head.as_bytes()).unwrap();
    wire.write_all(&body[..6 << 20]).unwrap();
    let home = std::fs::read_dir(folder.path().join("files")).unwrap().next().unwrap().unwrap().path();
    let names = || {
        let mut names: Vec<_> = std::fs::read_dir(&home).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    };
    eventually("its first part is in the folder", async || names().len() > 1).await;
    // Dropped, it is killed.
    drop(served);
    assert!(names().iter().any(|name| name.ends_with(".part")), "{:?}", names());

    let market = market_in(folder.path()).await;
    let files = storage::FileStore::folder(&folder.path().join("files"), home.file_name().unwrap().to_str().unwrap()).unwrap();
    let market = Market { clock: Clock::manual(market.clock.now().after(ALIVE_FOR)), ..market };
    assert_eq!(storage::sweep(&market, &files).await.unwrap(), 1);
    assert_eq!(names(), [kept["id"].as_str().unwrap()]);
    let mut conn = market.read().await.unwrap();
    let access = market::job::access(&mut conn, &fixture.worker, &fixture.job).await.unwrap();
    assert_eq!(market::file::waiting(&mut conn, &access).await.unwrap().len(), 1);
    assert_eq!(market::file::storage_usage(&mut conn, &fixture.poster).await.unwrap().used, 0);
}

#[test]
fn a_place_that_can_not_be_is_named() {
    for (line, words) in [
        (&["--files", "gs://bucket"][..], &["GUILDHALL_FILES", "s3://"][..]),
        (&["--files", "s3://No"], &["GUILDHALL_FILES", "small letters"]),
        (&["--files", "s3://bucket/with/a/path"], &["GUILDHALL_FILES"]),
        (&["--files", "s3://bucket", "--s3-key-id", "a"], &["GUILDHALL_S3_KEY_ID", "GUILDHALL_S3_SECRET"]),
        (&["--files", "s3://bucket", "--s3-endpoint", "127.0.0.1:9000"], &["GUILDHALL_S3_ENDPOINT", "https://"]),
    ] {
        let told = settings(line).check().unwrap_err().0;
        assert!(words.iter().all(|word| told.contains(word)), "{line:?}: {told}");
    }
    let folder = Folder::new();
    std::fs::write(folder.path().join("file"), "in the way").unwrap();
    let mut command = program();
    command.args(["--listen", "127.0.0.1:0", "--data"]).arg(folder.path()).arg("--files").arg(folder.path().join("file"));
    let said = command.output().unwrap();
    assert!(String::from_utf8_lossy(&said.stderr).contains("GUILDHALL_FILES"), "{said:?}");
}
