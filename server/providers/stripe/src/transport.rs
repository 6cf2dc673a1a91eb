//! The connection to Stripe: one pool, time-outs, and repetitions under one key.

use super::objects::PaymentIntent;
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
    /// The secrets with which Stripe signs its news, one an endpoint, separated by commas: `whsec_…`.
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
    is_live: bool,
    base: String,
    try_within: Duration,
}

/// A request to Stripe.
pub(crate) struct Ask<'a> {
    asked: Asked,
    key: Option<&'a str>,
    account: Option<&'a str>,
    is_harmless_twice: bool,
}

impl<'a> Ask<'a> {
    /// Asks something that may be asked again without a key.
    pub(crate) fn of(asked: Asked) -> Self {
        Self { asked, key: None, account: None, is_harmless_twice: false }
    }

    /// Asks under a key: Stripe acts once, however often it is asked within a day.
    pub(crate) fn once(self, key: &'a str) -> Self {
        Self { key: Some(key), ..self }
    }

    /// Asks under another key after Stripe failed, because it answers a key for a day as it did first. For acts that may happen twice: a
    /// second checkout has an address that nobody knows.
    pub(crate) fn harmless_twice(self) -> Self {
        Self { is_harmless_twice: true, ..self }
    }

    /// Asks as a connected account.
    pub(crate) fn acting_for(self, account: &'a str) -> Self {
        Self { account: Some(account), ..self }
    }
}

/// Stripe's own words about a refusal.
#[derive(Deserialize)]
struct Refusal {
    error: RefusalError,
}

/// Stripe's reason for a refusal.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct RefusalError {
    r#type: Option<String>,
    /// The reason as a word.
    pub(crate) code: Option<String>,
    /// The reason as a sentence.
    pub(crate) message: Option<String>,
    param: Option<String>,
    /// The status of the answer.
    #[serde(skip)]
    status: StatusCode,
    /// The payment, if one was refused.
    pub(crate) payment_intent: Option<PaymentIntent>,
}

impl Stripe {
    /// Creates the connection; nothing is sent yet.
    pub fn new(settings: &StripeSettings) -> Result<Self> {
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .user_agent(concat!("guildhall/", env!("CARGO_PKG_VERSION")));
        let http = http.build().map_err(|error| {
            tracing::error!(%error, "the connection to Stripe can't be set up");
            Error::internal()
        })?;
        let base = settings.url.as_deref().unwrap_or(STRIPE).trim_end_matches('/').to_owned();
        let is_live = settings.mode() == Some(Mode::Live);
        Ok(Self { http, key: settings.key.clone(), is_live, base, try_within: TRY_WITHIN })
    }

    /// Waits less for each try, so that a test of answers that never come is short.
    #[must_use]
    pub fn answering_within(self, try_within: Duration) -> Self {
        Self { try_within, ..self }
    }

    /// Returns true if real money moves.
    pub(crate) const fn is_live(&self) -> bool {
        self.is_live
    }

    /// Sends a request and reads the answer; a refusal is logged for the operator.
    pub(crate) async fn send<T: DeserializeOwned>(&self, ask: Ask<'_>) -> Result<T> {
        let path = ask.asked.path.clone();
        self.try_send(ask).await?.map_err(|refusal| refusal.logged(&path))
    }

    /// Sends a request and reads the answer or the refusal. After failures that may pass it is sent again, under the same key.
    pub(crate) async fn try_send<T: DeserializeOwned>(&self, ask: Ask<'_>) -> Result<Result<T, RefusalError>> {
        let path = &ask.asked.path;
        let mut pauses = PAUSES.iter();
        let mut failures = 0;
        loop {
            let tried = self.request(&ask, failures).send().await;
            match tried {
                Ok(response) if response.status().is_success() => {
                    if let Some(bytes) = body(response).await {
                        return parse(path, &bytes).map(Ok);
                    }
                }
                Ok(response) if may_pass(&response) => {
                    failures += u32::from(ask.is_harmless_twice && response.status() == StatusCode::INTERNAL_SERVER_ERROR);
                    tracing::warn!(path, status = %response.status(), "Stripe can't answer at the moment");
                }
                Ok(response) => return Ok(Err(refused(path, response).await)),
                // The error's text may hold the address, and never the key.
                Err(error) => tracing::warn!(path, error = %error.without_url(), "Stripe can't be reached"),
            }
            match pauses.next() {
                Some(pause) => tokio::time::sleep(*pause).await,
                None => return Err(payment::errors::provider_unreachable()),
            }
        }
    }

    fn request(&self, ask: &Ask<'_>, failures: u32) -> RequestBuilder {
        let asked = &ask.asked;
        let url = format!("{}/v1{}{}", self.base, asked.path, asked.query.as_ref().map(|query| format!("?{query}")).unwrap_or_default());
        let request = match asked.method {
            StripeMethod::Get => self.http.get(url),
            StripeMethod::Post => self.http.post(url),
            StripeMethod::Delete => self.http.delete(url),
        };
        let mut request =
            request.timeout(self.try_within).bearer_auth(&self.key).header("Stripe-Version", stripe_shared::version::VERSION.as_str());
        if let Some(key) = ask.key {
            let key = if failures == 0 { key.to_owned() } else { format!("{key}:{failures}") };
            request = request.header("Idempotency-Key", key);
        }
        if let Some(account) = ask.account {
            request = request.header("Stripe-Account", account);
        }
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

impl RefusalError {
    /// Returns true if our key is refused, and not what it asks for: another key may be taken.
    pub(crate) fn is_about_our_key(&self) -> bool {
        [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN].contains(&self.status)
    }

    /// Writes Stripe's reason to the log, for the operator: it is about our key and our request, not about the payer.
    pub(crate) fn logged(self, path: &str) -> Error {
        let Self { r#type, code, param, message, .. } = self;
        tracing::error!(path, ?r#type, ?code, ?param, ?message, "Stripe refused a request");
        payment::errors::provider_refused()
    }
}

/// Reads a refusal, which may be in other words than Stripe's.
async fn refused(path: &str, response: Response) -> RefusalError {
    let status = response.status();
    let bytes = body(response).await.unwrap_or_default();
    let said = serde_json::from_slice::<Refusal>(&bytes).map(|refusal| refusal.error).unwrap_or_else(|_| {
        tracing::error!(path, %status, "Stripe refused a request, and not in its own words");
        RefusalError::default()
    });
    RefusalError { status, ..said }
}

/// Returns an id of Stripe's that may stand in a path; its ids have no other characters.
pub(crate) fn path_part<'a>(id: &'a str, noun: &'static str) -> Result<&'a str> {
    match !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
        true => Ok(id),
        false => Err(Error::not_found(noun)),
    }
}
