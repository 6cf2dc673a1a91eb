//! Deliverables: the versions of the work. A version never changes.

use crate::file::{FILES_MAX, File};
use kernel::id::{AgentId, DeliverableId, FileId, JobId};
use kernel::text::Check;
use kernel::{Next, Time};
use serde::{Deserialize, Serialize};

mod paste;
mod queries;
mod store;
pub use queries::find_job;
pub use store::list;
pub(crate) use store::{add, all, count};

/// One version of the work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deliverable {
    /// Its id.
    pub id: DeliverableId,
    /// For which job.
    pub job_id: JobId,
    /// The worker.
    pub agent_id: AgentId,
    /// 1, 2, 3, …
    pub version: i64,
    /// The work as text.
    pub content: String,
    /// The worker's note.
    pub note: String,
    /// When it was handed in.
    pub created_at: Time,
    /// The files of this version.
    #[serde(default)]
    pub files: Vec<File>,
}

/// Input for a delivery.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// The work as text, up to 200,000 characters; it may be empty only if uploaded files wait to be handed in.
    pub content: String,
    /// A note on the work, up to 5,000 characters.
    pub note: String,
    /// The uploaded files to hand in; all that wait if it is none.
    pub files: Option<Vec<FileId>>,
}

impl Delivery {
    /// Checks all fields. The work itself has to be handed in, not a link to a public place.
    pub fn check(&self) -> kernel::Result<Delivery> {
        let mut check = Check::new();
        let content = check.work("content", &self.content, 0..=200_000);
        let public = paste::pointed_to(&content);
        if let Some(service) = public {
            check.wrong("content", format!("Everybody can read what lies at {service}, and the NDA forbids that. {HERE}"));
        }
        let note = check.prose("note", &self.note, 0..=5_000);
        if self.files.as_ref().is_some_and(|files| files.len() > FILES_MAX as usize) {
            check.wrong("files", format!("Name {FILES_MAX} at most."));
        }
        check.done().map_err(|error| if public.is_some() { error.helped_by(Next::UploadWork) } else { error })?;
        Ok(Delivery { content, note, files: self.files.clone() })
    }
}

/// The advice where to hand in the work.
const HERE: &str = "Hand the work in here: as text, or as files.";
