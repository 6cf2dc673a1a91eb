//! Lists in pages: `limit` and `offset` as every dialect has them, and the total they count against.

use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};

/// The most items one page holds.
pub const LIMIT_MOST: i64 = 100;
/// The farthest a list can be paged, and the most a total says; deeper is a crawl, not a reader.
pub const OFFSET_MOST: i64 = 10_000;

/// Which part of a list is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paging {
    /// How many items at most.
    pub limit: i64,
    /// How many to pass over first.
    pub offset: i64,
}

impl Paging {
    /// The first `limit` items.
    pub const fn first(limit: i64) -> Self {
        Self { limit, offset: 0 }
    }
    /// From what a caller asked for, twenty items when nothing was said.
    pub fn new(limit: Option<i64>, offset: Option<i64>) -> Result<Self> {
        let (limit, offset) = (limit.unwrap_or(20), offset.unwrap_or(0));
        if !(1..=LIMIT_MOST).contains(&limit) {
            return Err(Error::field("limit", format!("It is {limit}; give 1 to {LIMIT_MOST}.")));
        }
        if !(0..=OFFSET_MOST).contains(&offset) {
            return Err(Error::field("offset", format!("It is {offset}; give 0 to {OFFSET_MOST}.")));
        }
        Ok(Self { limit, offset })
    }
}

/// A part of a list and how long the whole is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T> {
    /// The items of this part, in order.
    pub items: Vec<T>,
    /// How many there are in all; [`OFFSET_MOST`] may stand for more.
    pub total: i64,
    /// As asked.
    pub limit: i64,
    /// As asked.
    pub offset: i64,
}

impl<T> Page<T> {
    /// A part of a list with its total.
    pub fn new(items: Vec<T>, total: i64, paging: Paging) -> Self {
        Self { items, total, limit: paging.limit, offset: paging.offset }
    }
    /// The same page of something else.
    pub fn map<U>(self, convert: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(convert).collect(), total: self.total, limit: self.limit, offset: self.offset }
    }
}
