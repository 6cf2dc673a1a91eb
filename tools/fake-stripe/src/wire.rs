//! The wire around each call of the API: its key, its form, its idempotency, and the trouble that a test asked for.

use crate::api;
use crate::form;
use crate::refused::Refused;
use crate::state::{Fake, Shared};
use crate::steer::trouble::{Trouble, Trouble::*};
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use axum::{Json, Router};
use serde_json::{Value, json};

/// The first version of the API in which checkouts and intents have no `payment_method_types`.
const ALLOWED_TYPES_SINCE: &str = "2026-09-30";

/// One call of the API.
pub(crate) struct Call {
    pub(crate) method: String,
    pub(crate) path: Vec<String>,
    pub(crate) form: Value,
    /// The connected account that the call acts as.
    pub(crate) account: Option<String>,
    version: Option<String>,
}

impl Call {
    /// Returns the connected account that the call acts as.
    pub(crate) fn account(&self) -> Option<&str> {
        self.account.as_deref()
    }

    /// Returns the text of a parameter.
    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        form::text(&self.form, path)
    }

    /// Returns the text of a parameter that is needed.
    pub(crate) fn need(&self, path: &str) -> Result<&str, Refused> {
        self.text(path).ok_or_else(|| Refused::missing(path))
    }

    /// Returns a number that is needed and above zero.
    pub(crate) fn cents(&self, path: &str) -> Result<i64, Refused> {
        let cents: i64 = self.need(path)?.parse().map_err(|_| Refused::invalid(format!("Invalid integer: {path}")).param(path))?;
        let low = || Refused::invalid("This value must be greater than or equal to 1.").param(path).code("parameter_invalid_integer");
        if cents < 1 { Err(low()) } else { Ok(cents) }
    }

    /// Refuses parameters that the call does not have.
    pub(crate) fn must_know(&self, known: &str) -> Result<(), Refused> {
        let is_old = self.version.as_deref().is_none_or(|version| version < ALLOWED_TYPES_SINCE);
        let given = self.form.as_object().into_iter().flatten().map(|(name, _)| name.as_str());
        let mut strange = given.filter(|name| !known.split(' ').any(|known| known == *name));
        match strange.find(|name| *name != "expand" && *name != "metadata" && !(is_old && *name == "payment_method_types")) {
            Some(name) => Err(Refused::unknown(name)),
            None => Ok(()),
        }
    }
}

pub(crate) fn routes() -> Router<Shared> {
    Router::new().route("/v1/{*path}", any(call))
}

async fn call(
    State(fake): State<Shared>,
    method: Method,
    uri: Uri,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    // Keys come as Bearer or, with curl -u, as Basic.
    let starts = ["Basic ", "Bearer sk_test_", "Bearer rk_test_"];
    let is_known = header("authorization").is_some_and(|value| starts.iter().any(|start| value.starts_with(start)));
    let request = fake.lock().id("req");
    if !is_known {
        return respond(&request, 401, &json!({ "error": Refused::key().error }), false);
    }
    let pairs: Vec<(String, String)> =
        [query.unwrap_or_default().as_bytes(), &body[..]].into_iter().flat_map(|part| form_urlencoded::parse(part).into_owned()).collect();
    let path = uri.path().trim_start_matches("/v1/").trim_end_matches('/');
    let call = Call {
        method: method.as_str().to_owned(),
        path: path.split('/').map(str::to_owned).collect(),
        form: form::tree(&pairs),
        account: header("stripe-account"),
        version: header("stripe-version"),
    };
    let key = header("idempotency-key").filter(|_| call.method == "POST");
    let trouble = fake.lock().next_trouble(&call.method, uri.path());
    let (status, answer, is_replay) = match trouble {
        Some(Refuse(status)) => (status, json!({ "error": Refused::on_purpose(status).error }), false),
        _ => once(&mut fake.lock(), &call, key, &format!("{} {pairs:?}", uri.path()), (&request, trouble)),
    };
    match trouble {
        Some(Silence) => std::future::pending().await,
        Some(Slow(pause)) => tokio::time::sleep(pause).await,
        _ => {}
    }
    respond(&request, status, &answer, is_replay)
}

fn respond(request: &str, status: u16, answer: &Value, is_replay: bool) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, [("Request-Id", request)], Json(answer)).into_response();
    if is_replay {
        response.headers_mut().insert("Idempotent-Replayed", "true".parse().expect("the word is a header's value"));
    }
    response
}

/// Acts once under a key, and answers repetitions with the first answer.
fn once(fake: &mut Fake, call: &Call, key: Option<String>, asked: &str, (id, trouble): (&str, Option<Trouble>)) -> (u16, Value, bool) {
    // Keys of one account are nothing to another.
    let scoped = key.as_ref().map(|key| format!("{} {key}", call.account().unwrap_or_default()));
    match scoped.as_ref().and_then(|scoped| fake.answers.get(scoped)) {
        Some((first, ..)) if first != asked => {
            let refused = Refused::idempotency(key.as_deref().unwrap_or_default());
            return (refused.status, json!({ "error": refused.error }), false);
        }
        Some((_, status, answer)) => return (*status, answer.clone(), true),
        None => {}
    }
    fake.request = (Some(id.to_owned()), key);
    let answer = api::act(fake, call).map(|object| api::expand::expanded(fake, object, &call.form));
    fake.request = (None, None);
    let (status, answer) = match (trouble, answer) {
        (Some(ActThenFail(status)), Ok(_)) => (status, json!({ "error": Refused::on_purpose(status).error })),
        (_, Ok(object)) => (200, object),
        (_, Err(Refused { status, error })) => (status, json!({ "error": error })),
    };
    // Stripe keeps no answer of a request that failed its checks: nothing was begun.
    if let Some(scoped) = scoped.filter(|_| status == 200 || status == 402 || status >= 500) {
        fake.answers.insert(scoped, (asked.to_owned(), status, answer.clone()));
    }
    (status, answer, false)
}
