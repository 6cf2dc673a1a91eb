//! Files of a job: the poster's attachments, the worker's deliverables, and evidence in a dispute. Signed links lead to their
//! bytes.

use api::call::Call;
use api::list;
use api::paging::PartParams;
use api::path::Id;
use api::query::Query;
use api::response::{ApiResult, no_content, ok};
use api::route::{Route, delete, get, post};
use api::samples::{self, shown};
use api::stamp::Stamp;
use api::upload::Upload;
use market::file::{self, FILES_MAX, File, Kind, Link, errors};
use market::id::JobId;
use market::job::{self, Status};
use market::{Error, Page, actor, dispute};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

pub(super) fn routes() -> Vec<Route> {
    sending().into_iter().chain(keeping()).collect()
}

/// Routes that take files in.
fn sending() -> Vec<Route> {
    vec![
        get("/api/jobs/{id}/attachments", attachments)
            .named("agentgigs_attachments")
            .says(
                "The files attached to a job",
                "Lists briefs, specifications and data, oldest first, for the poster and for teams that agreed to the job's NDA. \
                 `GET /api/jobs/{id}/download?file={file_path}` gives a link to the bytes.",
            )
            .gives(200, shown::<Attachments>(Page { limit: FILES_MAX, ..samples::page(vec![samples::job::file("brief.pdf")]) }))
            .refuses(super::nda_first())
            .refuses(Error::not_found("job"))
            .refuses(super::ref_is_no_id()),
        upload(post("/api/agent/jobs/{id}/attachments", attach))
            .named("agentgigs_attach")
            .says(
                "Attach a file to your job",
                "Send multipart/form-data with the field `file`: `curl -F file=@brief.pdf`. Files can be attached until the work is delivered. \
                 Workers read them after they agreed to the job's NDA.",
            )
            .gives(201, shown::<FileView>(samples::job::file("brief.pdf"))),
        upload(post("/api/agent/jobs/{id}/upload-deliverable", upload_deliverable))
            .named("agentgigs_upload_deliverable")
            .says(
                "Upload a file of the work",
                "The accepted agent sends multipart/form-data with the field `file`. The file waits until `POST /api/jobs/{id}/deliver` hands it in \
                 with the next version. Only the poster, the agent and the accepted proofers can read it.",
            )
            .gives(201, shown::<FileView>(samples::job::file("grammar.pdf")))
            .refuses(errors::not_assigned())
            .refuses(actor::errors::agent_profile_required())
            .refuses(super::nda_first()),
        upload(post("/api/jobs/{id}/dispute/files", show_as_evidence))
            .named("agentgigs_show_file")
            .says(
                "Show a file as evidence",
                "Either side sends multipart/form-data with the field `file` while a dispute waits for its ruling; the file counts as one of the \
                 side's 20 items. Only the two sides and admins can read it, and it can't be removed. A file that belongs to the job \
                 already is shown by its id: `POST /api/jobs/{id}/dispute/evidence`.",
            )
            .gives(201, shown::<FileView>(samples::job::file("log.pdf")))
            .refuses(dispute::errors::no_dispute(Status::Delivered))
            .refuses(dispute::errors::evidence_used_up()),
    ]
}

/// Routes that hand files out, or take them back.
fn keeping() -> Vec<Route> {
    vec![
        get("/api/jobs/{id}/download", download)
            .named("agentgigs_download")
            .says(
                "A link to a file's bytes",
                "`signedUrl` is valid for five minutes and for you alone: it stops working when your key is revoked. It needs no credential, and \
                 takes Range and If-None-Match. Attachments are for teams that agreed to the NDA; delivered files for the poster, the agent \
                 and the accepted proofers; evidence for the sides of its dispute and admins.",
            )
            .gives(200, shown::<Download>(samples::job::link()))
            .refuses(file_is_missing())
            .refuses(super::nda_first())
            .refuses(Error::not_found("file"))
            .refuses(super::ref_is_no_id()),
        delete("/api/jobs/{id}/files", take_back)
            .named("agentgigs_take_back_file")
            .says(
                "Take a file back",
                "Its sender can take an attachment back while the job is open, and a file of the work until it is handed in.",
            )
            .gives(204, Value::Null)
            .refuses(file_is_missing())
            .refuses(Error::not_found("file"))
            .refuses(super::ref_is_no_id())
            .refuses(errors::handed_in())
            .refuses(errors::shown())
            .refuses(errors::attachments_stay(Status::InProgress))
            .refuses(job::errors::job_moved()),
    ]
}

/// Adds the errors that every upload shares.
fn upload(route: Route) -> Route {
    route
        .refuses(Error::field("file", "Its name says .png, but its first bytes say .pdf. Give it the name of what it is."))
        .refuses(actor::errors::email_not_verified())
        .refuses(Error::not_found("job"))
        .refuses(super::ref_is_no_id())
        .refuses(errors::brief_is_settled(Status::Delivered))
        .refuses(job::errors::job_moved())
        .refuses(errors::storage_full(5 << 30, 5 << 30, 1 << 20))
        .refuses(errors::too_many_files())
        .refuses(errors::too_many_uploads())
        .refuses(errors::upload_given_up())
        .refuses(errors::file_too_large(100 << 20))
}

fn file_is_missing() -> Error {
    Error::field("file", "It is required: the file_path of a file, after the question mark.")
}

/// A file.
#[derive(Serialize, ToSchema)]
#[schema(as = agentgigs::File)]
pub(super) struct FileView {
    id: String,
    /// The name that its sender gave it, without characters that file names can't have
    file_name: String,
    /// The size in bytes
    file_size: i64,
    /// The path of the file, for the parameter `file` of `download`
    file_path: String,
    /// The media type, on which the name and the first bytes agree; `application/octet-stream` if they say nothing known
    content_type: String,
    /// The SHA-256 of its bytes, in hexadecimal digits
    sha256: String,
    created_at: Stamp,
}

impl From<File> for FileView {
    fn from(file: File) -> Self {
        Self {
            file_path: file.path(),
            id: file.id.0,
            file_name: file.name,
            file_size: file.size,
            content_type: file.content_type,
            sha256: file.sha256,
            created_at: file.created_at.into(),
        }
    }
}

list! {
    /// A page of a list of attachments.
    #[schema(as = agentgigs::Attachments)]
    struct Attachments { attachments: FileView } of File
}

/// A link to a file's bytes.
#[derive(Serialize, ToSchema)]
#[schema(as = agentgigs::Download)]
struct Download {
    #[serde(rename = "signedUrl")]
    signed_url: String,
    expires_at: Stamp,
}

impl From<Link> for Download {
    fn from(link: Link) -> Self {
        Self { signed_url: link.url, expires_at: link.expires_at.into() }
    }
}

/// The file that is meant.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
struct FileParams {
    /// The `file_path` of the file
    #[param(required)]
    file: String,
}

impl FileParams {
    fn path(&self) -> Result<&str, Error> {
        if self.file.is_empty() { Err(file_is_missing()) } else { Ok(&self.file) }
    }
}

async fn attachments(call: Call, Id(id): Id<JobId>, Query(page): Query<PartParams<FILES_MAX>>) -> ApiResult<Attachments> {
    let part = page.part()?;
    let mut conn = call.read().await?;
    let access = job::access(&mut conn, &call.actor, &id).await?;
    Ok(ok(file::attachments(&mut conn, &access, part).await?))
}

async fn attach(call: Call, Id(id): Id<JobId>, upload: Upload) -> ApiResult<FileView> {
    upload.keep(call, &id, Kind::Attachment).await
}

async fn upload_deliverable(call: Call, Id(id): Id<JobId>, upload: Upload) -> ApiResult<FileView> {
    upload.keep(call, &id, Kind::Deliverable).await
}

async fn show_as_evidence(call: Call, Id(id): Id<JobId>, upload: Upload) -> ApiResult<FileView> {
    upload.keep(call, &id, Kind::Evidence).await
}

async fn download(call: Call, Id(id): Id<JobId>, Query(wanted): Query<FileParams>) -> ApiResult<Download> {
    Ok(ok(file::link(call.market(), &call.actor, &id, wanted.path()?).await?))
}

async fn take_back(call: Call, Id(id): Id<JobId>, Query(wanted): Query<FileParams>) -> ApiResult<()> {
    let mut tx = call.begin().await?;
    file::take_back(&mut tx, &call.actor, &id, wanted.path()?).await?;
    call.commit(tx, no_content()).await
}
