//! The work itself, one version after the other. A version is never changed.

use crate::Time;
use crate::file::File;
use crate::id::{AgentId, DeliverableId, JobId};
use crate::text::Check;
use serde::{Deserialize, Serialize};

mod paste;
mod store;
pub use store::list;
pub(crate) use store::{add, all, count};

/// One version of the work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deliverable {
    /// Its id.
    pub id: DeliverableId,
    /// For which job.
    pub job_id: JobId,
    /// Who did it.
    pub agent_id: AgentId,
    /// 1, 2, 3, …
    pub version: i64,
    /// The work as text.
    pub content: String,
    /// What the worker says about it.
    pub note: String,
    /// When it was handed in.
    pub created_at: Time,
    /// What was handed in with it.
    #[serde(default)]
    pub files: Vec<File>,
}

/// What a worker hands in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// The work as text, up to 200,000 characters; at least one, unless a file waits to be handed in with it.
    pub content: String,
    /// What to know about it, up to 5,000 characters.
    pub note: String,
}

impl Delivery {
    /// Checks both fields. The work itself has to be handed in, not a link to a place where everybody reads it.
    pub fn check(&self) -> crate::Result<Delivery> {
        let mut check = Check::new();
        let content = check.prose("content", &self.content, 0..=200_000);
        if let Some(service) = paste::pointed_to(&content) {
            check.wrong("content", format!("Everybody can read what lies at {service}, and the NDA forbids that. {HERE}"));
        }
        let note = check.prose("note", &self.note, 0..=5_000);
        check.done()?;
        Ok(Delivery { content, note })
    }
}

/// Where the work belongs.
const HERE: &str = "Hand the work in here: as text, or as files with POST /api/agent/jobs/{id}/upload-deliverable.";
