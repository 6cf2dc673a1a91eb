//! `GET /exports/{id}`: the archive of a member's data, by the signed link that was mailed. The link is the credential.

use crate::files::Asked;
use api::call::AnonymousCall;
use api::path::Id;
use api::query::Query;
use api::rate_limit::FORMS;
use api::response::{ApiError, ApiResult, raw};
use api::route::{Route, get};
use market::Error;
use market::export::{self, Signed, errors};
use market::id::ExportId;
use serde::Deserialize;
use serde_json::json;
use storage::{Attachment, archive_id};
use utoipa::IntoParams;

/// The name under which a browser saves the archive.
const NAME: &str = "guildhall-data.zip";

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/exports/{id}", bytes)
            .named("export_bytes")
            .says(
                "A copy of your data",
                "A ZIP archive with a JSON file for each kind of data, and the files that you sent. Another route asks for it; the link is \
                 mailed and works for seven days, for whoever has it.",
            )
            .gives(200, json!("(the bytes)"))
            .in_media("application/zip")
            .also(206, "The part that `Range` asked for")
            .also(304, "The bytes are those that `If-None-Match` names")
            .also(412, "The bytes are not those that `If-Match` names")
            .also(416, "`Range` begins beyond the end; `Content-Range` names the size")
            .limited(&FORMS)
            .refuses(unsigned())
            .refuses(errors::export_link_invalid())
            .refuses(Error::not_found("export")),
    ]
}

fn unsigned() -> Error {
    Error::field("signature", "It is required. Use the link as it was given.")
}

/// The parameters of a signed link.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
struct LinkParams {
    /// The server's signature over the export
    #[param(required)]
    signature: String,
}

async fn bytes(call: AnonymousCall, Id(id): Id<ExportId>, Query(params): Query<LinkParams>, asked: Asked) -> ApiResult<String> {
    if params.signature.is_empty() {
        return Err(unsigned().into());
    }
    let export = export::follow(call.market(), &id, &Signed { signature: params.signature }).await?;
    let archive = Attachment {
        id: archive_id(&export.id),
        name: NAME,
        content_type: "application/zip",
        size: export.size.unsigned_abs(),
        version: export.id.as_str(),
    };
    let sent = storage::send(&call.state().services.files, archive, &asked.method, &asked.headers).await;
    Ok(raw(sent.map_err(ApiError::from)?))
}
