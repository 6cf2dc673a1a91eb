//! Rate policies: each is declared once, as data, and its description in the documents is made from its numbers.

use super::Subject;
use market::Duration;
use market::password::fingerprint;
use market::text::any_of;
use std::fmt::Write;

/// A rate policy: the windows that a route's callers are counted in.
#[derive(Debug)]
pub struct Policy {
    /// The unique name of its counters.
    pub name: &'static str,
    /// The wider policy that it tightens: each request counts there, too.
    pub within: Option<&'static Policy>,
    /// Its own windows; a request must fit into all of them.
    pub windows: &'static [Window],
    /// The most requests of one caller that may run at the same time.
    pub concurrent: Option<PerPlan>,
}

/// A window of a policy: a number of requests within a span, which then refill evenly.
#[derive(Debug)]
pub struct Window {
    /// The callers that share a counter.
    pub key: LimitKey,
    /// The number of requests that it allows.
    pub count: PerPlan,
    /// The time in which it refills.
    pub per: Duration,
}

/// A number for each plan.
#[derive(Clone, Copy, Debug)]
pub enum PerPlan {
    /// One number for all plans.
    All(u32),
    /// Free, pro, enterprise.
    Each([u32; 3]),
    /// Free and pro; enterprise is "custom" in the reference, and ten times pro here.
    Negotiated([u32; 2]),
}

impl PerPlan {
    /// Free, pro, enterprise.
    pub(super) const fn of_plans(self) -> [u32; 3] {
        match self {
            PerPlan::All(count) => [count; 3],
            PerPlan::Each(counts) => counts,
            PerPlan::Negotiated([free, pro]) => [free, pro, pro * 10],
        }
    }

    /// The number of the free plan.
    pub(crate) const fn least(self) -> u32 {
        self.of_plans()[0]
    }

    /// Returns the names of the plans whose numbers are printed, if they differ.
    fn plans(self) -> Option<&'static str> {
        match self {
            PerPlan::All(_) => None,
            PerPlan::Each(_) => Some(" (free, pro, enterprise)"),
            PerPlan::Negotiated(_) => Some(" (free, pro)"),
        }
    }

    fn words(self) -> String {
        let counts = match self {
            PerPlan::All(count) => vec![count],
            PerPlan::Each(counts) => counts.to_vec(),
            PerPlan::Negotiated(counts) => counts.to_vec(),
        };
        let words: Vec<_> = counts.into_iter().map(grouped).collect();
        any_of(words.iter().map(String::as_str))
    }
}

/// The callers that share a counter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LimitKey {
    /// A member, across all keys.
    Member,
    /// An API key or, without one, the member.
    Caller,
    /// A network address.
    Ip,
    /// A member and one particular job.
    Path,
}

impl LimitKey {
    pub(super) fn of(self, subject: &Subject) -> String {
        match self {
            LimitKey::Member => subject.member.clone(),
            LimitKey::Caller => subject.caller.clone(),
            LimitKey::Ip => subject.network.as_ref().map(|network| network.own.clone()).unwrap_or_default(),
            LimitKey::Path => format!("{} {}", subject.member, short(one_spelling(&subject.path))),
        }
    }

    const fn words(self) -> &'static str {
        match self {
            LimitKey::Member => " for each person",
            LimitKey::Caller => " for each key",
            LimitKey::Ip => " from one address",
            LimitKey::Path => " for one job",
        }
    }
}

/// The longest path that is a key itself, in bytes; of longer ones only a hash is kept.
const PATH_BYTES_MAX: usize = 128;

fn short(path: String) -> String {
    if path.len() <= PATH_BYTES_MAX { path } else { fingerprint(&path) }
}

/// Normalises a path: another case or percent-encoding of an id does not make another job.
fn one_spelling(path: &str) -> String {
    let digit = |byte: Option<&u8>| char::from(*byte?).to_digit(16);
    let (bytes, mut plain, mut at) = (path.as_bytes(), Vec::with_capacity(path.len()), 0);
    while let Some(&byte) = bytes.get(at) {
        let escaped = digit(bytes.get(at + 1)).zip(digit(bytes.get(at + 2))).filter(|_| byte == b'%');
        let (byte, length) = escaped.map_or((byte, 1), |(high, low)| ((high * 16 + low) as u8, 3));
        plain.push(byte.to_ascii_lowercase());
        at += length;
    }
    String::from_utf8_lossy(&plain).into_owned()
}

/// The policy of routes without limits.
pub static UNLIMITED: Policy = Policy { name: "unlimited", within: None, windows: &[], concurrent: None };

/// The policy of routes that take a password or a code, in every dialect and on pages.
pub static LOGIN: Policy = Policy {
    name: "login",
    within: None,
    windows: &[Window { key: LimitKey::Ip, count: PerPlan::All(20), per: Duration::minutes(1) }],
    concurrent: None,
};

/// The policy of page forms and file links.
pub static FORMS: Policy = Policy {
    name: "forms",
    within: None,
    windows: &[Window { key: LimitKey::Ip, count: PerPlan::All(300), per: Duration::minutes(1) }],
    concurrent: None,
};

/// The policy of a member's page forms, from whichever address. Forms that move money are counted by the API's policies instead.
pub static MEMBER_FORMS: Policy = Policy {
    name: "member forms",
    within: None,
    windows: &[Window { key: LimitKey::Member, count: PerPlan::All(120), per: Duration::minutes(1) }],
    concurrent: None,
};

/// The policy of pages that are read.
pub static PAGES: Policy = Policy {
    name: "pages",
    within: None,
    windows: &[Window { key: LimitKey::Ip, count: PerPlan::All(1_200), per: Duration::minutes(1) }],
    concurrent: None,
};

impl Policy {
    /// Reports whether the policy limits anything.
    pub fn is_limited(&self) -> bool {
        !self.windows.is_empty() || self.within.is_some()
    }

    /// Describes the policy in words, for the documents.
    ///
    /// A key that all windows share is named once, at the first; if they differ, only keys other than the member are named.
    pub fn words(&self) -> Option<String> {
        let first = self.windows.first()?;
        let is_one_key = self.windows.iter().all(|window| window.key == first.key);
        let last_differing = self.windows.iter().rposition(|window| window.count.plans().is_some());
        let mut told = String::new();
        for (at, window) in self.windows.iter().enumerate() {
            let separator = if at == 0 { "" } else { ", " };
            let noun = if at == 0 && self.within.is_none() { " requests" } else { "" };
            let names_key = if is_one_key { at == 0 } else { window.key != LimitKey::Member };
            let key = if names_key { window.key.words() } else { "" };
            let plans = window.count.plans().filter(|_| Some(at) == last_differing && self.concurrent.is_none()).unwrap_or_default();
            // Writing to a String can't fail.
            let _ = write!(told, "{separator}{}{noun} {}{key}{plans}", window.count.words(), span(window.per));
        }
        if let Some(most) = self.concurrent {
            let _ = write!(told, ", {} at the same time{}", most.words(), most.plans().unwrap_or_default());
        }
        if self.within.is_some() {
            told.push_str("; each also counts as an ordinary request");
        }
        Some(told)
    }
}

/// Formats a span as in "30 a minute".
fn span(per: Duration) -> String {
    match per {
        _ if per == Duration::minutes(1) => "a minute".into(),
        _ if per == Duration::hours(1) => "an hour".into(),
        other => format!("in {} minutes", other.std().as_secs() / 60),
    }
}

/// Formats a number with commas between its thousands.
fn grouped(number: u32) -> String {
    match number {
        0..1_000 => number.to_string(),
        _ => format!("{},{:03}", grouped(number / 1_000), number % 1_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_follow_from_the_numbers() {
        let window = |key, count, per| Window { key, count, per };
        let policy = |windows: Vec<Window>, within, concurrent| Policy { name: "test", within, windows: windows.leak(), concurrent };
        let told = |policy: Policy| policy.words().expect("it is limited");
        let (minute, quarter) = (Duration::minutes(1), Duration::minutes(15));
        assert_eq!(
            told(policy(vec![window(LimitKey::Caller, PerPlan::All(1_000), minute)], None, None)),
            "1,000 requests a minute for each key"
        );
        let each =
            policy(vec![window(LimitKey::Caller, PerPlan::Negotiated([100, 1_000]), minute)], None, Some(PerPlan::Negotiated([5, 25])));
        assert_eq!(told(each), "100 or 1,000 requests a minute for each key, 5 or 25 at the same time (free, pro)");
        let two = vec![window(LimitKey::Caller, PerPlan::All(100), quarter), window(LimitKey::Caller, PerPlan::All(20), minute)];
        assert_eq!(told(policy(two, None, None)), "100 requests in 15 minutes for each key, 20 a minute");
        let tighter = vec![window(LimitKey::Member, PerPlan::Each([1, 2, 3]), minute), window(LimitKey::Path, PerPlan::All(5), quarter)];
        let words = "1, 2 or 3 a minute (free, pro, enterprise), 5 in 15 minutes for one job; each also counts as an ordinary request";
        assert_eq!(told(policy(tighter, Some(&LOGIN), None)), words);
        assert_eq!(UNLIMITED.words(), None);
    }
}
