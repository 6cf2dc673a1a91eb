//! Deposits by Stripe, on a fake Stripe that speaks the real wire: payers on its pages, signed events, lost answers, lost events.

use crate::test_server::{SESSION, TestServer, cookie_named, pair};
use reqwest::header::{ACCEPT, CONTENT_TYPE, COOKIE, LOCATION};
use reqwest::{Client, Method, Response};
use serde_json::{Value, json};
use testkit::eventually;
use tokio::net::TcpListener;

const SECRET: &str = "whsec_of_this_test";
const URL_ENCODED: &str = "application/x-www-form-urlencoded";

/// A server that takes deposits by a fake Stripe, and a member of it.
struct Shop {
    server: TestServer,
    stripe: String,
    http: Client,
    cookie: String,
}

impl Shop {
    async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let stripe = format!("http://{}", listener.local_addr().unwrap());
        let line = ["--stripe-key", "sk_test_of_this_test", "--stripe-webhook-secret", SECRET, "--stripe-url", &stripe];
        let server = TestServer::with(&line).await;
        tokio::spawn(fake_stripe::serve(listener, format!("{}/stripe/webhook", server.url), SECRET.to_owned()));
        let http = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let mut shop = Self { server, stripe, http, cookie: String::new() };
        let signed =
            shop.form("sign-up", &[("name", "larkin"), ("email", "larkin@example.org"), ("password", "correct horse battery")]).await;
        shop.cookie = pair(&cookie_named(&signed, SESSION)).to_owned();
        shop
    }

    async fn form(&self, form: &str, fields: &[(&str, &str)]) -> Response {
        let body: Vec<_> = fields.iter().map(|(name, value)| format!("{name}={}", app::url::encode(value))).collect();
        let request =
            self.server.ask(Method::POST, &format!("/_fn/{form}")).header(ACCEPT, "text/html").header("sec-fetch-site", "same-origin");
        request.header(CONTENT_TYPE, URL_ENCODED).header(COOKIE, &self.cookie).body(body.join("&")).send().await.unwrap()
    }

    async fn page(&self, path: &str) -> String {
        let page = self.server.get(path).header(ACCEPT, "text/html").header(COOKIE, &self.cookie).send().await.unwrap();
        assert_eq!(page.status(), 200, "{path}");
        page.text().await.unwrap()
    }

    /// Opens a deposit by the wallet's form and returns the address of its page.
    async fn deposit(&self, amount: &str, method: &str) -> String {
        let once = market::id::secret(20);
        let opened = self.form("wallet/deposit", &[("amount", amount), ("method", method), ("back", ""), ("_once", &once)]).await;
        assert_eq!(opened.status(), 303, "{}", opened.text().await.unwrap());
        let to = opened.headers()[LOCATION].to_str().unwrap().to_owned();
        assert!(to.starts_with("/wallet/deposits/cs_"), "{to}");
        to
    }

    /// Steers the fake.
    async fn steer(&self, what: &str, how: Value) {
        let steered = self.http.post(format!("{}/_test/{what}", self.stripe)).json(&how).send().await.unwrap();
        assert_eq!(steered.status(), 200, "{what}");
    }

    async fn sessions(&self) -> Vec<Value> {
        self.http.get(format!("{}/_test/sessions", self.stripe)).send().await.unwrap().json().await.unwrap()
    }

    /// The only session, by its deposit's page.
    async fn session(&self, page: &str) -> String {
        let deposit = page.rsplit('/').next().unwrap();
        let all = self.sessions().await;
        let mut own = all.iter().filter(|session| session["client_reference_id"] == deposit);
        let session = own.next().unwrap()["id"].as_str().unwrap().to_owned();
        assert!(own.next().is_none(), "a deposit has one session");
        session
    }

    /// Pays on the fake's page and returns where the payer is sent.
    async fn pay(&self, session: &str, how: &str) -> String {
        let paid = self.http.post(format!("{}/pay/{session}/{how}", self.stripe)).send().await.unwrap();
        assert_eq!(paid.status(), 303);
        paid.headers()[LOCATION].to_str().unwrap().strip_prefix(&self.server.url).unwrap().to_owned()
    }

    async fn says(&self, path: &str, words: &str) {
        eventually(words, async || self.page(path).await.contains(words)).await;
    }

    async fn close(self) {
        self.server.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_pays_with_its_fee_and_the_wallet_has_it_at_once() {
    let shop = Shop::open().await;
    let page = shop.deposit("100", "card").await;
    shop.says(&page, "106.00 is to be paid").await;
    let session = shop.session(&page).await;
    assert!(shop.page(&page).await.contains(&format!("{}/pay/{session}", shop.stripe)));
    let back = shop.pay(&session, "card").await;
    assert_eq!(back, format!("{page}?step=done"));
    shop.says(&back, "100.00 is in your wallet").await;
    assert!(shop.page("/wallet").await.contains("100.00"));
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bank_debit_is_on_its_way_for_days_and_may_fail() {
    let shop = Shop::open().await;
    for (pays, words) in [(true, "100.00 is in your wallet"), (false, "The bank did not pay 100.90")] {
        let page = shop.deposit("100", "bank_debit").await;
        let session = shop.session(&page).await;
        shop.pay(&session, "debit").await;
        shop.says(&page, "Your bank was asked for 100.90").await;
        shop.says("/wallet", "100.00 is on the way").await;
        shop.steer("bank", json!({ "session": session, "pays": pays })).await;
        shop.says(&page, words).await;
    }
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_return_page_alone_credits_nothing() {
    let shop = Shop::open().await;
    let page = shop.deposit("50", "card").await;
    shop.steer("events", json!({ "hold": true })).await;
    let back = shop.pay(&shop.session(&page).await, "card").await;
    assert!(shop.page(&back).await.contains("is being confirmed"));
    assert!(shop.page("/wallet").await.contains("Nothing moved yet"));
    shop.steer("events", json!({ "hold": false })).await;
    shop.says(&back, "50.00 is in your wallet").await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn stripe_is_asked_again_under_the_same_key() {
    let shop = Shop::open().await;
    shop.steer("trouble", json!({ "status": 500, "times": 1 })).await;
    let page = shop.deposit("20", "card").await;
    shop.session(&page).await;
    // Refused three times, the deposit has no checkout. A second press of the same form finds it and asks again.
    shop.steer("trouble", json!({ "status": 429, "times": 3 })).await;
    let press = async || shop.form("wallet/deposit", &[("amount", "30"), ("method", "card"), ("back", "")]).await;
    let refused = press().await;
    assert_eq!(refused.headers()[LOCATION], "/", "without a page of its own it leads home");
    let page = press().await.headers()[LOCATION].to_str().unwrap().to_owned();
    shop.session(&page).await;
    assert_eq!(shop.sessions().await.len(), 2);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn money_that_is_taken_back_leaves_the_wallet() {
    let shop = Shop::open().await;
    let page = shop.deposit("100", "card").await;
    let session = shop.session(&page).await;
    shop.pay(&session, "card").await;
    shop.says(&page, "100.00 is in your wallet").await;
    let reversal = |status: &str| json!({ "id": "dp_1", "session": session, "amount": 10_600, "status": status });
    shop.steer("reversal", reversal("needs_response")).await;
    shop.says(&page, "100.00 of 100.00 was taken back").await;
    shop.steer("reversal", reversal("won")).await;
    shop.says(&page, "100.00 is in your wallet").await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_stripe_did_not_sign_is_refused() {
    let shop = Shop::open().await;
    let post = async |signature: &str, body: Vec<u8>| {
        let request = shop.http.post(format!("{}/stripe/webhook", shop.server.url)).header("Stripe-Signature", signature);
        request.body(body).send().await.unwrap().status().as_u16()
    };
    assert_eq!(post("", b"{}".to_vec()).await, 400);
    assert_eq!(post("t=1,v1=00", b"{}".to_vec()).await, 400);
    assert_eq!(post(&format!("t=1700000000,v1={}", "0".repeat(64)), b"{}".to_vec()).await, 400);
    assert_eq!(post("", vec![b' '; (256 << 10) + 1]).await, 413);
    shop.close().await;
}
