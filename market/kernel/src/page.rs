//! Pagination: `limit` and `offset`, which every dialect has, the item after which a list goes on, and the total.

use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};

/// The most items of a page.
pub const LIMIT_MAX: i64 = 100;
/// The number of items of a page, if the caller gives none.
pub const LIMIT_USUAL: i64 = 20;
/// The largest offset, and the largest total that is reported: deeper paging is crawling.
pub const OFFSET_MAX: i64 = 10_000;

/// The requested part of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paging {
    /// The most items.
    pub limit: i64,
    /// The number of items to skip.
    pub offset: i64,
}

impl Paging {
    /// Requests the first `limit` items.
    pub const fn first(limit: i64) -> Self {
        Self { limit, offset: 0 }
    }
    /// Checks a caller's parameters; the default is [`LIMIT_USUAL`] items from the start.
    pub fn new(limit: Option<i64>, offset: Option<i64>) -> Result<Self> {
        let (limit, offset) = (limit.unwrap_or(LIMIT_USUAL), offset.unwrap_or(0));
        if !(1..=LIMIT_MAX).contains(&limit) {
            return Err(Error::field("limit", format!("It is {limit}; give 1 to {LIMIT_MAX}.")));
        }
        if !(0..=OFFSET_MAX).contains(&offset) {
            return Err(Error::field("offset", format!("It is {offset}; give 0 to {OFFSET_MAX}.")));
        }
        Ok(Self { limit, offset })
    }
}

/// A part of a list: items from an offset, or those after an item that the caller has. The latter neither repeats nor leaves out
/// items while others are added, and reaches the end of any list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The limit, and the offset if no item is named.
    pub paging: Paging,
    /// The id of the item before the first of this part.
    pub after: Option<String>,
}

impl Part {
    /// Checks a caller's parameters: an offset or an item, not both.
    pub fn new(limit: Option<i64>, offset: Option<i64>, after: Option<String>) -> Result<Self> {
        if offset.is_some() && after.is_some() {
            return Err(Error::field(AFTER, "It came with offset; give one of them."));
        }
        Ok(Self { paging: Paging::new(limit, offset)?, after })
    }

    /// Fails if the item is not of the list, as a store counted it.
    pub fn must_know(&self, found: i64) -> Result<()> {
        if found > 0 { Ok(()) } else { Err(Self::unknown()) }
    }

    /// Returns the error for an item that is not of this list.
    pub fn unknown() -> Error {
        Error::field(AFTER, "It names no item of this list; begin again without it.")
    }
}

/// The parameter that names the item after which a list goes on.
pub const AFTER: &str = "starting_after";

impl From<Paging> for Part {
    fn from(paging: Paging) -> Self {
        Self { paging, after: None }
    }
}

/// A page of a list, with the total.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T> {
    /// The items of this part, in order.
    pub items: Vec<T>,
    /// The length of the whole list. [`OFFSET_MAX`] stands for that many or more.
    pub total: i64,
    /// The requested value.
    pub limit: i64,
    /// The requested value.
    pub offset: i64,
}

impl<T> Page<T> {
    /// Creates a page.
    pub fn new(items: Vec<T>, total: i64, paging: Paging) -> Self {
        Self { items, total, limit: paging.limit, offset: paging.offset }
    }
    /// Converts the items of the page.
    pub fn map<U>(self, convert: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(convert).collect(), total: self.total, limit: self.limit, offset: self.offset }
    }
}
