//! The calls of Stripe's API that the market makes.

use crate::form::{number, text, tree};
use crate::state::{Fake, Shared, Trouble, now};
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Form, Json, Router};
use serde_json::{Value, json};

type Pairs = Form<Vec<(String, String)>>;

pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/v1/checkout/sessions", post(create))
        .route("/v1/checkout/sessions/{id}", get(retrieve))
        .layer(from_fn(authenticated))
}

async fn authenticated(request: Request, next: Next) -> Response {
    let key = request.headers().get("authorization").and_then(|value| value.to_str().ok()).and_then(|value| value.strip_prefix("Bearer "));
    match key {
        Some(key) if key.starts_with("sk_test_") => next.run(request).await,
        _ => refuse(401, "invalid_request_error", "Invalid API Key provided"),
    }
}

/// An error as Stripe words it.
fn refuse(status: u16, kind: &str, message: &str) -> Response {
    (StatusCode::from_u16(status).unwrap(), Json(json!({ "error": { "type": kind, "message": message } }))).into_response()
}

async fn create(State(fake): State<Shared>, headers: HeaderMap, Form(form): Pairs) -> Response {
    let key = headers.get("idempotency-key").and_then(|value| value.to_str().ok()).map(str::to_owned);
    let trouble = fake.lock().trouble.pop();
    if let Some(Trouble::Refuse(status)) = trouble {
        return refuse(status, "api_error", "on purpose");
    }
    let asked = format!("{form:?}");
    let known = key.as_ref().and_then(|key| fake.lock().answers.get(key).cloned());
    let (status, answer) = match known {
        Some((first, ..)) if first != asked => {
            return refuse(400, "idempotency_error", "Keys for idempotent requests can only be used with the same parameters");
        }
        Some((_, status, answer)) => (status, answer),
        None => {
            let (status, answer) = session(&mut fake.lock(), &tree(&form));
            if let Some(key) = key {
                fake.lock().answers.insert(key, (asked, status, answer.clone()));
            }
            (status, answer)
        }
    };
    if trouble == Some(Trouble::Silence) {
        std::future::pending::<()>().await;
    }
    (StatusCode::from_u16(status).unwrap(), Json(answer)).into_response()
}

/// Makes a session of a form, or says what is wrong with the form as Stripe does.
fn session(fake: &mut Fake, form: &Value) -> (u16, Value) {
    let wrong =
        |param: &str, message: String| (400, json!({ "error": { "type": "invalid_request_error", "param": param, "message": message } }));
    let lines: Vec<&Value> = form["line_items"].as_object().map(|lines| lines.values().collect()).unwrap_or_default();
    if lines.is_empty() {
        return wrong("line_items", "Missing required param: line_items.".into());
    }
    if form.get("payment_method_types").is_some() {
        return wrong("payment_method_types", "Received unknown parameter: payment_method_types".into());
    }
    let expires_at = number(form, "expires_at").unwrap_or(now() + 86_400);
    if !(now() + 1_800 - 60..=now() + 86_400 + 60).contains(&expires_at) {
        return wrong("expires_at", "The `expires_at` timestamp must be between 30 minutes and 24 hours from now.".into());
    }
    let mut total = 0;
    for line in &lines {
        let (Some(amount), Some(quantity)) = (number(line, "price_data/unit_amount"), number(line, "quantity")) else {
            return wrong("line_items[0][price_data]", "Missing required param: unit_amount.".into());
        };
        total += amount * quantity;
    }
    let id = fake.id("cs_test");
    let methods: Vec<&str> =
        form["allowed_payment_method_types"].as_object().map(|all| all.values().filter_map(Value::as_str).collect()).unwrap_or_default();
    let session = json!({
        "id": id, "object": "checkout.session", "livemode": false, "mode": text(form, "mode"), "status": "open", "payment_status": "unpaid",
        "url": format!("{}/pay/{id}", fake.base), "client_reference_id": text(form, "client_reference_id"), "metadata": form["metadata"],
        "customer_email": text(form, "customer_email"), "amount_subtotal": total, "amount_total": total, "currency": "usd",
        "created": now(), "expires_at": expires_at, "payment_intent": null, "payment_method_types": methods,
        "success_url": text(form, "success_url"), "cancel_url": text(form, "cancel_url"),
        "automatic_tax": { "enabled": false, "liability": null, "provider": null, "status": null },
        "custom_fields": [], "custom_text": {}, "shipping_options": [],
    });
    fake.sessions.insert(id, session.clone());
    (200, session)
}

async fn retrieve(State(fake): State<Shared>, Path(id): Path<String>) -> Response {
    match fake.lock().sessions.get(&id) {
        Some(session) => Json(session.clone()).into_response(),
        None => refuse(404, "invalid_request_error", "No such checkout.session"),
    }
}
