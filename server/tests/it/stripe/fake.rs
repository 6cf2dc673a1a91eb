//! The fake Stripe as its steersman, its people and a stranger with the key see it.

use reqwest::header::{CONTENT_TYPE, LOCATION};
use reqwest::{Client, Method};
use serde_json::{Value, json};
use tokio::net::TcpListener;

const KEY: &str = "sk_test_of_this_test";
const URL_ENCODED: &str = "application/x-www-form-urlencoded";

/// A fake Stripe.
pub(super) struct Fake {
    pub(super) url: String,
    http: Client,
}

impl Fake {
    /// Binds its port, and serves once it is told where its events go.
    pub(super) async fn bind() -> (Self, TcpListener) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let http = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        (Self { url, http }, listener)
    }

    /// The settings of a server that takes payments by it.
    pub(super) fn settings(&self, secret: &str) -> stripe::StripeSettings {
        stripe::StripeSettings { key: KEY.into(), webhook_secret: secret.into(), url: Some(self.url.clone()) }
    }

    pub(super) async fn steer(&self, what: &str, how: Value) {
        let steered = self.http.post(format!("{}/_test/{what}", self.url)).json(&how).send().await.unwrap();
        assert_eq!(steered.status(), 200, "{what}");
    }

    /// Lists all objects of a kind, oldest first.
    pub(super) async fn objects(&self, kind: &str) -> Vec<Value> {
        self.http.get(format!("{}/_test/objects/{kind}", self.url)).send().await.unwrap().json().await.unwrap()
    }

    /// The only object of a kind that has a field of this value.
    pub(super) async fn the_one(&self, kind: &str, field: &str, value: &str) -> Value {
        let mut found: Vec<Value> = self.objects(kind).await.into_iter().filter(|object| object[field] == value).collect();
        assert_eq!(found.len(), 1, "{kind} {field} {value}: {found:?}");
        found.remove(0)
    }

    /// Calls the API with the key, perhaps as a connected account.
    pub(super) async fn call(&self, path: &str, form: &str, account: Option<&str>) -> Value {
        let request = self.http.request(Method::POST, format!("{}/v1/{path}", self.url)).bearer_auth(KEY);
        let request = request.header(CONTENT_TYPE, URL_ENCODED).body(form.to_owned());
        let request = account.into_iter().fold(request, |request, account| request.header("Stripe-Account", account));
        let answer = request.send().await.unwrap();
        let status = answer.status();
        let text = answer.text().await.unwrap();
        assert_eq!(status, 200, "{path}: {text}");
        serde_json::from_str(&text).unwrap()
    }

    /// Presses a button on one of its pages, and returns where the person is sent.
    pub(super) async fn press(&self, page: &str, form: &'static str) -> String {
        let request = self.http.post(format!("{}{page}", self.url)).header(CONTENT_TYPE, URL_ENCODED).body(form);
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 303, "{page}");
        answer.headers()[LOCATION].to_str().unwrap().to_owned()
    }

    /// Returns true if events of this kind exist and each was taken by its receiver.
    pub(super) async fn has_delivered(&self, kind: &str) -> bool {
        let all = self.objects("event").await;
        let account = all.iter().find(|event| event["type"] == kind).and_then(|event| event["account"].as_str().map(str::to_owned));
        let request = self.http.get(format!("{}/v1/events?limit=100&delivery_success=true&type={kind}", self.url)).bearer_auth(KEY);
        let request = account.iter().fold(request, |request, account| request.header("Stripe-Account", account));
        let taken: Value = request.send().await.unwrap().json().await.unwrap();
        let made = all.iter().filter(|event| event["type"] == kind).count();
        made > 0 && taken["data"].as_array().is_some_and(|taken| taken.len() == made)
    }

    /// The number of bank payments and transfers that it made, and of the cents that are not taken back of the transfers.
    pub(super) async fn sent(&self) -> (usize, usize, i64) {
        let transfers = self.objects("transfer").await;
        let cents = |transfer: &Value, field: &str| transfer[field].as_i64().unwrap();
        let gone = transfers.iter().map(|transfer| cents(transfer, "amount") - cents(transfer, "amount_reversed")).sum();
        (self.objects("payout").await.len(), transfers.len(), gone)
    }

    /// Fails the next calls of a path after they took effect, until our client gives up: its three tries have one answer.
    pub(super) async fn act_and_fail(&self, path: &str) {
        self.steer("trouble", json!({ "status": 500, "acts": true, "times": 1, "path": path })).await;
    }
}
