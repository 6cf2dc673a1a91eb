//! A server that takes payments by a fake Stripe and hears its events, and a member of it.

use super::fake::Fake;
use crate::test_server::{SESSION, TestServer, cookie_named, pair};
use market::db::Tx;
use market::ledger::{self, Account, Entry, Reason};
use market::time::Clock;
use market::{Actor, Money, id};
use reqwest::header::{ACCEPT, CONTENT_TYPE, COOKIE, LOCATION};
use reqwest::{Method, Response};
use serde_json::{Value, json};
use testkit::{PASSWORD, act, eventually, read};

const SECRET: &str = "whsec_of_this_test";
const CONNECT_SECRET: &str = "whsec_of_connected_accounts";
const EMAIL: &str = "larkin@example.org";
const URL_ENCODED: &str = "application/x-www-form-urlencoded";

pub(super) struct Shop {
    pub(super) server: TestServer,
    pub(super) fake: Fake,
    cookie: String,
    key: String,
}

impl Shop {
    /// Opens a server with a member whose address is verified, who has a session and a key.
    pub(super) async fn open() -> Self {
        Self::at(&Clock::System).await
    }

    /// Opens it by this clock.
    pub(super) async fn at(clock: &Clock) -> Self {
        let shop = Self::with_newcomer(clock).await;
        act!(shop.server, member::verify_email(EMAIL)).expect("verifies");
        shop
    }

    /// Opens a server that holds the money of deposits as long as Stripe's do by default.
    pub(super) async fn holding() -> Self {
        let shop = Self::with_hold(&Clock::System, "7").await;
        act!(shop.server, member::verify_email(EMAIL)).expect("verifies");
        shop
    }

    /// Opens a server with a member whose address is not verified.
    pub(super) async fn with_newcomer(clock: &Clock) -> Self {
        Self::with_hold(clock, "0").await
    }

    /// Like [`Shop::with_newcomer`], where money of deposits is held for so many days.
    async fn with_hold(clock: &Clock, days: &str) -> Self {
        let (fake, listener) = Fake::bind().await;
        let secrets = format!("{SECRET},{CONNECT_SECRET}");
        let line = [
            "--stripe-key",
            "sk_test_of_this_test",
            "--stripe-webhook-secret",
            &secrets,
            "--stripe-url",
            &fake.url,
            "--payout-hold-days",
            days,
        ];
        let server = TestServer::at(clock, &line).await;
        let webhook = format!("{}/stripe/webhook", server.url);
        tokio::spawn(fake_stripe::serve(listener, webhook.clone(), SECRET.to_owned()));
        fake.steer("webhook", json!({ "url": webhook, "secret": CONNECT_SECRET, "connect": true })).await;
        let mut shop = Self { server, fake, cookie: String::new(), key: String::new() };
        let signed = shop.form("sign-up", &[("name", "larkin"), ("email", EMAIL), ("password", PASSWORD)]).await;
        shop.cookie = pair(&cookie_named(&signed, SESSION)).to_owned();
        let login = shop.api(Method::POST, "/api/auth/login", json!({ "email": EMAIL, "password": PASSWORD })).await;
        let request = shop.server.ask(Method::POST, "/api/agent/api-key").bearer_auth(login["access_token"].as_str().unwrap());
        let made: Value = request.json(&json!({ "name": "test", "scopes": ["*"] })).send().await.unwrap().json().await.unwrap();
        shop.key = made["api_key"].as_str().unwrap().to_owned();
        shop
    }

    pub(super) async fn form(&self, form: &str, fields: &[(&str, &str)]) -> Response {
        let body: Vec<_> = fields.iter().map(|(name, value)| format!("{name}={}", app::url::encode(value))).collect();
        let request =
            self.server.ask(Method::POST, &format!("/_fn/{form}")).header(ACCEPT, "text/html").header("sec-fetch-site", "same-origin");
        request.header(CONTENT_TYPE, URL_ENCODED).header(COOKIE, &self.cookie).body(body.join("&")).send().await.unwrap()
    }

    pub(super) async fn page(&self, path: &str) -> String {
        let page = self.server.get(path).header(ACCEPT, "text/html").header(COOKIE, &self.cookie).send().await.unwrap();
        assert_eq!(page.status(), 200, "{path}");
        page.text().await.unwrap()
    }

    /// Calls the API by the member's key; any status.
    pub(super) async fn try_api(&self, method: Method, path: &str, body: Value) -> (u16, Value) {
        let request = self.server.ask(method, path).header("X-API-Key", &self.key);
        let request = if body.is_null() { request } else { request.json(&body) };
        let answer = request.send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    pub(super) async fn api(&self, method: Method, path: &str, body: Value) -> Value {
        let (status, answer) = self.try_api(method, path, body).await;
        assert!(status < 300, "{path} answered {status}: {answer}");
        answer
    }

    pub(super) async fn get(&self, path: &str) -> Value {
        self.api(Method::GET, path, Value::Null).await
    }

    /// The member as the key's actor.
    pub(super) async fn actor(&self) -> Actor {
        read!(self.server, key::actor(&self.key)).expect("reads")
    }

    /// The cents that are available.
    pub(super) async fn available(&self) -> i64 {
        self.get("/api/wallet").await["available"].as_i64().unwrap()
    }

    /// Takes money out of the wallet, as a job would.
    pub(super) async fn spend(&self, cents: i64) {
        let team = self.actor().await.team;
        let mut tx: Tx = self.server.market.begin().await.expect("begins");
        let entry = Entry::nth(Reason::Feature, "job", &id::random("x")).debit(Account::wallet(&team), Money(cents));
        ledger::post(&mut tx, &entry.credit(Account::fees(), Money(cents))).await.expect("is there");
        tx.commit().await.expect("commits");
    }

    /// Opens a deposit by the wallet's form and returns the address of its page.
    pub(super) async fn deposit(&self, amount: &str, method: &str) -> String {
        let once = id::secret(20);
        let opened = self.form("wallet/deposit", &[("amount", amount), ("method", method), ("back", ""), ("_once", &once)]).await;
        assert_eq!(opened.status(), 303, "{}", opened.text().await.unwrap());
        let to = opened.headers()[LOCATION].to_str().unwrap().to_owned();
        assert!(to.starts_with("/wallet/deposits/cs_"), "{to}");
        to
    }

    /// The only session of a deposit, by the deposit's page.
    pub(super) async fn session(&self, page: &str) -> String {
        let session = self.fake.the_one("checkout.session", "client_reference_id", page.rsplit('/').next().unwrap()).await;
        session["id"].as_str().unwrap().to_owned()
    }

    /// Pays on the fake's page and returns where the payer is sent.
    pub(super) async fn pay(&self, session: &str, how: &str) -> String {
        let to = self.fake.press(&format!("/pay/{session}/{how}"), "").await;
        to.strip_prefix(&self.server.url).unwrap().to_owned()
    }

    pub(super) async fn says(&self, path: &str, words: &str) {
        eventually(words, async || self.page(path).await.contains(words)).await;
    }

    /// Waits for a mail of this subject to the member.
    pub(super) async fn is_mailed(&self, subject: &str) {
        let list = async || {
            let page = self.page("/sandbox/mail").await;
            page.split("<tr").any(|row| row.contains(EMAIL) && row.contains(subject))
        };
        eventually(subject, list).await;
    }

    /// The names of the events about a thing, oldest first.
    pub(super) async fn happenings(&self, subject: &str) -> Vec<String> {
        let events = testkit::event::of_subject(&mut self.server.market.read().await.unwrap(), subject).await.expect("reads");
        events.into_iter().map(|event| event.name).collect()
    }

    /// Proves that the ledger is sound, and stops the server.
    pub(super) async fn close(self) {
        let audit = self.server.market.audit().await.expect("audits");
        assert_eq!(audit.findings, Vec::<String>::new(), "the ledger is sound");
        self.server.close().await;
    }
}
