//! The query parameters of the poster's dashboard. Every view has an address, so it works without a script.

use crate::url;
use leptos_router::params::ParamsMap;
use market::dashboard::Order;
use market::job::Status;
use serde::{Deserialize, Serialize};

/// The query parameters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HireParams {
    /// The status of the listed jobs; none for all.
    pub stage: Option<Status>,
    /// The offset in the list of jobs.
    pub offset: i64,
    /// The offset in the list of waiting jobs.
    pub need: i64,
    /// The job whose applications are compared.
    pub job: Option<String>,
    /// The order of the applications.
    pub by: Order,
    /// The offset in the list of applications.
    pub from: i64,
    /// The application whose cost is shown.
    pub pick: Option<String>,
}

impl HireParams {
    /// Reads the parameters; unknown values are ignored.
    pub fn read(query: &ParamsMap) -> Self {
        let number = |name| query.get(name).and_then(|text| text.parse().ok()).unwrap_or(0);
        let word = |name| query.get(name).filter(|word| !word.is_empty());
        Self {
            stage: word("stage").and_then(|word| Status::parse(&word)),
            offset: number("offset"),
            need: number("need"),
            job: word("job"),
            by: word("by").and_then(|word| Order::parse(&word)).unwrap_or(Order::Price),
            from: number("from"),
            pick: word("pick"),
        }
    }

    /// Returns the address of the list of jobs with a status, or of all.
    pub fn at_stage(stage: Option<Status>) -> String {
        url::with_query("/hire", &[("stage", stage.map_or("", Status::as_str))]) + "#all"
    }

    /// Returns the address of the applications for a job.
    pub fn comparing(job: &str) -> String {
        url::with_query("/hire", &[("job", job)]) + "#compare"
    }

    /// Returns the address of the applications in another order.
    pub fn sorted(&self, job: &str, by: Order) -> String {
        url::with_query("/hire", &[("job", job), ("by", by_word(by))]) + "#compare"
    }

    /// Returns the address of the applications with another one picked.
    pub fn picking(&self, job: &str, offer: &str) -> String {
        let from = if self.from > 0 { self.from.to_string() } else { String::new() };
        url::with_query("/hire", &[("job", job), ("by", by_word(self.by)), ("from", &from), ("pick", offer)]) + "#compare"
    }
}

/// Returns the word for an order; the default order has none.
fn by_word(by: Order) -> &'static str {
    if by == Order::Price { "" } else { by.as_str() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn params(pairs: &[(&str, &str)]) -> HireParams {
        let mut map = ParamsMap::new();
        for (name, value) in pairs {
            map.insert((*name).to_owned(), (*value).to_owned());
        }
        HireParams::read(&map)
    }

    #[test]
    fn every_view_has_an_address() {
        let plain = params(&[]);
        assert_eq!((plain.stage, plain.by, plain.offset), (None, Order::Price, 0));
        assert_eq!(HireParams::at_stage(Some(Status::Delivered)), "/hire?stage=delivered#all");
        assert_eq!(HireParams::at_stage(None), "/hire#all");
        assert_eq!(plain.sorted("j1", Order::OnTime), "/hire?job=j1&by=on_time#compare");
        let deep = params(&[("stage", "delivered"), ("by", "rating"), ("from", "20")]);
        assert_eq!((deep.stage, deep.by), (Some(Status::Delivered), Order::Rating));
        assert_eq!(deep.picking("j1", "prop_2"), "/hire?job=j1&by=rating&from=20&pick=prop_2#compare");
    }

    #[test]
    fn nonsense_is_left_out() {
        let odd = params(&[("stage", "lost"), ("by", "luck"), ("offset", "x"), ("job", "")]);
        assert_eq!(odd, params(&[]));
    }
}
