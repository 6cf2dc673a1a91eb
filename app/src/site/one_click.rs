//! The POST by which a mail program stops mails with one click (RFC 8058). It has no session; the secret in the address is the
//! permission.

use super::Site;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use market::notification;
use serde::Deserialize;

/// The query of the address that mails name.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    token: String,
    #[serde(default)]
    kind: String,
}

pub(super) async fn unsubscribe(State(site): State<Site>, Query(asked): Query<Asked>) -> Response {
    match market::act!(site.market, |tx| notification::unsubscribe(tx, &asked.token, &asked.kind).await) {
        Ok(()) => "You get no more mails like that one.\n".into_response(),
        Err(error) => {
            let status = StatusCode::from_u16(error.kind.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, format!("{}\n", error.message)).into_response()
        }
    }
}
