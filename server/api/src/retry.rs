//! After a request failed: an act that lost to another transaction changed nothing, and running it again is the remedy; a spend for which a
//! person is asked changed nothing either, and its request is kept now.

use crate::context::{Caller, RequestContext};
use crate::error_response::ErrorResponse;
use crate::response::ApiError;
use axum::body::Body;
use axum::extract::Request;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use market::mandate::errors::APPROVAL_REQUIRED;
use market::{Error, Retries, approval};

/// Runs a request whose body is in its extensions, and again while its failure is worth it.
pub(crate) async fn retry(parts: Parts, next: Next) -> Response {
    let mut retries = Retries::default();
    loop {
        let response = next.clone().run(Request::from_parts(parts.clone(), Body::empty())).await;
        let Some(refusal) = response.extensions().get::<ErrorResponse>() else { return response };
        if refusal.error.code == APPROVAL_REQUIRED {
            return asked(&parts, refusal.error.clone()).await;
        }
        if !retries.again(&refusal.error) {
            return response;
        }
        tracing::debug!("transient failure: retrying");
    }
}

/// Keeps the request for a person's approval, and answers with its id.
async fn asked(parts: &Parts, refusal: Error) -> Response {
    let answer = match RequestContext::of(parts) {
        Ok(context) => match &context.caller {
            Caller::Member(actor) => approval::ask(&context.state.services.market, actor, refusal).await,
            Caller::Anonymous(_) | Caller::Nobody => refusal,
        },
        Err(error) => error,
    };
    ApiError::from(answer).into_response()
}
