//! The pages' stream of events, the end of streams when the program stops, and two programs on one database.

use crate::child::{Served, program};
use crate::postgres::database;
use crate::test_server::{Folder, SESSION, TestServer, cookie_named, pair};
use reqwest::header::{ACCEPT, CONTENT_TYPE, COOKIE};
use reqwest::{Client, Method, Response};
use serde_json::{Value, json};
use std::time::Duration;

/// The time limit for a message: longer than any takes.
const SOON: Duration = Duration::from_secs(20);

/// Reads on until the stream has said this, or ended.
async fn until(stream: &mut Response, word: &str) -> String {
    let mut heard = String::new();
    while !heard.contains(word) {
        let next = tokio::time::timeout(SOON, stream.chunk()).await.unwrap_or_else(|_| panic!("{word} comes: {heard}"));
        match next.unwrap() {
            Some(bytes) => heard.push_str(std::str::from_utf8(&bytes).unwrap()),
            None => break,
        }
    }
    heard
}

/// Signed up by form: what a browser sends back.
async fn cookie(client: &Client, url: &str) -> String {
    let form = client.post(format!("{url}/_fn/sign-up")).header(ACCEPT, "text/html").header("sec-fetch-site", "same-origin");
    let form = form.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
    let signed = form.body("name=Ada&email=ada%40example.org&password=correct+horse+battery").send().await.unwrap();
    pair(&cookie_named(&signed, SESSION)).to_owned()
}

async fn send(client: &Client, path: String, token: &str, body: Value) -> Value {
    let answer = client.post(path).bearer_auth(token).json(&body).send().await.unwrap();
    assert!(answer.status().is_success(), "{}", answer.text().await.unwrap());
    answer.json().await.unwrap()
}

/// Logged in by program.
async fn token(client: &Client, url: &str) -> String {
    let who = json!({ "email": "ada@example.org", "password": "correct horse battery" });
    send(client, format!("{url}/api/auth/login"), "", who).await["access_token"].as_str().unwrap().to_owned()
}

/// Ten dollars arrive in the wallet: something that is told.
async fn deposit(client: &Client, url: &str, token: &str) {
    let deposit = send(client, format!("{url}/api/credits/deposit"), token, json!({ "amount": 10.00 })).await;
    let pay = client.post(format!("{url}/_fn/sandbox/pay")).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
    let paid = pay.body(format!("deposit={}", deposit["id"].as_str().unwrap())).send().await.unwrap();
    assert!(paid.status().is_success() || paid.status().is_redirection(), "{}", paid.status());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_listen_by_their_session_until_it_ends() {
    let server = TestServer::open().await;
    assert_eq!(server.get("/events").send().await.unwrap().status(), 401);
    let cookie = cookie(&server.client, &server.url).await;
    let mut stream = server.get("/events").header(COOKIE, &cookie).send().await.unwrap();
    assert_eq!((stream.status(), &stream.headers()[CONTENT_TYPE]), (200.try_into().unwrap(), &"text/event-stream".parse().unwrap()));
    assert!(!stream.headers().contains_key("content-encoding"));
    let began = until(&mut stream, "\n\n").await;
    let id = began.lines().find_map(|line| line.strip_prefix("id: ")).unwrap().to_owned();
    let token = token(&server.client, &server.url).await;
    deposit(&server.client, &server.url, &token).await;
    let heard = until(&mut stream, "\n\n").await;
    assert!(heard.contains("\"type\":\"deposit.paid\"") && heard.contains("\"amount\":1000"), "{heard}");
    assert!(!heard.contains("event: "), "one listener hears all of it: {heard}");
    let mut again = server.get("/events").header(COOKIE, &cookie).header("last-event-id", id).send().await.unwrap();
    assert_eq!(until(&mut again, "\n\n").await, heard, "what was missed comes first");
    let out = server.ask(Method::POST, "/_fn/sign-out").header(ACCEPT, "text/html").header("sec-fetch-site", "same-origin");
    out.header(CONTENT_TYPE, "application/x-www-form-urlencoded").header(COOKIE, &cookie).body("").send().await.unwrap();
    let ended = tokio::time::timeout(Duration::from_secs(1), until(&mut stream, "never")).await.expect("within a second");
    assert!(ended.contains("is no longer valid"), "{ended}");
    server.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_program_that_stops_tells_its_listeners_to_come_back() {
    let folder = Folder::new();
    let served = Served::start(folder.path());
    let client = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let cookie = cookie(&client, &served.url).await;
    let mut stream = client.get(format!("{}/events", served.url)).header(COOKIE, &cookie).send().await.unwrap();
    until(&mut stream, "\n\n").await;
    served.terminate();
    let rest = until(&mut stream, "never").await;
    assert!(rest.contains("\nretry: "), "{rest}");
    assert_eq!(served.wait().code(), Some(0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_programs_on_one_database_tell_each_others_events() {
    let (folder, database) = (Folder::new(), database().await);
    let start = |folder: &str| {
        let mut command = program();
        let secret = "0123456789abcdef0123456789abcdef";
        command.args(["--listen", "127.0.0.1:0", "--rate-limits", "off", "--database", &database, "--data", folder, "--secret", secret]);
        Served::of(command)
    };
    let (here, there) = (start(folder.path().to_str().unwrap()), start(folder.path().join("there").to_str().unwrap()));
    let client = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    cookie(&client, &here.url).await;
    let token = token(&client, &there.url).await;
    let listen = async |url: &str| client.get(format!("{url}/api/agent/events")).bearer_auth(&token).send().await.unwrap();
    let mut streams = [listen(&here.url).await, listen(&there.url).await];
    for stream in &mut streams {
        until(stream, "\n\n").await;
    }
    for url in [&here.url, &there.url] {
        deposit(&client, url, &token).await;
        for stream in &mut streams {
            let heard = until(stream, "\n\n").await;
            assert!(heard.contains("event: deposit.paid\n"), "{heard}");
        }
    }
    for served in [here, there] {
        served.terminate();
        assert_eq!(served.wait().code(), Some(0));
    }
}
