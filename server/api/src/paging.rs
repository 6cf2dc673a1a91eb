//! The paging parameters `limit` and `offset`, equal in every dialect.

use market::{Paging, Result};
use serde::Deserialize;
use utoipa::IntoParams;

/// `limit` and `offset`.
#[derive(Debug, Default, Deserialize, IntoParams)]
pub struct PageParams {
    /// How many items at most, 1 to 100
    #[param(default = 20, minimum = 1, maximum = 100)]
    limit: Option<i64>,
    /// How many to pass over first
    #[param(default = 0, minimum = 0)]
    offset: Option<i64>,
}

impl PageParams {
    /// Returns the checked page.
    pub fn paging(&self) -> Result<Paging> {
        Paging::new(self.limit, self.offset)
    }
}
