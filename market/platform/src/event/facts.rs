//! Reading the facts of a stored event.

use super::Event;
use crate::db::inconsistent;
use kernel::Result;
use serde::de::DeserializeOwned;

impl Event {
    /// Returns the facts, a JSON object.
    ///
    /// # Errors
    /// Facts that can't be read are logged, and an internal error.
    pub fn facts<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_str(&self.payload).map_err(|_| inconsistent("event", self.id.as_str(), "its facts can't be read"))
    }
}
