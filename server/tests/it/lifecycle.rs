//! Beginning and ending: what is under way finishes, what is stuck is cut off, what can't be trusted stops at once.

use crate::child::{PROGRAM, Served, rest, run};
use crate::test_server::{Folder, PRODUCTION, TestServer};
use reqwest::Method;
use serde_json::json;
use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::time::{Duration, Instant};
use testkit::eventually_blocking;

/// A request whose body is not all there yet.
fn begun(served: &Served) -> TcpStream {
    let mut stream = TcpStream::connect(served.address()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(15))).unwrap();
    let head = "POST /v1/auth/login HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n";
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(b"{").unwrap();
    // An answer to another request on the same server shows that it has had time to read this one.
    let mut other = TcpStream::connect(served.address()).unwrap();
    other.write_all(b"GET /readyz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").unwrap();
    assert!(rest(&mut other).contains("ready"));
    stream
}

fn until_refused(served: &Served) {
    eventually_blocking("it takes no more connections", || TcpStream::connect(served.address()).is_err());
}

#[test]
fn a_request_under_way_is_finished() {
    let folder = Folder::new();
    let served = Served::start(folder.path());
    let mut stream = begun(&served);
    served.terminate();
    until_refused(&served);
    stream.write_all(b"}").unwrap();
    let answer = rest(&mut stream);
    assert!(answer.starts_with("HTTP/1.1 4"), "an empty login is refused, but answered: {answer}");
    assert_eq!(served.wait().code(), Some(0));
}

#[test]
fn a_stuck_request_is_cut_off() {
    let folder = Folder::new();
    let served = Served::start(folder.path());
    let stream = begun(&served);
    let told = Instant::now();
    served.terminate();
    assert_eq!(served.wait().code(), Some(0));
    assert!(told.elapsed() < Duration::from_secs(10), "it took {:?}", told.elapsed());
    drop(stream);
}

#[test]
fn an_idle_connection_does_not_hold_it() {
    let folder = Folder::new();
    let served = Served::start(folder.path());
    let mut idle = TcpStream::connect(served.address()).unwrap();
    idle.write_all(b"GET /readyz HTTP/1.1\r\nhost: localhost\r\n\r\n").unwrap();
    assert!(idle.read(&mut [0; 64]).unwrap() > 0);
    let told = Instant::now();
    served.terminate();
    assert_eq!(served.wait().code(), Some(0));
    assert!(told.elapsed() < Duration::from_secs(3), "it took {:?}", told.elapsed());
}

#[tokio::test]
async fn readiness_goes_first() {
    let server = TestServer::with(&[&PRODUCTION[..], &["--smtp-url", "smtp://127.0.0.1:1"]].concat()).await;
    let (client, url) = (server.client.clone(), server.url.clone());
    assert_eq!(server.get("/readyz").send().await.unwrap().status(), 200);
    let secure = server.get("/").send().await.unwrap();
    assert!(secure.headers().contains_key("strict-transport-security"));
    assert_eq!(server.get("/sandbox/mail").send().await.unwrap().status(), 404);
    let closing = tokio::spawn(server.close());
    let began = Instant::now();
    loop {
        let ready = client.get(format!("{url}/readyz")).send().await.expect("it still listens while it is not ready");
        if ready.status() == 503 {
            break;
        }
        assert!(began.elapsed() < Duration::from_secs(5), "it never became unready");
    }
    let health = client.get(format!("{url}/api/health")).send().await.expect("it still listens");
    assert_eq!(health.status(), 503);
    closing.await.unwrap();
}

/// The kernel refuses to let the write-ahead log grow beyond a limit: a commit fails as on a broken disk.
#[tokio::test]
async fn a_failed_commit_ends_it_at_once() {
    let folder = Folder::new();
    let data = folder.path().to_str().unwrap().to_owned();
    assert_eq!(run(&["migrate", "--data", &data], &[]).0, 0);
    let kib = std::fs::metadata(folder.path().join("guildhall.db")).unwrap().len().div_ceil(1024) + 16;
    let script = format!("trap '' XFSZ; ulimit -f {kib}; exec {PROGRAM} --listen 127.0.0.1:0 --rate-limits off --data {data}");
    let mut limited = Command::new("bash");
    limited.args(["-c", &script]);
    let served = Served::of(limited);
    let client = reqwest::Client::new();
    let mut acknowledged = 0;
    for n in 0.. {
        let who = json!({ "name": "Ada", "email": format!("ada{n}@example.org"), "password": "correct horse battery" });
        match client.post(format!("{}/v1/auth/signup", served.url)).json(&who).send().await {
            Ok(response) if response.status() == 201 => acknowledged += 1,
            _ => break,
        }
        assert!(n < 500, "the limit was never reached");
    }
    assert_eq!(served.wait().code(), Some(70));
    // Every acknowledged account exists after the restart.
    let again = Served::start(folder.path());
    for n in 0..acknowledged {
        let who = json!({ "email": format!("ada{n}@example.org"), "password": "correct horse battery" });
        let response = client.post(format!("{}/v1/auth/login", again.url)).json(&who).send().await.unwrap();
        assert_eq!(response.status(), 200, "ada{n} of {acknowledged}");
    }
}

#[test]
fn a_taken_port_is_said_so() {
    let folder = Folder::new();
    let served = Served::start(folder.path());
    let (code, said) = run(&["--listen", served.address(), "--data", folder.path().to_str().unwrap()], &[]);
    assert!(code == 1 && said.contains("GUILDHALL_LISTEN") && said.contains(served.address()), "{code} {said}");
    let refused = TcpStream::connect(served.address()).map_err(|error| error.kind());
    assert!(!matches!(refused, Err(ErrorKind::ConnectionRefused)));
}

#[tokio::test]
async fn a_full_disk_stops_writing_alone() {
    let most = u64::MAX.to_string();
    let server = TestServer::with(&["--free-space-min", &most]).await;
    let signs_up = async || {
        let request = server.ask(Method::POST, "/_fn/sign-up").header("sec-fetch-site", "same-origin");
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        request.body("name=Ada&email=ada%40example.org&password=correct+horse+battery").send().await.unwrap()
    };
    let refused = loop {
        let answer = signs_up().await;
        if answer.status() == 503 {
            break answer;
        }
    };
    assert!(refused.text().await.unwrap().contains("disk is full"));
    assert_eq!(server.get("/jobs").send().await.unwrap().status(), 200, "reading works");
    let page = server.ask(Method::POST, "/_fn/sign-in").header("sec-fetch-site", "same-origin").header("accept", "text/html");
    let page = page.header("content-type", "application/x-www-form-urlencoded").body("email=ada%40example.org&password=wrong");
    let page = page.send().await.unwrap();
    assert_eq!(page.status(), 303, "a refusal leads back, though it can't be kept for the page");
    server.close().await;
}
