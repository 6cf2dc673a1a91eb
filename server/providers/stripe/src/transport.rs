//! The connection to Stripe: one pool, time-outs, and repetitions under one key.

use market::{Error, Result, payment};
use reqwest::{RequestBuilder, Response, StatusCode};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::time::Duration;
use stripe_client_core::{RequestBuilder as Asked, StripeMethod};

/// The time for one try.
const TRY_WITHIN: Duration = Duration::from_secs(20);
/// The pauses before the second and the third try.
const PAUSES: [Duration; 2] = [Duration::from_millis(500), Duration::from_secs(2)];
/// The most bytes of an answer.
const ANSWER_MAX: usize = 1 << 20;
/// The address of Stripe's own API.
const STRIPE: &str = "https://api.stripe.com";

/// The mode of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// No money moves.
    Test,
    /// Real money.
    Live,
}

/// The settings of the connection.
#[derive(Clone)]
pub struct StripeSettings {
    /// The secret or restricted key: `sk_…`, `rk_…`.
    pub key: String,
    /// The secret with which Stripe signs its news: `whsec_…`.
    pub webhook_secret: String,
    /// Another address than Stripe's, for tests and proxies.
    pub url: Option<String>,
}

impl StripeSettings {
    /// Returns the mode of the key; none if it is not a secret key of Stripe's.
    pub fn mode(&self) -> Option<Mode> {
        let kind = self.key.strip_prefix("sk_").or_else(|| self.key.strip_prefix("rk_"))?;
        match kind.split_once('_')?.0 {
            "test" => Some(Mode::Test),
            "live" => Some(Mode::Live),
            _ => None,
        }
    }
}

/// The connection to Stripe. Cheap to clone.
#[derive(Clone)]
pub struct Stripe {
    http: reqwest::Client,
    key: String,
    base: String,
}

/// Stripe's own words about a refusal.
#[derive(Deserialize)]
struct Refusal {
    error: RefusalError,
}

#[derive(Deserialize)]
struct RefusalError {
    r#type: Option<String>,
    code: Option<String>,
    message: Option<String>,
    param: Option<String>,
}

impl Stripe {
    /// Creates the connection; nothing is sent yet.
    pub fn new(settings: &StripeSettings) -> Result<Self> {
        let http = reqwest::Client::builder()
            .timeout(TRY_WITHIN)
            .redirect(reqwest::redirect::Policy::none())
            .user_agent(concat!("guildhall/", env!("CARGO_PKG_VERSION")));
        let http = http.build().map_err(|error| {
            tracing::error!(%error, "the connection to Stripe can't be set up");
            Error::internal()
        })?;
        let base = settings.url.as_deref().unwrap_or(STRIPE).trim_end_matches('/').to_owned();
        Ok(Self { http, key: settings.key.clone(), base })
    }

    /// Sends a request and reads the answer. With a key it is repeated after failures that may pass; Stripe then acts once.
    pub(crate) async fn send<T: DeserializeOwned>(&self, asked: Asked, key: Option<&str>) -> Result<T> {
        let mut pauses = PAUSES.iter();
        loop {
            let tried = self.request(&asked, key).send().await;
            let error = match tried {
                Ok(response) if response.status().is_success() => match body(response).await {
                    Some(bytes) => return parse(&asked.path, &bytes),
                    None => payment::errors::provider_unreachable(),
                },
                Ok(response) if may_pass(&response) => {
                    tracing::warn!(path = asked.path, status = %response.status(), "Stripe can't answer at the moment");
                    payment::errors::provider_unreachable()
                }
                Ok(response) => return Err(refused(&asked.path, response).await),
                Err(error) => {
                    // The error's text may hold the address, and never the key.
                    tracing::warn!(path = asked.path, error = %error.without_url(), "Stripe can't be reached");
                    payment::errors::provider_unreachable()
                }
            };
            match pauses.next() {
                Some(pause) => tokio::time::sleep(*pause).await,
                None => return Err(error),
            }
        }
    }

    fn request(&self, asked: &Asked, key: Option<&str>) -> RequestBuilder {
        let url = format!("{}/v1{}{}", self.base, asked.path, asked.query.as_ref().map(|query| format!("?{query}")).unwrap_or_default());
        let request = match asked.method {
            StripeMethod::Get => self.http.get(url),
            StripeMethod::Post => self.http.post(url),
            StripeMethod::Delete => self.http.delete(url),
        };
        let request = request.bearer_auth(&self.key).header("Stripe-Version", stripe_shared::version::VERSION.as_str());
        let request = match key {
            Some(key) => request.header("Idempotency-Key", key),
            None => request,
        };
        match &asked.body {
            Some(body) => request.header("Content-Type", "application/x-www-form-urlencoded").body(body.clone()),
            None => request,
        }
    }
}

/// Returns true if the same request may be answered later. Stripe's own advice comes first.
fn may_pass(response: &Response) -> bool {
    match response.headers().get("Stripe-Should-Retry").and_then(|value| value.to_str().ok()) {
        Some("true") => true,
        Some("false") => false,
        _ => {
            let status = response.status();
            status.is_server_error()
                || [StatusCode::CONFLICT, StatusCode::TOO_MANY_REQUESTS, StatusCode::FAILED_DEPENDENCY].contains(&status)
        }
    }
}

/// Reads an answer; none if it breaks off or is too long.
async fn body(mut response: Response) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.ok()? {
        if bytes.len() + chunk.len() > ANSWER_MAX {
            return None;
        }
        bytes.extend_from_slice(&chunk);
    }
    Some(bytes)
}

fn parse<T: DeserializeOwned>(path: &str, bytes: &[u8]) -> Result<T> {
    serde_json::from_slice(bytes).map_err(|error| {
        tracing::error!(path, %error, "an answer of Stripe's can't be read");
        payment::errors::provider_refused()
    })
}

/// Writes Stripe's reason to the log, for the operator: it is about our key and our request, not about the payer.
async fn refused(path: &str, response: Response) -> Error {
    let status = response.status();
    let bytes = body(response).await.unwrap_or_default();
    let said = serde_json::from_slice::<Refusal>(&bytes).map(|refusal| refusal.error);
    match said {
        Ok(RefusalError { r#type, code, message, param }) => {
            tracing::error!(path, %status, ?r#type, ?code, ?param, ?message, "Stripe refused a request");
        }
        Err(_) => tracing::error!(path, %status, "Stripe refused a request, and not in its own words"),
    }
    payment::errors::provider_refused()
}
