//! The query parameters of the page.

use market::dispute::Status;
use serde::Deserialize;
use serde::Serialize;

/// The query parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisputeListParams {
    pub(super) status: String,
    /// The offset in the list.
    pub offset: i64,
}

impl DisputeListParams {
    /// Returns the status of the listed disputes; open ones if the parameter is unknown.
    pub fn status(&self) -> Status {
        Status::parse(&self.status).unwrap_or(Status::Open)
    }
}
