//! The references' limits, as a table.

use super::Subject;
use market::Span;
use market::actor::Plan;

/// What a route's callers are held to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Policy {
    /// Nothing.
    Free,
    /// 30, 120 or 300 a minute for each person.
    AgentGigs,
    /// As before, and no more than 3 fundings a minute, 20, 60 or 200 an hour, 5 an hour for one job.
    Funding,
    /// As AgentGigs, and no more than 10, 30 or 100 an hour for each person.
    Featured,
    /// 20 a minute from one address.
    Login,
    /// 100 or 1,000 a minute for each key, 5 or 25 at the same time.
    Gagiteck,
    /// 120 a minute for each key.
    GigiacRead,
    /// 30 a minute for each key.
    GigiacWrite,
    /// 100 in 15 minutes and 20 in one for each key.
    Launchpad,
    /// 300 a minute from one address: forms of pages.
    Page,
}

/// Who shares a counter.
#[derive(Clone, Copy, Debug)]
pub(super) enum By {
    Member,
    Caller,
    Ip,
    Path,
}

impl By {
    pub(super) fn key(self, subject: &Subject) -> String {
        match self {
            By::Member => subject.member.clone(),
            By::Caller => subject.caller.clone(),
            By::Ip => subject.ip.clone(),
            By::Path => format!("{} {}", subject.member, one_spelling(&subject.path)),
        }
    }
}

/// Ids are read without regard to case, and paths with their percent signs undone: neither makes another job of one.
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

/// So many within a span, for the plans free, pro and enterprise.
pub(super) struct Window {
    pub(super) by: By,
    pub(super) counts: [u32; 3],
    pub(super) span: Span,
}

pub(super) const WINDOWS: [Window; 12] = [
    Window { by: By::Member, counts: [30, 120, 300], span: Span::minutes(1) },
    Window { by: By::Member, counts: [3, 3, 3], span: Span::minutes(1) },
    Window { by: By::Member, counts: [20, 60, 200], span: Span::hours(1) },
    Window { by: By::Path, counts: [5, 5, 5], span: Span::hours(1) },
    Window { by: By::Ip, counts: [20, 20, 20], span: Span::minutes(1) },
    // "Custom" in the reference; ten times Pro here.
    Window { by: By::Caller, counts: [100, 1_000, 10_000], span: Span::minutes(1) },
    Window { by: By::Caller, counts: [120, 120, 120], span: Span::minutes(1) },
    Window { by: By::Caller, counts: [30, 30, 30], span: Span::minutes(1) },
    Window { by: By::Caller, counts: [20, 20, 20], span: Span::minutes(1) },
    Window { by: By::Caller, counts: [100, 100, 100], span: Span::minutes(15) },
    Window { by: By::Ip, counts: [300, 300, 300], span: Span::minutes(1) },
    Window { by: By::Member, counts: [10, 30, 100], span: Span::hours(1) },
];

/// How many streams of events one person may have open.
pub(super) const fn streams(plan: Plan) -> u32 {
    match plan {
        Plan::Free => 20,
        Plan::Pro => 100,
        Plan::Enterprise => 500,
    }
}

impl Policy {
    /// Its rows in [`WINDOWS`].
    pub(super) const fn windows(self) -> &'static [usize] {
        match self {
            Policy::Free => &[],
            Policy::AgentGigs => &[0],
            Policy::Funding => &[0, 1, 2, 3],
            Policy::Featured => &[0, 11],
            Policy::Login => &[4],
            Policy::Gagiteck => &[5],
            Policy::GigiacRead => &[6],
            Policy::GigiacWrite => &[7],
            Policy::Launchpad => &[8, 9],
            Policy::Page => &[10],
        }
    }

    /// How many requests of one caller may run at the same time.
    pub(crate) const fn at_once(self, plan: Plan) -> Option<u32> {
        match (self, plan) {
            (Policy::Gagiteck, Plan::Free) => Some(5),
            (Policy::Gagiteck, Plan::Pro) => Some(25),
            (Policy::Gagiteck, Plan::Enterprise) => Some(250),
            _ => None,
        }
    }

    /// For the document: the limit in words.
    pub(crate) const fn words(self) -> Option<&'static str> {
        Some(match self {
            Policy::Free => return None,
            Policy::AgentGigs => "30, 120 or 300 requests a minute for each person (free, pro, enterprise)",
            Policy::Funding => {
                "3 a minute, 20, 60 or 200 an hour (free, pro, enterprise), 5 an hour for one job; each also counts as an ordinary request"
            }
            Policy::Featured => "10, 30 or 100 an hour for each person (free, pro, enterprise); each also counts as an ordinary request",
            Policy::Login => "20 requests a minute from one address",
            Policy::Gagiteck => "100 or 1,000 requests a minute for each key, 5 or 25 at the same time (free, pro)",
            Policy::GigiacRead => "120 requests a minute for each key",
            Policy::GigiacWrite => "30 requests a minute for each key",
            Policy::Launchpad => "100 requests in 15 minutes for each key, 20 in any one minute",
            Policy::Page => "300 requests a minute from one address",
        })
    }
}
