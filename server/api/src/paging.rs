//! Which part of a list is wanted, as every dialect asks.

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
    /// The part, or what is wrong with it.
    pub fn paging(&self) -> Result<Paging> {
        Paging::new(self.limit, self.offset)
    }
}
