//! Signing in by a form: the cookie, the row behind it, and their end.

use crate::test_server::{SESSION, TestServer, cookie_named, pair};
use market::Duration;
use market::time::Clock;
use reqwest::header::{ACCEPT, CONTENT_TYPE, COOKIE, LOCATION};
use reqwest::{Method, Response};
use testkit::START;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

async fn send(server: &TestServer, form: &str, body: &'static str, cookie: &str) -> Response {
    let request = server.ask(Method::POST, &format!("/_fn/{form}")).header(ACCEPT, "text/html").header("sec-fetch-site", "same-origin");
    let request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded").header(COOKIE, cookie);
    request.body(body).send().await.unwrap()
}

fn cookie(response: &Response) -> String {
    cookie_named(response, SESSION)
}

/// The row that a cookie finds, and when it expires.
fn rows(server: &TestServer) -> Vec<(String, String)> {
    let file = rusqlite::Connection::open(server.folder.path().join("guildhall.db")).unwrap();
    let mut rows = file.prepare("select id, expires_at from session order by id").unwrap();
    rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect()
}

const ADA: &str = "name=Ada&email=ada%40example.org&password=correct+horse+battery";

#[tokio::test]
async fn a_session_is_a_careful_cookie_and_a_row_that_does_not_tell_it() {
    let server = TestServer::open().await;
    assert!(rows(&server).is_empty());
    let signed = send(&server, "sign-up", ADA, "").await;
    assert_eq!(signed.status(), 303, "{:?}", signed.headers().get(LOCATION));
    let cookie = cookie(&signed);
    for part in ["guildhall_session=", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=2592000"] {
        assert!(cookie.contains(part), "{part}: {cookie}");
    }
    assert!(!cookie.contains("Secure"), "there is no TLS on loopback: {cookie}");
    let value = pair(&cookie).split_once('=').unwrap().1.to_owned();
    let [(row, _)] = rows(&server).try_into().unwrap();
    assert!(!row.contains(&value) && row.len() == 64, "the row is found by a hash: {row}");
    let page = server.get("/settings").header(COOKIE, pair(&cookie)).send().await.unwrap();
    assert_eq!(page.status(), 200);
    server.close().await;
}

#[tokio::test]
async fn signing_in_takes_a_new_id_and_signing_out_ends_it() {
    let server = TestServer::open().await;
    let first = cookie(&send(&server, "sign-up", ADA, "").await);
    let signed = send(&server, "sign-in", "email=ada%40example.org&password=correct+horse+battery", pair(&first)).await;
    let second = cookie(&signed);
    assert!(second.contains("guildhall_session=") && pair(&second) != pair(&first), "{first} {second}");
    assert_eq!(rows(&server).len(), 1, "the first is gone");
    for (cookie, status) in [(pair(&first), 303), (pair(&second), 200)] {
        let page = server.get("/settings").header(COOKIE, cookie).send().await.unwrap();
        assert_eq!(page.status() == 200, status == 200, "{cookie}: {}", page.status());
    }
    let out = send(&server, "sign-out", "", pair(&second)).await;
    assert!(cookie(&out).contains("Max-Age=0"), "{:?}", out.headers());
    assert!(rows(&server).is_empty());
    server.close().await;
}

#[tokio::test]
async fn nothing_shown_to_a_signed_in_browser_is_stored() {
    let server = TestServer::open().await;
    let signed = cookie(&send(&server, "sign-up", ADA, "").await);
    for path in ["/wallet", "/jobs", "/settings", "/nowhere"] {
        let page = server.get(path).header(ACCEPT, "text/html").header(COOKIE, pair(&signed)).send().await.unwrap();
        assert_eq!(page.headers()["cache-control"], "no-store", "{path}");
        let stranger = server.get(path).header(ACCEPT, "text/html").send().await.unwrap();
        assert_eq!(stranger.headers()["cache-control"], "private, no-cache", "{path}");
    }
    let file = server.get("/favicon.svg").header(COOKIE, pair(&signed)).send().await.unwrap();
    assert_eq!(file.headers()["cache-control"], "no-cache", "files are the same for everybody");
    server.close().await;
}

/// The head of a form of Ada's whose body follows.
fn begun_form(server: &TestServer, form: &str, cookie: &str, length: usize) -> String {
    format!(
        "POST /_fn/{form} HTTP/1.1\r\nHost: {}\r\nCookie: {cookie}\r\nAccept: text/html\r\nSec-Fetch-Site: same-origin\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: {length}\r\n\r\n",
        server.url.trim_start_matches("http://")
    )
}

#[tokio::test]
async fn a_form_that_was_begun_before_the_password_changed_does_nothing() {
    let server = TestServer::open().await;
    let stolen = cookie(&send(&server, "sign-up", ADA, "").await);
    let owned = cookie(&send(&server, "sign-in", "email=ada%40example.org&password=correct+horse+battery", "").await);
    let body = "name=bot&prefix=age_&scopes[0]=*&days=30";
    let mut wire = TcpStream::connect(server.url.trim_start_matches("http://")).await.unwrap();
    wire.write_all(begun_form(&server, "settings/keys", pair(&stolen), body.len()).as_bytes()).await.unwrap();
    let mut go_on = [0; b"HTTP/1.1 100 Continue\r\n\r\n".len()];
    wire.read_exact(&mut go_on).await.expect("the body is waited for");
    let change = "current_password=correct+horse+battery&new_password=a+whole+new+sentence";
    assert_eq!(send(&server, "settings/password", change, pair(&owned)).await.status(), 303);
    wire.write_all(body.as_bytes()).await.unwrap();
    let mut answer = String::new();
    wire.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 303") && answer.contains("/sign-in"), "{answer}");
    let file = rusqlite::Connection::open(server.folder.path().join("guildhall.db")).unwrap();
    let keys: i64 = file.query_row("select count(*) from api_key", [], |row| row.get(0)).unwrap();
    assert_eq!(keys, 0);
    server.close().await;
}

#[tokio::test]
async fn a_failed_sign_in_leaves_a_word_but_signs_nobody_in() {
    let server = TestServer::open().await;
    let refused = send(&server, "sign-in", "email=ada%40example.org&password=wrong+horse+battery", "").await;
    assert_eq!(refused.status(), 303);
    let cookie = cookie(&refused);
    let page = server.get("/settings").header(COOKIE, pair(&cookie)).send().await.unwrap();
    assert_ne!(page.status(), 200);
    server.close().await;
}

#[tokio::test]
async fn a_page_in_flight_does_not_undo_signing_out() {
    let server = TestServer::open().await;
    let signed = cookie(&send(&server, "sign-up", ADA, "").await);
    // Slow enough, by hashing, for the other to be answered meanwhile; it leaves a word in the session it began with.
    let change = "current_password=wrong+horse+battery&new_password=a+whole+new+sentence";
    let (failed, out) =
        tokio::join!(send(&server, "settings/password", change, pair(&signed)), send(&server, "sign-out", "", pair(&signed)));
    assert_eq!((failed.status(), out.status()), (303.try_into().unwrap(), 303.try_into().unwrap()));
    let page = server.get("/settings").header(COOKIE, pair(&signed)).send().await.unwrap();
    assert_ne!(page.status(), 200, "signed out is signed out");
    assert!(!records(&server).contains("member"), "{}", records(&server));
    server.close().await;
}

#[tokio::test]
async fn what_strangers_leave_is_little_and_soon_gone() {
    let server = TestServer::open().await;
    let life = |server: &TestServer| {
        let [(_, until)] = rows(server).try_into().unwrap();
        market::Time::parse("time", &until).unwrap().since(market::time::Clock::System.now())
    };
    send(&server, "sign-in", "email=ada%40example.org&password=wrong+horse+battery", "").await;
    assert!(life(&server) <= market::Duration::minutes(15), "{:?}", life(&server));
    let stranger = cookie(&send(&server, "verify", "token=nonsense", "").await);
    let aged = server.get("/style.css").header(COOKIE, pair(&stranger)).send().await.unwrap();
    assert_eq!(cookie(&aged), "", "a visit does not renew it");
    let large = format!("token={}", "x".repeat(900_000)).leak();
    for form in ["verify", "nothing/of/the/kind"] {
        let sent = send(&server, form, large, "").await;
        assert_eq!(sent.status(), 303, "{form}");
    }
    let (rows, size) = (rows(&server).len(), records(&server).len());
    assert!(rows == 4 && size < 3 * 1024, "{rows} rows of {size} bytes");
    server.close().await;
}

/// All that sessions say.
fn records(server: &TestServer) -> String {
    let file = rusqlite::Connection::open(server.folder.path().join("guildhall.db")).unwrap();
    let mut rows = file.prepare("select record from session").unwrap();
    rows.query_map([], |row| row.get::<_, String>(0)).unwrap().map(Result::unwrap).collect()
}

#[tokio::test]
async fn a_short_session_is_renewed_at_half_its_life() {
    let clock = Clock::manual(START);
    let server = TestServer::at(&clock, &["--session-life", "4s"]).await;
    let first = cookie(&send(&server, "sign-up", ADA, "").await);
    server.get("/jobs").header(COOKIE, pair(&first)).send().await.unwrap();
    for _ in 0..3 {
        clock.advance(Duration::ms(2200));
        let renewed = server.get("/settings").header(COOKIE, pair(&first)).send().await.unwrap();
        assert!(renewed.status() == 200 && cookie(&renewed).contains("Max-Age="), "{:?}", renewed.headers());
    }
    server.close().await;
}

#[tokio::test]
async fn forms_are_counted_with_the_api() {
    let server = TestServer::with(&["--rate-limits", "reference"]).await;
    const WRONG: &str = "email=ada%40example.org&password=wrong+horse+battery";
    let mut refused = None;
    for n in 0..30 {
        let answer = send(&server, if n % 2 == 0 { "sign-in" } else { "verify" }, WRONG, "").await;
        if answer.status() == 429 {
            refused = Some((n, answer));
            break;
        }
    }
    let (n, answer) = refused.expect("guessing has an end");
    assert!((20..30).contains(&n), "{n}");
    assert!(answer.headers()["retry-after"].to_str().unwrap().parse::<u64>().unwrap() >= 1);
    let page = answer.text().await.unwrap();
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("rate limit"), "{page}");
    let login = server.ask(Method::POST, "/v1/auth/login").json(&serde_json::json!({ "email": "ada@example.org", "password": "x" }));
    assert_eq!(login.send().await.unwrap().status(), 429, "nor is there another door");
    let script = server.ask(Method::POST, "/_fn/sign-up").header("sec-fetch-site", "same-origin").send().await.unwrap();
    let (status, error) = (script.status(), script.json::<market::Error>().await.unwrap());
    assert_eq!((status.as_u16(), error.code.as_ref()), (429, "rate_limited"));
    assert_eq!(send(&server, "settings/rename", "name=Ada", "").await.status(), 303, "other forms go on");
    server.close().await;
}

#[tokio::test]
async fn a_key_s_life_that_cant_be_read_is_refused() {
    let server = TestServer::open().await;
    let signed = cookie(&send(&server, "sign-up", ADA, "").await);
    for (days, made) in [("3o", 0), ("-1", 0), ("99999999999999999", 0), ("30", 1), ("", 2)] {
        let body = format!("name=bot&prefix=age_&scopes[0]=*&days={days}").leak();
        send(&server, "settings/keys", body, pair(&signed)).await;
        let file = rusqlite::Connection::open(server.folder.path().join("guildhall.db")).unwrap();
        let keys: i64 = file.query_row("select count(*) from api_key", [], |row| row.get(0)).unwrap();
        assert_eq!(keys, made, "{days:?}");
        assert_eq!(records(&server).contains("\"name\":\"days\""), !matches!(days, "30" | ""), "{days:?}: {}", records(&server));
    }
    server.close().await;
}

#[tokio::test]
async fn a_session_is_renewed_by_a_visit_after_a_day() {
    let server = TestServer::open().await;
    let first = cookie(&send(&server, "sign-up", ADA, "").await);
    // The greeting after signing up is taken by the first page, which saves the session.
    server.get("/jobs").header(COOKIE, pair(&first)).send().await.unwrap();
    let quiet = server.get("/jobs").header(COOKIE, pair(&first)).send().await.unwrap();
    assert_eq!(cookie(&quiet), "", "nothing to renew on the same day");
    let file = rusqlite::Connection::open(server.folder.path().join("guildhall.db")).unwrap();
    let (record, until): (String, String) =
        file.query_row("select record, expires_at from session", [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    let sooner = days_before(&until, 10);
    file.execute("update session set record = ?1, expires_at = ?2", (record.replace(&until, &sooner), &sooner)).unwrap();
    let renewed = server.get("/jobs").header(COOKIE, pair(&first)).send().await.unwrap();
    assert!(cookie(&renewed).contains("Max-Age=2592000"), "{:?}", renewed.headers());
    let [(_, later)] = rows(&server).try_into().unwrap();
    assert!(later > sooner, "{later} after {sooner}");
    server.close().await;
}

fn days_before(time: &str, days: i64) -> String {
    market::Time::parse("time", time).unwrap().before(market::Duration::days(days)).to_string()
}
