//! Forms of pages: they act once, for the member whose page they were on, and nothing typed is lost.

use crate::test_server::{SESSION, TestServer, cookie_named, pair};
use market::Duration;
use market::time::Clock;
use reqwest::header::{ACCEPT, CONTENT_TYPE, COOKIE, LOCATION};
use reqwest::{Method, Response};
use testkit::START;

const PASSWORD: &str = "correct horse battery";

/// A form's fields as a browser sends them.
type Fields = Vec<(String, String)>;

fn fields(pairs: &[(&str, &str)]) -> Fields {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

const URL_ENCODED: &str = "application/x-www-form-urlencoded";

fn encoded(fields: &Fields) -> String {
    let pairs = fields.iter().map(|(name, value)| format!("{}={}", app::url::encode(name), app::url::encode(value)));
    pairs.collect::<Vec<_>>().join("&")
}

async fn send(server: &TestServer, form: &str, fields: &Fields, cookie: &str) -> Response {
    let request = server.ask(Method::POST, &format!("/_fn/{form}")).header(ACCEPT, "text/html").header("sec-fetch-site", "same-origin");
    request.header(CONTENT_TYPE, URL_ENCODED).header(COOKIE, cookie).body(encoded(fields)).send().await.unwrap()
}

/// Signs a member up and returns the cookie.
async fn member(server: &TestServer, name: &str) -> String {
    let email = format!("{name}@example.org");
    let signed = send(server, "sign-up", &fields(&[("name", name), ("email", &email), ("password", PASSWORD)]), "").await;
    pair(&cookie_named(&signed, SESSION)).to_owned()
}

/// Signs a member up whose address counts as verified.
async fn verified(server: &TestServer, name: &str) -> String {
    let cookie = member(server, name).await;
    let file = rusqlite::Connection::open(server.folder.path().join("guildhall.db")).unwrap();
    file.execute("update member set verified_at = created_at where name = ?1", [name]).unwrap();
    cookie
}

async fn sign_in(server: &TestServer, name: &str, cookie: &str, next: &str) -> (String, String) {
    let email = format!("{name}@example.org");
    let signed = send(server, "sign-in", &fields(&[("email", &email), ("password", PASSWORD), ("next", next)]), cookie).await;
    (pair(&cookie_named(&signed, SESSION)).to_owned(), to(&signed))
}

fn to(response: &Response) -> String {
    response.headers()[LOCATION].to_str().unwrap().to_owned()
}

async fn page(server: &TestServer, path: &str, cookie: &str) -> String {
    let page = server.get(path).header(ACCEPT, "text/html").header(COOKIE, cookie).send().await.unwrap();
    assert_eq!(page.status(), 200, "{path}");
    page.text().await.unwrap()
}

/// The hidden fields of a form on a page.
async fn hidden(server: &TestServer, path: &str, form: &str, cookie: &str) -> Fields {
    let html = page(server, path, cookie).await;
    let (_, form) = html.split_once(&format!("action=\"/_fn/{form}\"")).expect("the form is there");
    let form = form.split("</form>").next().unwrap();
    let value = |input: &str, name: &str| Some(input.split_once(&format!("{name}=\""))?.1.split('"').next()?.to_owned());
    let inputs = form.split("<input ").skip(1).filter_map(|input| input.split('>').next());
    let hidden = inputs.filter(|input| input.contains("type=\"hidden\""));
    hidden.filter_map(|input| Some((value(input, "name")?, value(input, "value")?))).collect()
}

fn count(server: &TestServer, table: &str) -> i64 {
    let file = rusqlite::Connection::open(server.folder.path().join("guildhall.db")).unwrap();
    file.query_row(&format!("select count(*) from {table}"), [], |row| row.get(0)).unwrap()
}

fn names(server: &TestServer) -> Vec<String> {
    let file = rusqlite::Connection::open(server.folder.path().join("guildhall.db")).unwrap();
    let mut rows = file.prepare("select name from member order by id").unwrap();
    rows.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

#[tokio::test]
async fn a_second_press_is_answered_like_the_first() {
    let server = TestServer::open().await;
    let ada = verified(&server, "ada").await;
    let before = count(&server, "team");
    let form = [hidden(&server, "/team", "teams", &ada).await, fields(&[("name", "Smiths")])].concat();
    let (one, two) = tokio::join!(send(&server, "teams", &form, &ada), send(&server, "teams", &form, &ada));
    assert_eq!((to(&one), to(&two)), ("/team".to_owned(), "/team".to_owned()));
    assert_eq!(count(&server, "team"), before + 1);
    let notice = |response: &Response| cookie_named(response, "notice");
    assert!(!notice(&one).is_empty() && notice(&one) == notice(&two));
    assert!(page(&server, "/team", &ada).await.contains("Smiths"), "the browser acts for it");
    // A form drawn anew is meant anew.
    let again = [hidden(&server, "/team", "teams", &ada).await, fields(&[("name", "Smiths")])].concat();
    assert_ne!(again, form);
    send(&server, "teams", &again, &ada).await;
    assert_eq!(count(&server, "team"), before + 2);
    server.close().await;
}

#[tokio::test]
async fn a_form_that_was_sent_and_changed_is_asked_about() {
    let server = TestServer::open().await;
    let ada = verified(&server, "ada").await;
    let before = count(&server, "team");
    let drawn = hidden(&server, "/team", "teams", &ada).await;
    send(&server, "teams", &[drawn.clone(), fields(&[("name", "Smiths")])].concat(), &ada).await;
    // The browser went back.
    let sent = send(&server, "teams", &[drawn, fields(&[("name", "Joiners")])].concat(), &ada).await;
    assert_eq!(to(&sent), "/team");
    let page = page(&server, "/team", &ada).await;
    assert!(page.contains("This form was sent before") && page.contains("value=\"Joiners\""), "{page}");
    assert_eq!(count(&server, "team"), before + 1);
    server.close().await;
}

#[tokio::test]
async fn equal_forms_of_an_older_page_are_one_press_for_a_minute() {
    let clock = Clock::manual(START);
    let server = TestServer::at(&clock, &[]).await;
    let ada = verified(&server, "ada").await;
    let before = count(&server, "team");
    let form = fields(&[("name", "Smiths")]);
    tokio::join!(send(&server, "teams", &form, &ada), send(&server, "teams", &form, &ada));
    assert_eq!(count(&server, "team"), before + 1);
    clock.advance(Duration::ms(60_001));
    for _ in 0..2 {
        send(&server, "teams", &form, &ada).await;
    }
    assert_eq!(count(&server, "team"), before + 2, "later it is meant");
    server.close().await;
}

#[tokio::test]
async fn a_second_press_for_a_key_makes_none_and_says_so() {
    let server = TestServer::open().await;
    let ada = member(&server, "ada").await;
    let drawn = hidden(&server, "/settings/keys", "settings/keys", &ada).await;
    let form = [drawn, fields(&[("name", "bot"), ("prefix", "age_"), ("scopes[0]", "jobs:read"), ("days", "30")])].concat();
    let first = send(&server, "settings/keys", &form, &ada).await;
    let second = send(&server, "settings/keys", &form, &ada).await;
    assert!(!cookie_named(&first, "new_key").is_empty() && cookie_named(&second, "new_key").is_empty());
    assert!(cookie_named(&second, "notice").contains("first%20press"), "{:?}", second.headers());
    assert_eq!(count(&server, "api_key"), 1);
    server.close().await;
}

#[tokio::test]
async fn a_form_of_one_member_does_nothing_for_another() {
    let server = TestServer::open().await;
    let (ada, bea) = (member(&server, "ada").await, member(&server, "bea").await);
    let drawn = hidden(&server, "/settings", "settings/rename", &ada).await;
    assert_eq!(drawn.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["_page", "_mark", "_once"]);
    let form = [drawn, fields(&[("name", "Ada Lovelace")])].concat();
    let sent = send(&server, "settings/rename", &form, &bea).await;
    assert_eq!(to(&sent), "/settings");
    let shown = page(&server, "/settings", &bea).await;
    assert!(shown.contains("You are signed in as bea now") && shown.contains("value=\"Ada Lovelace\""), "{shown}");
    assert_eq!(names(&server), ["ada", "bea"]);
    // A mark that was not made here tells nothing.
    let forged = fields(&[("_page", "/settings"), ("_mark", "user_x.abc"), ("name", "Beatrix")]);
    send(&server, "settings/rename", &forged, &bea).await;
    assert_eq!(names(&server), ["ada", "Beatrix"]);
    server.close().await;
}

#[tokio::test]
async fn a_script_of_one_member_does_nothing_for_another() {
    let server = TestServer::open().await;
    let (ada, bea) = (member(&server, "ada").await, member(&server, "bea").await);
    let form = [hidden(&server, "/settings", "settings/rename", &ada).await, fields(&[("name", "Ada Lovelace")])].concat();
    let script =
        server.ask(Method::POST, "/_fn/settings/rename").header(ACCEPT, "application/json").header("sec-fetch-site", "same-origin");
    let sent = script.header(CONTENT_TYPE, URL_ENCODED).header(COOKIE, &bea).body(encoded(&form)).send().await.unwrap();
    assert_eq!(sent.status(), 409);
    assert_eq!(names(&server), ["ada", "bea"]);
    server.close().await;
}

#[tokio::test]
async fn a_preview_is_rendered_for_members_alone_and_stored_nowhere() {
    let server = TestServer::open().await;
    let ada = member(&server, "ada").await;
    let preview = async |text: &str, kind: &str, cookie: &str| {
        let script =
            server.ask(Method::POST, "/_fn/text/preview").header(ACCEPT, "application/json").header("sec-fetch-site", "same-origin");
        let body = encoded(&fields(&[("text", text), ("kind", kind)]));
        let sent = script.header(CONTENT_TYPE, URL_ENCODED).header(COOKIE, cookie).body(body).send().await.unwrap();
        (sent.status().as_u16(), sent.text().await.unwrap())
    };
    let (status, shown) = preview("**all** <script>", "prose", &ada).await;
    assert!(status == 200 && shown.contains("<strong>all</strong>") && !shown.contains("<script"), "{shown}");
    let (status, shown) = preview("a,b\n1,2\n3,4", "work", &ada).await;
    assert!(status == 200 && shown.contains("<table"), "{shown}");
    assert_eq!(preview("Net.", "prose", "").await.0, 401);
    assert_eq!(preview(&"x".repeat(200_001), "prose", &ada).await.0, 400);
    server.close().await;
}

#[tokio::test]
async fn a_form_that_came_too_late_is_there_again_after_signing_in() {
    let server = TestServer::open().await;
    let (ada, _) = (member(&server, "ada").await, member(&server, "bea").await);
    let bio = "a line of the text\r\n".repeat(3_000);
    let form = [hidden(&server, "/settings/agent", "settings/agent", &ada).await, fields(&[("name", "Ada"), ("bio", &bio)])].concat();
    send(&server, "sign-out", &Fields::new(), &ada).await;
    let late = send(&server, "settings/agent", &form, "").await;
    assert_eq!(to(&late), "/sign-in?next=/settings/agent");
    let stranger = pair(&cookie_named(&late, SESSION)).to_owned();
    assert!(page(&server, "/sign-in", &stranger).await.contains("You are signed out"));
    // Somebody else at this browser does not read it.
    let (bea, next) = sign_in(&server, "bea", &stranger, "/jobs").await;
    assert_eq!(next, "/jobs");
    assert!(!page(&server, "/settings/agent", &bea).await.contains("a line of the text"));
    let (ada, next) = sign_in(&server, "ada", "", "/jobs").await;
    assert_eq!(next, "/settings/agent");
    let shown = page(&server, &next, &ada).await;
    assert!(shown.contains("You are signed in again") && shown.matches("a line of the text").count() == 3_000);
    assert_eq!((count(&server, "agent"), count(&server, "unsent_form")), (0, 0));
    server.close().await;
}

#[tokio::test]
async fn a_long_text_survives_a_refused_form() {
    let server = TestServer::open().await;
    let ada = member(&server, "ada").await;
    let work = "a line of the work\r\n".repeat(10_000);
    let form =
        [hidden(&server, "/settings/agent", "settings/agent", &ada).await, fields(&[("name", ""), ("kind", "agent"), ("bio", &work)])];
    send(&server, "settings/agent", &form.concat(), &ada).await;
    let shown = page(&server, "/settings/agent", &ada).await;
    assert_eq!(shown.matches("a line of the work").count(), 10_000);
    server.close().await;
}

#[tokio::test]
async fn strangers_leave_two_kib_at_most() {
    let server = TestServer::open().await;
    let long = "x".repeat(30_000);
    for form in ["sign-up", "sign-in", "jobs/post"] {
        send(&server, form, &fields(&[("name", "Ada"), ("email", "ada"), ("description", &long), ("title", &long)]), "").await;
    }
    let file = rusqlite::Connection::open(server.folder.path().join("guildhall.db")).unwrap();
    let longest: i64 = file.query_row("select max(length(record)) from session", [], |row| row.get(0)).unwrap();
    assert!(longest < 2_300, "{longest}");
    server.close().await;
}

#[tokio::test]
async fn money_moves_by_forms_as_often_as_by_the_api_whatever_the_address() {
    let server = TestServer::with(&["--rate-limits", "reference", "--trust-proxy"]).await;
    let cookie = verified(&server, "Ada").await;
    let fund = async |n: u32| {
        let request = server.ask(Method::POST, "/_fn/jobs/fund").header("sec-fetch-site", "same-origin").header(CONTENT_TYPE, URL_ENCODED);
        let request = request.header("x-forwarded-for", format!("203.0.113.{n}")).header(COOKIE, &cookie);
        request.body(encoded(&fields(&[("job", &format!("job_{n}"))]))).send().await.unwrap()
    };
    for n in 0..3 {
        assert_eq!(fund(n).await.status(), 404);
    }
    let refused = fund(3).await;
    assert_eq!(refused.status(), 429);
    assert!(refused.text().await.unwrap().contains("rate_limited"));
    server.close().await;
}

#[tokio::test]
async fn pages_are_counted_by_address() {
    let server = TestServer::with(&["--rate-limits", "reference", "--trust-proxy"]).await;
    let read = async |address: &'static str| {
        let request = server.get("/unsubscribe").header(ACCEPT, "text/html").header("x-forwarded-for", address);
        request.send().await.unwrap().status()
    };
    let mut refused = None;
    for n in 0..2_400 {
        if read("203.0.113.1").await == 429 {
            refused = Some(n);
            break;
        }
    }
    assert!(refused.is_some_and(|n| n >= 1_200), "{refused:?}");
    assert_eq!(read("203.0.113.2").await, 200, "another address has its own");
    server.close().await;
}
