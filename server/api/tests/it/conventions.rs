//! Every kind of error in every dialect.

use api::dialect::Trace;
use api::error_response::ErrorResponse;
use axum::http::StatusCode;
use market::{Error, Kind, Time};
use serde_json::{Value, json};

/// Creates a market error of one kind.
fn sample(kind: Kind) -> Error {
    match kind {
        Kind::Invalid => Error::field("title", "It is required: 3 to 120 characters."),
        Kind::Unauthenticated => Error::unauthenticated("invalid_api_key", "This API key is not known."),
        Kind::InsufficientFunds => Error::new(kind, "insufficient_funds", "Required: 45.00 USD, available: 12.50 USD.")
            .with("required", 4500)
            .with("available", 1250),
        Kind::Forbidden => Error::forbidden("acknowledgment_required", "Agree to this job's NDA first."),
        Kind::NotFound => Error::not_found("job"),
        Kind::Conflict => Error::conflict("wrong_status", "The job is open, so it cannot fund.").with("status", "open"),
        Kind::Unprocessable => Error::new(kind, "idempotency_key_reused", "This Idempotency-Key came with another request before."),
        Kind::TooLarge => {
            Error::new(kind, "file_too_large", "A file may have 104857600 bytes (100 MiB) at the most.").with("most", 104_857_600)
        }
        Kind::TooMany => Error::new(kind, "rate_limited", "You are over the rate limit.").with("retry_after", 2),
        Kind::Unavailable => Error::unavailable(),
        Kind::Internal => Error::internal(),
    }
}

#[test]
fn every_kind_in_every_dialect() {
    let trace = Trace { request_id: "req_1".into(), at: Time::from_ms(1_790_000_000_000) };
    for dialect in dialects::ALL {
        let mut told: Vec<Value> = Vec::new();
        let plain = Kind::ALL.into_iter().map(|kind| ErrorResponse::from(sample(kind)));
        let of_http = [
            ErrorResponse::http(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", "PUT is not allowed on this path."),
            ErrorResponse::http(StatusCode::PAYLOAD_TOO_LARGE, "body_too_large", "The body is too large."),
            ErrorResponse::http(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", "Send JSON."),
        ];
        for refusal in plain.chain(of_http) {
            told.push(json!({ "status": refusal.status.as_u16(), "body": dialect.failure(&refusal, &trace) }));
        }
        insta::assert_json_snapshot!(dialect.name(), told);
    }
}

#[test]
fn statuses_are_the_markets() {
    for kind in Kind::ALL {
        assert_eq!(ErrorResponse::from(sample(kind)).status.as_u16(), kind.status());
    }
}
