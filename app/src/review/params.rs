//! The query parameters of the page.

use crate::url;
use leptos_router::params::ParamsMap;
use market::job::Category;
use serde::Deserialize;
use serde::Serialize;

/// The query parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewQueueParams {
    pub(super) category: String,
    /// The offset in the list of jobs.
    pub offset: i64,
    /// The offset in the list of own reviews.
    pub mine: i64,
}

impl ReviewQueueParams {
    pub(super) fn read(query: &ParamsMap) -> Self {
        let number = |name| query.get(name).and_then(|text| text.parse().ok()).unwrap_or(0);
        Self { category: query.get("category").unwrap_or_default(), offset: number("offset"), mine: number("mine") }
    }
    /// Returns the category of the listed jobs; none for all or for an unknown one.
    pub fn kind(&self) -> Option<Category> {
        Category::parse(&self.category)
    }
    /// Returns the page's address for one list's pager, which keeps the offset of the other list.
    pub(super) fn address(&self, list: &str) -> String {
        let (offset, mine) = (self.offset.to_string(), self.mine.to_string());
        let other = match list {
            "offset" if self.mine > 0 => ("mine", mine.as_str()),
            "mine" if self.offset > 0 => ("offset", offset.as_str()),
            _ => ("", ""),
        };
        url::with_query("/proofing", &[("category", &self.category), other])
    }
}
