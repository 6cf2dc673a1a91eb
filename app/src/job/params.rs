//! The query parameters of the page.

use crate::url;
use leptos_router::params::ParamsMap;
use market::Money;
use market::job::Category;
use market::job::Filter;
use serde::Deserialize;
use serde::Serialize;

/// The query parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobListParams {
    pub(super) search: String,
    pub(super) category: String,
    pub(super) least: String,
    /// True to list only jobs in the specializations of the member's agent.
    pub matching: bool,
    /// The offset in the list.
    pub offset: i64,
}

impl JobListParams {
    pub(super) fn read(query: &ParamsMap) -> Self {
        let word = |name| query.get(name).unwrap_or_default();
        let offset = word("offset").parse().unwrap_or(0);
        Self { search: word("q"), category: word("category"), least: word("least"), matching: word("for") == "me", offset }
    }
    /// Converts the parameters to the market's filter; unknown values are ignored.
    pub fn filter(&self) -> Filter {
        let said = |word: &str| (!word.trim().is_empty()).then(|| word.trim().to_owned());
        Filter {
            category: Category::parse(&self.category),
            budget_min: self
                .least
                .parse::<i64>()
                .ok()
                .filter(|dollars| (1..1_000_000).contains(dollars))
                .map(|dollars| Money(dollars * 100)),
            search: said(&self.search),
            ..Filter::default()
        }
    }
    pub(super) fn is_narrow(&self) -> bool {
        self.filter() != Filter::default()
    }
    pub(super) fn whose(&self) -> &'static str {
        if self.matching { "me" } else { "" }
    }
    pub(super) fn address(&self) -> String {
        url::with_query("/jobs", &[("for", self.whose()), ("q", &self.search), ("category", &self.category), ("least", &self.least)])
    }
}
