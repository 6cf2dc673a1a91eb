//! Turns one row of the route table into an operation of the document.

use super::{KEY_IN_BEARER, KEY_IN_HEADER, TOKEN, answers};
use crate::dialect::Dialect;
use crate::response::JSON;
use crate::route::Route;
use crate::upload::FORM;
use axum::http::Method;
use utoipa::openapi::path::{HttpMethod, Operation, OperationBuilder, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::request_body::{RequestBody, RequestBodyBuilder};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{Components, ContentBuilder, Required, SecurityRequirement};

pub(super) fn of(route: &Route, dialect: &dyn Dialect, components: &mut Components) -> Operation {
    let doc = &route.doc;
    let mut operation = OperationBuilder::new()
        .tag(doc.tag.name())
        .operation_id(Some(doc.id))
        .summary(Some(doc.summary))
        .description(Some(description(route, dialect)))
        .request_body(body(route))
        .responses(answers::of(route, dialect, components));
    for parameter in &doc.parameters {
        operation = operation.parameter(parameter.clone());
    }
    if route.method != Method::GET && !doc.unkeyed {
        operation = operation.parameter(idempotency_key());
    }
    operation.securities(Some(securities(route))).build()
}

fn description(route: &Route, dialect: &dyn Dialect) -> String {
    let mut told = route.doc.description.to_owned();
    if route.doc.in_person {
        told.push_str("\n\nNeeds an access token from a login; API keys are refused.");
    }
    if let Some(words) = route.policy(dialect).words() {
        told.push_str(&format!("\n\nLimit: {words}."));
    }
    told.push_str(&format!("\n\nDialect: {}.", dialect.name()));
    if !dialect.about().is_empty() {
        told.push_str(&format!(" {}.", dialect.about()));
    }
    told.trim().to_owned()
}

fn body(route: &Route) -> Option<RequestBody> {
    let schema = route.doc.request.clone()?;
    let content = ContentBuilder::new().schema(Some(schema)).example(route.doc.takes.clone()).build();
    let needed = route.doc.form || route.doc.reads.is_some_and(|read| read(b"{}").is_err());
    let required = if needed { Required::True } else { Required::False };
    Some(RequestBodyBuilder::new().content(if route.doc.form { FORM } else { JSON }, content).required(Some(required)).build())
}

fn idempotency_key() -> Parameter {
    ParameterBuilder::new()
        .name("Idempotency-Key")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(
            "1 to 255 visible ASCII characters, a UUID for example. A request that is sent again under its key acts only once.",
        ))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String).max_length(Some(255))))
        .build()
}

fn securities(route: &Route) -> Vec<SecurityRequirement> {
    let one = |name: &str| SecurityRequirement::new::<_, [String; 0], String>(name, []);
    match (route.doc.signed_in, route.doc.in_person) {
        (false, _) => vec![SecurityRequirement::default()],
        (true, true) => vec![one(TOKEN)],
        (true, false) => vec![one(KEY_IN_HEADER), one(KEY_IN_BEARER), one(TOKEN)],
    }
}

pub(super) fn http_method(method: &Method) -> HttpMethod {
    match *method {
        Method::POST => HttpMethod::Post,
        Method::PUT => HttpMethod::Put,
        Method::PATCH => HttpMethod::Patch,
        Method::DELETE => HttpMethod::Delete,
        _ => HttpMethod::Get,
    }
}
