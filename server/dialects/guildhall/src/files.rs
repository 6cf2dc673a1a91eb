//! `GET /files/{id}`: the bytes of a signed link. The link is the credential; the permission of the viewer that it was made
//! for is checked again.

use api::call::AnonymousCall;
use api::openapi::Doc;
use api::path::Id;
use api::query::Query;
use api::rate_limit::FORMS;
use api::response::{ApiError, ApiResult, raw};
use api::route::{Argument, Route, get};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};
use market::Error;
use market::file::{self, Signed, errors};
use market::id::FileId;
use serde::Deserialize;
use serde_json::json;
use std::convert::Infallible;
use utoipa::IntoParams;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/files/{id}", bytes)
            .named("file_bytes")
            .says(
                "A file's bytes",
                "Another route signs the link, which is valid for five minutes, and no longer than the key or password of its viewer. The file is \
                 always an attachment; `ETag` is the SHA-256 of its bytes.",
            )
            .gives(200, json!("(the bytes)"))
            .in_media("application/octet-stream")
            .also(206, "The part that `Range` asked for")
            .also(304, "The bytes are those that `If-None-Match` names")
            .also(412, "The bytes are not those that `If-Match` names")
            .also(416, "`Range` begins beyond the end; `Content-Range` names the size")
            .limited(&FORMS)
            .refuses(Error::field("signature", "It is required. Use the link as it was given."))
            .refuses(errors::invalid_link())
            .refuses(errors::link_expired(file::LINK_LIFE))
            .refuses(errors::link_void())
            .refuses(Error::not_found("file")),
    ]
}

/// The parameters of a signed link.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
struct LinkParams {
    /// The key or member that the link was made for
    #[param(required)]
    viewer: String,
    /// The end of the link's life, in seconds since 1970
    #[param(required)]
    expires: i64,
    /// The server's signature over method, file, viewer and expiry
    #[param(required)]
    signature: String,
}

impl LinkParams {
    fn signed(self) -> Result<Signed, Error> {
        let Self { viewer, expires, signature } = self;
        if viewer.is_empty() || expires == 0 || signature.is_empty() {
            let missing = if viewer.is_empty() {
                "viewer"
            } else if expires == 0 {
                "expires"
            } else {
                "signature"
            };
            return Err(Error::field(missing, "It is required. Use the link as it was given."));
        }
        Ok(Signed { viewer, expires, signature })
    }
}

/// The method and the range headers of a request for a file.
pub(super) struct Asked {
    pub(super) method: Method,
    pub(super) headers: HeaderMap,
}

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self { method: parts.method.clone(), headers: parts.headers.clone() })
    }
}

impl Argument for Asked {
    fn describe(doc: &mut Doc) {
        for (name, about) in [
            ("Range", "One range of bytes, such as `bytes=0-1023`"),
            ("If-Range", "The ETag for which the range is wanted; if the bytes have another one, all of them are sent"),
            ("If-None-Match", "The ETag of bytes that you have; if it is still theirs, 304 is the answer"),
            ("If-Match", "The ETag that the bytes must have, or 412 is the answer"),
        ] {
            doc.header(name, about);
        }
    }
}

async fn bytes(call: AnonymousCall, Id(id): Id<FileId>, Query(params): Query<LinkParams>, asked: Asked) -> ApiResult<String> {
    let file = file::follow(call.market(), &id, &params.signed()?).await?;
    let sent = storage::send(&call.state().services.files, &file, &asked.method, &asked.headers).await;
    Ok(raw(sent.map_err(ApiError::from)?))
}
