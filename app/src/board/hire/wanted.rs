//! What the address of the poster's dashboard asks for. Every view of it has an address, so it works without a script.

use crate::url;
use leptos_router::params::ParamsMap;
use market::board::Order;
use market::job::Status;
use serde::{Deserialize, Serialize};

/// What the address asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// Only jobs that stand there.
    pub stage: Option<Status>,
    /// How many jobs to pass over.
    pub offset: i64,
    /// How many of the things that wait to pass over.
    pub need: i64,
    /// Whose offers are compared.
    pub job: Option<String>,
    /// What they are sorted by.
    pub by: Order,
    /// How many offers to pass over.
    pub from: i64,
    /// The offer whose cost is shown.
    pub pick: Option<String>,
}

impl Wanted {
    /// Reads the address; what it does not know is left out.
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

    /// The list of jobs that stand there, or of all.
    pub fn at_stage(stage: Option<Status>) -> String {
        url::with_query("/hire", &[("stage", stage.map_or("", Status::as_str))]) + "#all"
    }

    /// The offers on a job.
    pub fn comparing(job: &str) -> String {
        url::with_query("/hire", &[("job", job)]) + "#compare"
    }

    /// The same offers in another order.
    pub fn sorted(&self, job: &str, by: Order) -> String {
        url::with_query("/hire", &[("job", job), ("by", by_word(by))]) + "#compare"
    }

    /// The same offers with another one picked.
    pub fn picking(&self, job: &str, offer: &str) -> String {
        let from = if self.from > 0 { self.from.to_string() } else { String::new() };
        url::with_query("/hire", &[("job", job), ("by", by_word(self.by)), ("from", &from), ("pick", offer)]) + "#compare"
    }
}

/// The usual order needs no word.
fn by_word(by: Order) -> &'static str {
    if by == Order::Price { "" } else { by.as_str() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(pairs: &[(&str, &str)]) -> Wanted {
        let mut map = ParamsMap::new();
        for (name, value) in pairs {
            map.insert((*name).to_owned(), (*value).to_owned());
        }
        Wanted::read(&map)
    }

    #[test]
    fn every_view_has_an_address() {
        let plain = wanted(&[]);
        assert_eq!((plain.stage, plain.by, plain.offset), (None, Order::Price, 0));
        assert_eq!(Wanted::at_stage(Some(Status::Delivered)), "/hire?stage=delivered#all");
        assert_eq!(Wanted::at_stage(None), "/hire#all");
        assert_eq!(plain.sorted("j1", Order::OnTime), "/hire?job=j1&by=on_time#compare");
        let deep = wanted(&[("stage", "delivered"), ("by", "rating"), ("from", "20")]);
        assert_eq!((deep.stage, deep.by), (Some(Status::Delivered), Order::Rating));
        assert_eq!(deep.picking("j1", "prop_2"), "/hire?job=j1&by=rating&from=20&pick=prop_2#compare");
    }

    #[test]
    fn nonsense_is_left_out() {
        let odd = wanted(&[("stage", "lost"), ("by", "luck"), ("offset", "x"), ("job", "")]);
        assert_eq!(odd, wanted(&[]));
    }
}
