//! The fake Stripe of a demo: a program of its own, whose payers and banks do what the story says. Stripe itself has no such routes, and
//! its addresses are refused.

use super::client::Client;
use crate::config::{PaymentSettings, Refusal};
use market::id;
use reqwest::Method;
use serde_json::{Value, json};

/// The key by which the demo asks it.
const KEY: &str = "sk_test_demo";

/// A fake Stripe that runs already.
pub(super) struct FakeStripe {
    url: String,
    secret: String,
}

impl FakeStripe {
    /// Checks its address.
    pub(super) fn at(url: &str) -> Result<Self, Refusal> {
        let url = url.trim_end_matches('/').to_owned();
        let uri = url.parse::<http::Uri>().ok().filter(|uri| uri.scheme().is_some());
        let host = uri.as_ref().and_then(http::Uri::host).map(str::to_lowercase);
        match host {
            Some(host) if host == "stripe.com" || host.ends_with(".stripe.com") => {
                Err(Refusal("--stripe: the demo plays at a fake Stripe alone: start target/debug/fake-stripe and give its address".into()))
            }
            Some(_) => Ok(Self { url, secret: format!("whsec_{}", id::secret(32)) }),
            None => Err(Refusal("--stripe must be an address such as http://127.0.0.1:12111".into())),
        }
    }

    /// The settings of a server that takes payments by it.
    pub(super) fn settings(&self) -> PaymentSettings {
        PaymentSettings {
            stripe_key: Some(KEY.into()),
            stripe_webhook_secret: Some(self.secret.clone()),
            stripe_url: Some(self.url.clone()),
        }
    }

    /// Has its events sent to the demo's server.
    pub(super) async fn send_events_to(&self, client: &Client) -> Result<(), Refusal> {
        self.steer(client, "webhook", json!({ "url": format!("{}/stripe/webhook", client.base()), "secret": self.secret })).await
    }

    /// Has a payer, a bank or Stripe do something.
    pub(super) async fn steer(&self, client: &Client, what: &str, how: Value) -> Result<(), Refusal> {
        client.tell(&format!("{}/_test/{what}", self.url), how).await
    }

    /// Returns the newest object of a kind whose field has this value.
    pub(super) async fn newest(&self, client: &Client, kind: &str, (field, value): (&str, &str)) -> Result<Value, Refusal> {
        let all = client.send(Method::GET, &format!("{}/_test/objects/{kind}", self.url), None, None).await?;
        let found = all.as_array().into_iter().flatten().rev().find(|object| object.pointer(field).and_then(Value::as_str) == Some(value));
        found.cloned().ok_or_else(|| Refusal(format!("the fake Stripe has no {kind} of {value}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stripe_itself_is_refused() {
        for url in ["https://api.stripe.com", "https://API.STRIPE.COM/v1", "http://stripe.com:80", "api.stripe.com", "", "127.0.0.1:1"] {
            assert!(FakeStripe::at(url).is_err(), "{url}");
        }
        assert!(FakeStripe::at("http://127.0.0.1:12111/").is_ok());
    }
}
