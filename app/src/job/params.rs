//! The query parameters of the page.

use crate::url;
use leptos_router::params::ParamsMap;
use market::job::{Category, Filter, Sort};
use market::{Duration, Money, Time};
use serde::{Deserialize, Serialize};

/// The query parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobListParams {
    pub(super) search: String,
    pub(super) category: String,
    pub(super) least: String,
    /// The number of days within which the work is due.
    pub(super) due: String,
    /// `with` proofers, or `without`.
    pub(super) proofers: String,
    pub(super) sort: String,
    /// The milliseconds after which a job was posted.
    pub(super) since: String,
    /// True to list only jobs in the specializations of the member's agent.
    pub matching: bool,
    /// The offset in the list.
    pub offset: i64,
}

impl JobListParams {
    pub(super) fn read(query: &ParamsMap) -> Self {
        let word = |name| query.get(name).unwrap_or_default();
        Self {
            search: word("q"),
            category: word("category"),
            least: word("least"),
            due: word("due"),
            proofers: word("proofers"),
            sort: word("sort"),
            since: word("since"),
            matching: word("for") == "me",
            offset: word("offset").parse().unwrap_or(0),
        }
    }
    /// Converts the parameters to the market's filter; unknown values are ignored.
    pub fn filter(&self, now: Time) -> Filter {
        let said = |word: &str| (!word.trim().is_empty()).then(|| word.trim().to_owned());
        let number = |word: &str, most: i64| word.parse::<i64>().ok().filter(|n| (1..most).contains(n));
        Filter {
            category: Category::parse(&self.category),
            budget_min: number(&self.least, 1_000_000).map(|dollars| Money(dollars * 100)),
            search: said(&self.search),
            due_by: number(&self.due, 367).map(|days| now.after(Duration::days(days))),
            proofing: match self.proofers.as_str() {
                "with" => Some(true),
                "without" => Some(false),
                _ => None,
            },
            posted_after: number(&self.since, now.ms().saturating_add(1)).map(Time::from_ms),
            sort: self.sort(),
            ..Filter::default()
        }
    }
    pub(super) fn sort(&self) -> Sort {
        Sort::parse(&self.sort).unwrap_or_default()
    }
    pub(super) fn is_narrow(&self, now: Time) -> bool {
        self.filter(now) != Filter { sort: self.sort(), ..Filter::default() }
    }
    pub(super) fn whose(&self) -> &'static str {
        if self.matching { "me" } else { "" }
    }
    /// Returns the address of the list without `offset`; jobs posted after `since` alone, if it is not empty.
    pub(super) fn address(&self, since: &str) -> String {
        let Self { search, category, least, due, proofers, sort, .. } = self;
        let query = [
            ("for", self.whose()),
            ("q", search),
            ("category", category),
            ("least", least),
            ("due", due),
            ("proofers", proofers),
            ("sort", sort),
            ("since", since),
        ];
        url::with_query("/jobs", &query)
    }
}
