//! The responses of an operation, each error with an example that the dialect itself rendered.

mod refusals;

use crate::dialect::{Dialect, Trace};
use crate::error_response::ErrorResponse;
use crate::response::EVENTS;
use crate::route::Route;
use crate::samples;
use axum::http::{Method, StatusCode};
use std::collections::BTreeMap;
use utoipa::openapi::example::ExampleBuilder;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{Components, ContentBuilder, Header, Ref, RefOr, Response, ResponseBuilder, Responses, ResponsesBuilder};

pub(super) fn of(route: &Route, dialect: &dyn Dialect, components: &mut Components) -> Responses {
    let limited = route.policy(dialect).is_limited();
    let mut answers = ResponsesBuilder::new();
    // An operation that only refuses so far has no success.
    if route.doc.status != 0 {
        answers = answers.response(route.doc.status.to_string(), went_well(route, limited));
    }
    if route.method == Method::GET && route.doc.status == 200 && route.doc.media() != EVENTS {
        let unchanged = ResponseBuilder::new().description("Nothing has changed since the answer whose `ETag` you sent in `If-None-Match`");
        answers = answers.response("304", with_headers(unchanged, limited).build());
    }
    for (status, told) in &route.doc.also {
        answers = answers.response(status.to_string(), with_headers(ResponseBuilder::new().description(*told), limited).build());
    }
    if let Some((status, told, example)) = &route.doc.also_gives {
        let content = ContentBuilder::new().schema(route.doc.response.clone()).example(Some(example.clone())).build();
        let response = with_headers(ResponseBuilder::new().description(*told), limited).content(route.doc.media(), content);
        answers = answers.response(status.to_string(), response.build());
    }
    let mut refused: BTreeMap<u16, Vec<ErrorResponse>> = BTreeMap::new();
    for refusal in refusals::of(route, dialect, limited) {
        refused.entry(refusal.status.as_u16()).or_default().push(refusal);
    }
    for (status, reasons) in refused {
        answers = answers.response(status.to_string(), shared(status, no(&reasons, dialect, limited), dialect, components));
    }
    answers.build()
}

fn went_well(route: &Route, limited: bool) -> Response {
    let status = StatusCode::from_u16(route.doc.status).unwrap_or(StatusCode::OK);
    let response = with_headers(ResponseBuilder::new().description(status.canonical_reason().unwrap_or("OK")), limited);
    if status == StatusCode::NO_CONTENT {
        return response.build();
    }
    // A stream has no end and so no schema; its example shows some messages.
    let shape = route.doc.response.clone().filter(|_| route.doc.media() != EVENTS);
    let content = ContentBuilder::new().schema(shape).example(route.doc.gives.clone()).build();
    response.content(route.doc.media(), content).build()
}

fn no(reasons: &[ErrorResponse], dialect: &dyn Dialect, limited: bool) -> Response {
    let trace = Trace { request_id: "req_7m2c9q4x8t1v6z3k5d0p".into(), at: samples::AT };
    let examples = reasons.iter().map(|refusal| {
        let refusal = refusal.in_words_of(dialect);
        let body = dialect.failure(&refusal, &trace);
        (refusal.error.code.to_string(), ExampleBuilder::new().summary(refusal.error.message.as_ref()).value(Some(body)).build())
    });
    let shape = Ref::from_schema_name(error_name(dialect));
    let content = ContentBuilder::new().schema(Some(shape)).examples_from_iter(examples).build();
    let codes: Vec<_> = reasons.iter().map(|refusal| refusal.error.code.as_ref()).collect();
    with_headers(ResponseBuilder::new().description(codes.join(", ")), limited).content("application/json", content).build()
}

/// Returns the name of the schema of a dialect's errors.
pub(super) fn error_name(dialect: &dyn Dialect) -> String {
    format!("{}.Error", dialect.name())
}

/// Adds a response to the components once, because most errors are equal for all routes of a dialect.
fn shared(status: u16, response: Response, dialect: &dyn Dialect, components: &mut Components) -> RefOr<Response> {
    let name = format!("{}.{status}", dialect.name());
    let known = components.responses.entry(name.clone()).or_insert_with(|| response.clone().into());
    match known {
        RefOr::T(known) if *known == response => Ref::from_response_name(name).into(),
        _ => response.into(),
    }
}

const LIMIT_HEADERS: [(&str, &str); 3] = [
    ("X-RateLimit-Limit", "The number of requests in the tightest window"),
    ("X-RateLimit-Remaining", "The number of those that are left"),
    ("X-RateLimit-Reset", "The Unix time at which all of them are available again"),
];

/// Returns the headers that responses refer to.
pub(super) fn headers() -> BTreeMap<String, RefOr<Header>> {
    let header = |name: &str, kind: Type, told: &str| {
        let schema = ObjectBuilder::new().schema_type(kind);
        (name.to_owned(), HeaderBuilder::new().schema(Some(schema)).description(Some(told)).build().into())
    };
    let limits = LIMIT_HEADERS.iter().map(|(name, told)| header(name, Type::Integer, told));
    limits.chain([header("X-Request-Id", Type::String, crate::dialect::REQUEST)]).collect()
}

fn with_headers(response: ResponseBuilder, limited: bool) -> ResponseBuilder {
    let limits = LIMIT_HEADERS.iter().map(|(name, _)| *name).filter(|_| limited);
    let refer = |response: ResponseBuilder, name: &str| response.header_ref(name, Ref::new(format!("#/components/headers/{name}")));
    std::iter::once("X-Request-Id").chain(limits).fold(response, refer)
}
