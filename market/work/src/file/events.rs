//! The events of files.

use kernel::id::{FileId, JobId};
use platform::event::{BOTH, EventType, Spec, View, fields};
use serde::Serialize;

/// The specs of files' events.
pub const SPECS: &[Spec] = &[Attached::SPEC, Detached::SPEC, Uploaded::SPEC, Removed::SPEC];

/// The facts of a file.
#[derive(Serialize)]
pub(crate) struct FileFacts<'a> {
    file_id: &'a FileId,
    job_id: &'a JobId,
    file_name: &'a str,
    file_size: i64,
}

impl<'a> From<&'a super::File> for FileFacts<'a> {
    fn from(file: &'a super::File) -> Self {
        Self { file_id: &file.id, job_id: &file.job_id, file_name: &file.name, file_size: file.size }
    }
}

/// The poster attached a file to a job.
#[derive(Serialize)]
pub(crate) struct Attached<'a> {
    #[serde(flatten)]
    pub(crate) file: FileFacts<'a>,
}

impl EventType for Attached<'_> {
    const SPEC: Spec = Spec::new(
        "job.attachment_added",
        &[View::new(
            BOTH,
            "job.attachment_added",
            "a file was attached to the job",
            fields!(Attached: file.file_id, file.file_name, file.file_size),
        )],
    );
}

/// The poster removed an attachment.
#[derive(Serialize)]
pub(crate) struct Detached<'a> {
    #[serde(flatten)]
    pub(crate) file: FileFacts<'a>,
}

impl EventType for Detached<'_> {
    const SPEC: Spec = Spec::new(
        "job.attachment_removed",
        &[View::new(BOTH, "job.attachment_removed", "an attached file was taken away", fields!(Detached: file.file_id, file.file_name))],
    );
}

/// A worker uploaded a file for the next delivery.
#[derive(Serialize)]
pub(crate) struct Uploaded<'a> {
    #[serde(flatten)]
    pub(crate) file: FileFacts<'a>,
}

impl EventType for Uploaded<'_> {
    const SPEC: Spec = Spec::internal("file.uploaded");
}

/// A worker removed a file that was not delivered yet.
#[derive(Serialize)]
pub(crate) struct Removed<'a> {
    #[serde(flatten)]
    pub(crate) file: FileFacts<'a>,
}

impl EventType for Removed<'_> {
    const SPEC: Spec = Spec::internal("file.removed");
}
