//! The errors of an operation: those that follow from its signature, and those that its route declares.

use crate::credential;
use crate::dialect::Dialect;
use crate::error_response::ErrorResponse;
use crate::openapi::Doc;
use crate::rate_limit::{too_many, too_many_at_once};
use crate::route::Route;
use crate::samples;
use crate::{body, header, middleware};
use axum::http::Method;
use market::{Error, actor, agent, idempotency, key, suspension, team, token};
use serde_json::json;
use storage::errors;

pub(super) fn of(route: &Route, dialect: &dyn Dialect, limited: bool) -> Vec<ErrorResponse> {
    let doc = &route.doc;
    let mut all: Vec<ErrorResponse> = doc.refusals.iter().cloned().map(ErrorResponse::from).collect();
    if doc.signed_in {
        let own = |code: &str| doc.refusals.iter().any(|refusal| refusal.code == code);
        all.extend(of_credentials(doc, dialect).filter(|refusal| !own(&refusal.error.code)));
    }
    if doc.form {
        all.extend([crate::upload::no_form(), middleware::coded()]);
        let of_uploads = [errors::incomplete_upload(), errors::too_much_around(), errors::storage_unavailable()];
        all.extend(of_uploads.into_iter().map(ErrorResponse::from));
    } else if doc.request.is_some() {
        all.extend(of_bodies(doc));
    } else if doc.parameters.iter().any(|parameter| parameter.name == "limit") {
        all.push(Error::field("limit", "It is 1000; give 1 to 100.").into());
    }
    if route.method != Method::GET && !doc.unkeyed {
        all.push(idempotency::errors::invalid_idempotency_key().into());
        all.push(idempotency::errors::idempotency_key_reused().into());
    }
    if doc.signed_in || doc.request.is_some() || route.method != Method::GET {
        all.push(header::repeated("content-type").into());
    }
    if limited {
        all.push(too_many(2).into());
    }
    if let Some(most) = route.policy(dialect).concurrent {
        all.push(too_many_at_once(most.least()).into());
    }
    all.extend([Error::internal().into(), Error::try_again().into()]);
    all
}

fn of_credentials(doc: &Doc, dialect: &dyn Dialect) -> impl Iterator<Item = ErrorResponse> {
    let may_not = match doc.in_person {
        true => actor::errors::token_required(),
        false => actor::errors::missing_scope("jobs:read"),
    };
    let refusals = [
        credential::missing(dialect),
        credential::malformed(),
        key::errors::invalid_api_key(),
        key::errors::key_revoked(),
        key::errors::key_expired(),
        suspension::errors::account_suspended(),
        suspension::errors::account_closed(samples::in_days(7)),
        token::errors::invalid_token(),
        token::errors::token_expired(),
        credential::two(),
        may_not,
        actor::errors::missing_permission("jobs:write"),
        Error::not_found("team"),
        team::errors::key_has_a_team(),
        agent::errors::key_has_an_agent(),
    ];
    refusals.into_iter().map(ErrorResponse::from)
}

fn of_bodies(doc: &Doc) -> Vec<ErrorResponse> {
    let mut all: Vec<ErrorResponse> =
        vec![body::no_object().into(), middleware::incomplete().into(), middleware::too_large(), body::no_json(), middleware::coded()];
    // A real error about the first field of the example.
    let field = doc.takes.as_ref().and_then(|takes| takes.as_object()?.keys().next().cloned());
    let complaint = field.zip(doc.reads).and_then(|(field, read)| read(json!({ field: {} }).to_string().as_bytes()).err());
    all.extend(complaint.map(ErrorResponse::from));
    all
}
