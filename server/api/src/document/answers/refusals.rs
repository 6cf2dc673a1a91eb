//! The ways in which an operation refuses: those that follow from its shape, and its own.

use crate::dialect::Dialect;
use crate::document::Doc;
use crate::refusal::Refusal;
use crate::route::Route;
use axum::http::{Method, StatusCode};
use market::{Error, Kind};
use serde_json::json;

pub(super) fn of(route: &Route, dialect: &dyn Dialect, limited: bool) -> Vec<Refusal> {
    let doc = &route.doc;
    let mut all: Vec<Refusal> = doc.refusals.iter().cloned().map(Refusal::from).collect();
    if doc.signed_in {
        all.extend(of_credentials(doc, dialect));
    }
    if doc.form {
        all.push(crate::upload::no_form());
    } else if doc.request.is_some() {
        all.extend(of_bodies(doc));
    } else if doc.parameters.iter().any(|parameter| parameter.name == "limit") {
        all.push(Error::field("limit", "It is 1000; give 1 to 100.").into());
    }
    if route.method != Method::GET && !doc.unkeyed {
        all.push(Error::invalid("invalid_idempotency_key", "An Idempotency-Key has 1 to 255 visible ASCII characters.").into());
        all.push(
            Error::new(Kind::Unprocessable, "idempotency_key_reused", "This Idempotency-Key came with another request before.").into(),
        );
    }
    if limited {
        let over = Error::new(Kind::TooMany, "rate_limited", "You are over the rate limit. Wait 2 s, then send this again.");
        all.push(over.with("retry_after", 2).into());
    }
    all.extend([Error::internal().into(), Error::try_again().into()]);
    all
}

fn of_credentials(doc: &Doc, dialect: &dyn Dialect) -> [Refusal; 3] {
    let message = format!("Nobody is asking: send your key as {}, or an access token as Authorization: Bearer eyJ….", dialect.key_header());
    let may_not = match doc.in_person {
        true => Error::forbidden("token_required", "This needs a login: send the access token, not an API key."),
        false => Error::forbidden("missing_scope", "This API key lacks the scope that this needs. Create one that has it."),
    };
    [
        Error::unauthenticated("missing_credential", message).into(),
        Error::invalid("two_credentials", "Authorization and X-API-Key hold two different credentials. Send one of them.").into(),
        may_not.into(),
    ]
}

fn of_bodies(doc: &Doc) -> Vec<Refusal> {
    let mut all: Vec<Refusal> = vec![
        Error::invalid("invalid_json", "The body must be one JSON object: {\"name\": value, …}.").into(),
        Refusal::http(StatusCode::PAYLOAD_TOO_LARGE, "body_too_large", "The body has more than 1048576 bytes, the most that is read."),
        Refusal::http(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "unsupported_media_type",
            "Send JSON: add the header Content-Type: application/json.",
        ),
    ];
    // A real complaint about the first field of the example.
    let field = doc.takes.as_ref().and_then(|takes| takes.as_object()?.keys().next().cloned());
    let complaint = field.zip(doc.reads).and_then(|(field, read)| read(json!({ field: {} }).to_string().as_bytes()).err());
    all.extend(complaint.map(Refusal::from));
    all
}
