//! A copy of everything about the caller.

use api::call::Call;
use api::enum_schema;
use api::response::{ApiResult, accepted, ok};
use api::route::{Route, get};
use api::samples;
use api::stamp::Stamp;
use market::actor;
use market::export::{self, Export, LIFE, Link, Status, errors};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/api/privacy/export", request)
            .named("gigiac_privacy_export")
            .says(
                "A copy of your data",
                "Asks for an archive of everything about you, once a day; the answer is 202 while it is prepared. Asked again, the answer is \
                 200 with the state of the last one. A mail takes the link to you, which works for seven days for whoever has it, unless the password changes before. It needs an \
                 API key with the scope `*` that belongs to no bot; with an access token it only tells the state, and a person asks on the page of \
                 their data.",
            )
            .gives(202, example(Status::Preparing))
            .also_gives(200, "The last export, with `download_url` for a key if it is ready", example(Status::Ready))
            .refuses(actor::errors::whole_key_required())
            .refuses(errors::export_needs_password()),
    ]
}

/// A copy of the caller's data.
#[derive(Serialize, ToSchema)]
#[schema(as = gigiac::Export)]
struct ExportView {
    #[schema(schema_with = enum_schema::of::<Status>)]
    status: Status,
    /// When it was asked for
    requested_at: Stamp,
    /// The link to the archive, once it is ready
    download_url: Option<String>,
    /// When the link ends
    expires_at: Option<Stamp>,
    /// The size of the archive in bytes
    size: Option<i64>,
}

impl ExportView {
    fn new(export: &Export, link: Option<Link>) -> Self {
        Self {
            status: export.status,
            requested_at: export.requested_at.into(),
            size: link.is_some().then_some(export.size),
            expires_at: link.as_ref().map(|link| link.expires_at.into()),
            download_url: link.map(|link| link.url),
        }
    }
}

fn example(status: Status) -> Value {
    let export = Export {
        id: "exp_8f1b4m7q0t3w6z9c2e5h".into(),
        member_id: samples::account::member().id,
        status,
        size: 48_213,
        requested_at: samples::AT,
        expires_at: (status == Status::Ready).then(|| samples::AT.after(LIFE)),
        epoch: 0,
    };
    let url = format!("{}/exports/{}?signature={}", samples::BASE_URL, export.id, "7c".repeat(32));
    json!(ExportView::new(&export, export.expires_at.map(|expires_at| Link { url, expires_at })))
}

async fn request(call: Call) -> ApiResult<ExportView> {
    let export = export::ask(call.market(), &call.actor, None).await?;
    let view = ExportView::new(&export, export::shown_link(call.market(), &call.actor, &export));
    Ok(if export.status == Status::Preparing { accepted(view) } else { ok(view) })
}
