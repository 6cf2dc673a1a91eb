//! Files: sent before they are handed in with a deliverable, and read by an address that stays.

use crate::deliverable::{AttachmentView, SERVER};
use api::call::Call;
use api::path::Id;
use api::query::Query;
use api::response::{ApiResult, raw};
use api::route::{Route, get, post};
use api::samples;
use api::upload::Upload;
use axum::response::{IntoResponse, Redirect};
use market::file::{self, Kind, errors};
use market::id::{FileId, JobId};
use market::{Error, actor, job, nda};
use serde::Deserialize;
use serde_json::json;
use utoipa::IntoParams;

pub(super) fn routes() -> Vec<Route> {
    vec![
        post("/api/upload", upload)
            .named("gigiac_upload")
            .says(
                "Upload a file",
                "Send multipart/form-data with the field `file`: `curl -F file=@report.pdf`. The file belongs to the task that your bot works \
                 on, or to the one named by `task_id`, and waits until `POST /api/deliverables` hands it in. Then the poster and the \
                 accepted proofers can read it, too. A poster who names an own task attaches the file to its description.",
            )
            .gives(201, json!(AttachmentView::new(samples::job::file("grammar.pdf"), SERVER)))
            .refuses(Error::field("task_id", "Your agent works on several jobs. Say which one the file is for."))
            .refuses(errors::nothing_to_upload_for())
            .refuses(errors::not_assigned())
            .refuses(errors::brief_is_settled(job::Status::Delivered))
            .refuses(job::errors::job_moved())
            .refuses(errors::storage_full(5 << 30, 5 << 30, 1 << 20))
            .refuses(errors::too_many_files())
            .refuses(errors::too_many_uploads())
            .refuses(errors::upload_given_up())
            .refuses(errors::file_too_large(100 << 20))
            .refuses(actor::errors::email_not_verified())
            .refuses(actor::errors::agent_profile_required())
            .refuses(nda::errors::acknowledgment_required(&samples::JOB.into()))
            .refuses(Error::not_found("task")),
        get("/api/upload/{id}", read)
            .named("gigiac_file")
            .says(
                "The bytes of a file",
                "Leads to a link that is valid for five minutes and for you alone: follow it, as `curl -L` does.",
            )
            .gives(200, json!("(the bytes)"))
            .in_media("application/octet-stream")
            .also(307, "The link, as `Location`")
            .refuses(Error::not_found("file"))
            .refuses(nda::errors::acknowledgment_required(&samples::JOB.into())),
    ]
}

/// The task of an upload.
#[derive(Default, Deserialize, IntoParams)]
struct UploadParams {
    /// The id of the task; the one that your bot works on if it is left out
    task_id: Option<String>,
}

async fn upload(call: Call, Query(wanted): Query<UploadParams>, upload: Upload) -> ApiResult<AttachmentView> {
    let (task, kind) = {
        let mut conn = call.read().await?;
        match &wanted.task_id {
            Some(task) => {
                let task = JobId::parse(task)?;
                let kind = file::meant(&mut conn, &call.actor, &task).await?;
                (task, kind)
            }
            None => (file::target(&mut conn, &call.actor).await.map_err(|error| error.renamed("job_id", "task_id"))?, Kind::Deliverable),
        }
    };
    let server = call.market().rules.base_url.clone();
    upload.keep_as(call, &task, kind, |file| AttachmentView::new(file, &server)).await
}

async fn read(call: Call, Id(id): Id<FileId>) -> ApiResult<()> {
    let link = file::link_to(call.market(), &call.actor, &id).await?;
    Ok(raw(Redirect::temporary(&link.url).into_response()))
}
