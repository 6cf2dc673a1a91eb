//! The fake over HTTP, without Stripe's own software: what the oracles prove in full, in few words.

#![allow(clippy::unwrap_used, reason = "a test stops where it can't go on")]

use reqwest::{Client, Method, Response};
use serde_json::{Value, json};
use tokio::net::TcpListener;

struct Fake {
    base: String,
    http: Client,
}

impl Fake {
    async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(fake_stripe::serve(listener, String::new(), "whsec_of_this_test".into()));
        Self { base, http: Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap() }
    }

    async fn send(&self, method: Method, path: &str, form: &str, key: Option<&str>) -> Response {
        let request = self.http.request(method, format!("{}{path}", self.base)).bearer_auth("sk_test_of_this_test");
        let request = request.header("Content-Type", "application/x-www-form-urlencoded").body(form.to_owned());
        key.into_iter().fold(request, |request, key| request.header("Idempotency-Key", key)).send().await.unwrap()
    }

    async fn post(&self, path: &str, form: &str) -> Value {
        let answer = self.send(Method::POST, path, form, None).await;
        assert_eq!(answer.status(), 200, "{path}");
        answer.json().await.unwrap()
    }

    async fn get(&self, path: &str) -> Value {
        self.send(Method::GET, path, "", None).await.json().await.unwrap()
    }

    async fn steer(&self, what: &str, how: Value) {
        let steered = self.http.post(format!("{}/_test/{what}", self.base)).json(&how).send().await.unwrap();
        assert_eq!(steered.status(), 200, "{what}");
    }
}

#[tokio::test]
async fn a_key_acts_once_and_knows_its_parameters() {
    let fake = Fake::open().await;
    let once = async |form: &str| fake.send(Method::POST, "/v1/customers", form, Some("k")).await;
    let first: Value = once("name=a").await.json().await.unwrap();
    let again = once("name=a").await;
    assert_eq!(again.headers()["idempotent-replayed"], "true");
    assert_eq!(again.json::<Value>().await.unwrap(), first);
    let other = once("name=b").await;
    assert_eq!(other.status(), 400);
    assert_eq!(other.json::<Value>().await.unwrap()["error"]["type"], "idempotency_error");
}

#[tokio::test]
async fn a_card_that_was_saved_on_the_page_is_refused_later() {
    let fake = Fake::open().await;
    let customer = fake.post("/v1/customers", "email=a%40example.org").await["id"].as_str().unwrap().to_owned();
    let form = format!("mode=setup&currency=usd&customer={customer}&success_url=http://127.0.0.1/{{CHECKOUT_SESSION_ID}}");
    let session = fake.post("/v1/checkout/sessions", &form).await["id"].as_str().unwrap().to_owned();
    let saved = fake.send(Method::POST, &format!("/pay/{session}/card"), "number=4000000000000341", None).await;
    assert_eq!(saved.headers()["location"], format!("http://127.0.0.1/{session}"));
    let found = fake.get(&format!("/v1/checkout/sessions/{session}?expand[]=setup_intent")).await;
    let method = found["setup_intent"]["payment_method"].as_str().unwrap();
    let form = format!("amount=500&currency=usd&customer={customer}&payment_method={method}&off_session=true&confirm=true");
    let refused = fake.send(Method::POST, "/v1/payment_intents", &form, None).await;
    assert_eq!(refused.status(), 402);
    let error = refused.json::<Value>().await.unwrap()["error"].clone();
    assert_eq!((&error["code"], &error["payment_intent"]["status"]), (&json!("card_declined"), &json!("requires_payment_method")));
}

#[tokio::test]
async fn a_transfer_waits_for_the_onboarding() {
    let fake = Fake::open().await;
    let form = "controller[stripe_dashboard][type]=express&capabilities[transfers][requested]=true";
    let account = fake.post("/v1/accounts", form).await["id"].as_str().unwrap().to_owned();
    let form = format!("amount=500&currency=usd&destination={account}");
    assert_eq!(fake.send(Method::POST, "/v1/transfers", &form, None).await.status(), 400);
    fake.steer("account", json!({ "account": account })).await;
    fake.post("/v1/transfers", &form).await;
    let events = fake.get("/v1/events?types[]=transfer.created&types[]=transfer.reversed").await;
    assert_eq!(events["data"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_parameter_that_the_fake_would_ignore_is_refused() {
    let fake = Fake::open().await;
    let refused = fake.send(Method::POST, "/v1/payment_intents", "amount=500&currency=usd&capture_method=manual", None).await;
    assert_eq!(refused.status(), 400);
}
