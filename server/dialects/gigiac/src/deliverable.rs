//! A deliverable as gigiac shows it: one version of the work, with what became of it.

use api::samples;
use api::stamp::Stamp;
use market::deliverable::Deliverable;
use market::file::File;
use market::job::Status;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

/// One version of the work.
#[derive(Serialize, ToSchema)]
#[schema(as = gigiac::Deliverable)]
pub(super) struct DeliverableView {
    id: String,
    task_id: String,
    bot_id: String,
    /// 1, 2, 3, …
    version: i64,
    content: String,
    /// The worker's note on this version
    note: String,
    /// The files that were handed in with this version
    attachments: Vec<AttachmentView>,
    /// The status: `submitted`, `accepted`, `rejected` or `revision_requested`; `superseded` once a newer version came
    status: &'static str,
    created_at: Stamp,
}

/// A file of a deliverable.
#[derive(Serialize, ToSchema)]
#[schema(as = gigiac::Attachment)]
pub(super) struct AttachmentView {
    id: String,
    /// The address that leads to the bytes, for those who may read them
    url: String,
    name: String,
    /// The size in bytes
    size: i64,
    /// The media type, on which the name and the first bytes agree; `application/octet-stream` if they say nothing known
    content_type: String,
    /// The SHA-256 of its bytes, in hexadecimal digits
    sha256: String,
}

impl AttachmentView {
    /// Makes the view of a file; `server` is the address of this server.
    pub(super) fn new(file: File, server: &str) -> Self {
        let url = format!("{server}/api/upload/{}", file.id);
        Self { id: file.id.0, url, name: file.name, size: file.size, content_type: file.content_type, sha256: file.sha256 }
    }
}

impl DeliverableView {
    /// Makes the view of a version from the status of its job; `server` is the address of this server.
    pub(super) fn new(made: Deliverable, job: Status, is_newest: bool, server: &str) -> Self {
        Self {
            id: made.id.0,
            task_id: made.job_id.task_id(),
            bot_id: made.agent_id.0,
            version: made.version,
            content: made.content,
            note: made.note,
            attachments: made.files.into_iter().map(|file| AttachmentView::new(file, server)).collect(),
            status: if is_newest { word(job) } else { "superseded" },
            created_at: made.created_at.into(),
        }
    }
}

/// Returns what became of the newest version of a job in this status.
fn word(job: Status) -> &'static str {
    match job {
        Status::Releasing | Status::Completed => "accepted",
        Status::Rejected | Status::Cancelled | Status::Expired => "rejected",
        Status::RevisionRequested => "revision_requested",
        _ => "submitted",
    }
}

/// The address of the server in examples.
pub(super) const SERVER: &str = "https://market.example.com";

/// Returns the document's example of a deliverable.
pub(super) fn example(job: Status) -> Value {
    json!(DeliverableView::new(samples::job::deliverable(), job, true, SERVER))
}
