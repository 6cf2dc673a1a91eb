//! Signing in by a form: the cookie, the row behind it, and their end.

use crate::house::House;
use reqwest::header::{ACCEPT, CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use reqwest::{Method, Response};

async fn send(house: &House, form: &str, body: &'static str, cookie: &str) -> Response {
    let request = house.ask(Method::POST, &format!("/_fn/{form}")).header(ACCEPT, "text/html").header("sec-fetch-site", "same-origin");
    let request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded").header(COOKIE, cookie);
    request.body(body).send().await.unwrap()
}

fn cookie(response: &Response) -> String {
    response.headers().get(SET_COOKIE).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
}

/// What a browser sends back.
fn pair(cookie: &str) -> &str {
    cookie.split(';').next().unwrap()
}

/// The row that a cookie finds, and when it expires.
fn rows(house: &House) -> Vec<(String, String)> {
    let file = rusqlite::Connection::open(house.folder.path().join("guildhall.db")).unwrap();
    let mut rows = file.prepare("select id, expires_at from session order by id").unwrap();
    rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect()
}

const ADA: &str = "name=Ada&email=ada%40example.org&password=correct+horse+battery";

#[tokio::test]
async fn a_session_is_a_careful_cookie_and_a_row_that_does_not_tell_it() {
    let house = House::open().await;
    assert!(rows(&house).is_empty());
    let signed = send(&house, "sign-up", ADA, "").await;
    assert_eq!(signed.status(), 303, "{:?}", signed.headers().get(LOCATION));
    let cookie = cookie(&signed);
    for part in ["guildhall_session=", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=2592000"] {
        assert!(cookie.contains(part), "{part}: {cookie}");
    }
    assert!(!cookie.contains("Secure"), "there is no TLS on loopback: {cookie}");
    let value = pair(&cookie).split_once('=').unwrap().1.to_owned();
    let [(row, _)] = rows(&house).try_into().unwrap();
    assert!(!row.contains(&value) && row.len() == 64, "the row is found by a hash: {row}");
    let page = house.get("/settings").header(COOKIE, pair(&cookie)).send().await.unwrap();
    assert_eq!(page.status(), 200);
    house.close().await;
}

#[tokio::test]
async fn signing_in_takes_a_new_id_and_signing_out_ends_it() {
    let house = House::open().await;
    let first = cookie(&send(&house, "sign-up", ADA, "").await);
    let signed = send(&house, "sign-in", "email=ada%40example.org&password=correct+horse+battery", pair(&first)).await;
    let second = cookie(&signed);
    assert!(second.contains("guildhall_session=") && pair(&second) != pair(&first), "{first} {second}");
    assert_eq!(rows(&house).len(), 1, "the first is gone");
    for (cookie, status) in [(pair(&first), 303), (pair(&second), 200)] {
        let page = house.get("/settings").header(COOKIE, cookie).send().await.unwrap();
        assert_eq!(page.status() == 200, status == 200, "{cookie}: {}", page.status());
    }
    let out = send(&house, "sign-out", "", pair(&second)).await;
    assert!(cookie(&out).contains("Max-Age=0"), "{:?}", out.headers());
    assert!(rows(&house).is_empty());
    house.close().await;
}

#[tokio::test]
async fn a_failed_sign_in_leaves_a_word_but_signs_nobody_in() {
    let house = House::open().await;
    let refused = send(&house, "sign-in", "email=ada%40example.org&password=wrong+horse+battery", "").await;
    assert_eq!(refused.status(), 303);
    let cookie = cookie(&refused);
    let page = house.get("/settings").header(COOKIE, pair(&cookie)).send().await.unwrap();
    assert_ne!(page.status(), 200);
    house.close().await;
}

#[tokio::test]
async fn a_session_is_renewed_by_a_visit_after_a_day() {
    let house = House::open().await;
    let first = cookie(&send(&house, "sign-up", ADA, "").await);
    // The greeting after signing up is taken by the first page, which saves the session.
    house.get("/jobs").header(COOKIE, pair(&first)).send().await.unwrap();
    let quiet = house.get("/jobs").header(COOKIE, pair(&first)).send().await.unwrap();
    assert_eq!(cookie(&quiet), "", "nothing to renew on the same day");
    let file = rusqlite::Connection::open(house.folder.path().join("guildhall.db")).unwrap();
    let (record, until): (String, String) =
        file.query_row("select record, expires_at from session", [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    let sooner = days_before(&until, 10);
    file.execute("update session set record = ?1, expires_at = ?2", (record.replace(&until, &sooner), &sooner)).unwrap();
    let renewed = house.get("/jobs").header(COOKIE, pair(&first)).send().await.unwrap();
    assert!(cookie(&renewed).contains("Max-Age=2592000"), "{:?}", renewed.headers());
    let [(_, later)] = rows(&house).try_into().unwrap();
    assert!(later > sooner, "{later} after {sooner}");
    house.close().await;
}

fn days_before(time: &str, days: i64) -> String {
    market::Time::parse("time", time).unwrap().before(market::Span::days(days)).to_string()
}
