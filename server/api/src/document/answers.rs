//! What an operation may answer, each refusal with an example that the dialect itself dressed.

use crate::dialect::{Dialect, Trace};
use crate::limit::Policy;
use crate::refusal::Refusal;
use crate::route::Route;
use axum::http::{Method, StatusCode};
use market::error::Field;
use market::{Error, Kind, Time};
use serde_json::Value;
use std::collections::BTreeMap;
use utoipa::openapi::example::ExampleBuilder;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{ContentBuilder, Header, Response, ResponseBuilder, Responses, ResponsesBuilder, Schema};

pub(super) fn of(route: &Route, dialect: &dyn Dialect) -> Responses {
    let limited = route.policy(dialect) != Policy::Free;
    let answers = ResponsesBuilder::new().response(route.doc.status.to_string(), went_well(route, limited));
    let mut refused: BTreeMap<u16, Vec<Refusal>> = BTreeMap::new();
    for refusal in refusals(route, dialect, limited) {
        refused.entry(refusal.status.as_u16()).or_default().push(refusal);
    }
    answers.responses_from_iter(refused.into_iter().map(|(status, reasons)| (status.to_string(), no(&reasons, dialect, limited)))).build()
}

fn went_well(route: &Route, limited: bool) -> Response {
    let status = StatusCode::from_u16(route.doc.status).unwrap_or(StatusCode::OK);
    let response = with_headers(ResponseBuilder::new().description(status.canonical_reason().unwrap_or("OK")), limited);
    if status == StatusCode::NO_CONTENT {
        return response.build();
    }
    let content = ContentBuilder::new().schema(route.doc.response.clone()).example(route.doc.gives.clone()).build();
    response.content(route.doc.media(), content).build()
}

/// All that follows from the route's shape, then its own.
fn refusals(route: &Route, dialect: &dyn Dialect, limited: bool) -> Vec<Refusal> {
    let doc = &route.doc;
    let mut all: Vec<Refusal> = doc.refusals.iter().cloned().map(Refusal::from).collect();
    if doc.signed_in {
        let message =
            format!("Nobody is asking: send your key as {}, or an access token as Authorization: Bearer eyJ….", dialect.key_header());
        all.push(Error::unauthenticated("missing_credential", message).into());
        all.push(Error::invalid("two_credentials", "Authorization and X-API-Key hold two different credentials. Send one of them.").into());
    }
    if doc.signed_in && !doc.in_person {
        all.push(Error::forbidden("missing_scope", "This API key lacks the scope that this needs. Create one that has it.").into());
    }
    if doc.in_person {
        all.push(Error::forbidden("token_required", "This needs a login: send the access token, not an API key.").into());
    }
    if doc.request.is_some() {
        all.push(Error::invalid("invalid_json", "The body must be one JSON object.").into());
        all.push(Refusal::http(StatusCode::PAYLOAD_TOO_LARGE, "body_too_large", "The body has more than 1048576 bytes."));
        all.push(Refusal::http(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", "Send JSON."));
        if let Some(field) = first_field(doc.takes.as_ref()) {
            all.push(Error::fields(vec![Field { name: field.into(), message: "It is not what it should be.".into() }]).into());
        }
    } else if doc.parameters.iter().any(|parameter| parameter.name != "id") {
        all.push(Error::field("limit", "It is 1000; give 1 to 100.").into());
    }
    if route.method != Method::GET && !doc.unkeyed {
        all.push(
            Error::new(Kind::Unprocessable, "idempotency_key_reused", "This Idempotency-Key came with another request before.").into(),
        );
    }
    if limited {
        all.push(Error::new(Kind::TooMany, "rate_limited", "You are over the rate limit. Wait 2 s, then send this again.").into());
    }
    all.extend([Error::internal().into(), Error::try_again().into()]);
    all
}

fn first_field(takes: Option<&Value>) -> Option<String> {
    takes?.as_object()?.keys().next().cloned()
}

fn no(reasons: &[Refusal], dialect: &dyn Dialect, limited: bool) -> Response {
    let trace = Trace { request_id: "req_7m2c9q4x8t1v6z3k5d0p".into(), at: Time::from_ms(1_767_225_600_000) };
    let examples = reasons.iter().map(|refusal| {
        let body = dialect.failure(refusal, &trace);
        (refusal.error.code.to_string(), ExampleBuilder::new().summary(refusal.error.message.as_ref()).value(Some(body)).build())
    });
    let shape = Schema::Object(ObjectBuilder::new().schema_type(Type::Object).build());
    let content = ContentBuilder::new().schema(Some(shape)).examples_from_iter(examples).build();
    let codes: Vec<_> = reasons.iter().map(|refusal| refusal.error.code.as_ref()).collect();
    with_headers(ResponseBuilder::new().description(codes.join(", ")), limited).content("application/json", content).build()
}

fn with_headers(mut response: ResponseBuilder, limited: bool) -> ResponseBuilder {
    let header = |kind: Type, told: &str| -> Header {
        HeaderBuilder::new().schema(Some(ObjectBuilder::new().schema_type(kind))).description(Some(told)).build()
    };
    response = response.header("X-Request-Id", header(Type::String, "Quote it when something is odd"));
    if limited {
        response = response
            .header("X-RateLimit-Limit", header(Type::Integer, "Requests in the tightest window"))
            .header("X-RateLimit-Remaining", header(Type::Integer, "How many of them are left"))
            .header("X-RateLimit-Reset", header(Type::Integer, "Unix time at which all of them are back"));
    }
    response
}
