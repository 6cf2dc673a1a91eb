//! Rate limits: named policies of one or more windows, as each reference documents them.
//!
//! Counters live in this process. A window is a leaky bucket: it allows a burst of its whole count, then refills evenly.

mod pages;
mod policy;
mod streams;
mod window;

use market::network::{Network, SITE_TIMES};
use market::permit::{Permit, Permits};
use market::time::Clock;
use market::{Error, Kind, actor::Plan};
pub use pages::PageRequest;
pub use policy::{FORMS, LOGIN, LimitKey, MEMBER_FORMS, PAGES, PerPlan, Policy, UNLIMITED, Window};
use std::collections::HashMap;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, PoisonError, RwLock};
pub use streams::{
    ADDRESS_STREAMS_MAX, ANONYMOUS_STREAMS_MAX, StreamPermit, TEAM_STREAMS, UNVERIFIED_STREAMS_MAX, streams_max, too_many_streams,
};
use window::Bucket;
pub(crate) use window::LimitStatus;

/// The strictness with which the references' limits are enforced.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RateLimits {
    /// The limits that the references print.
    #[default]
    Reference,
    /// The references' limits times a factor.
    Times(u32),
    /// No limits.
    Off,
}

/// The caller whose requests are counted.
#[derive(Clone, Debug)]
pub(crate) struct Subject {
    /// The member's id, or the address of an anonymous caller.
    pub member: String,
    /// The API key's id or, without one, the member's.
    pub caller: String,
    /// The team's plan.
    pub plan: Plan,
    /// The client's network; none if only its member is counted.
    pub network: Option<Network>,
    /// The request's path: one particular job.
    pub path: String,
}

impl Subject {
    /// Creates the subject of an anonymous caller.
    pub(crate) fn anonymous(network: Network, path: String) -> Self {
        Self { member: network.own.clone(), caller: network.own.clone(), plan: Plan::Free, network: Some(network), path }
    }

    /// Returns the IPv6 site that a key stands for one network of, if it does.
    fn site_of(&self, key: &str) -> Option<String> {
        let network = self.network.as_ref().filter(|network| network.own == key)?;
        network.site.clone()
    }
}

/// Creates the error of a caller over a rate limit.
pub(crate) fn too_many(wait: u64) -> Error {
    let message = format!("You are over the rate limit. Wait {wait} s, then send this again.");
    Error::new(Kind::TooMany, "rate_limited", message).with("retry_after", wait)
}

/// The caller has as many requests running as its plan allows.
pub(crate) fn too_many_at_once(most: u32) -> Error {
    let message = format!("{most} requests of yours are running, the most your plan allows at the same time. Wait until one has ended.");
    Error::new(Kind::TooMany, "too_many_at_once", message).with("retry_after", 1)
}

/// The rate limiter of one server. Cheap to clone; clones share their counters.
#[derive(Clone)]
pub struct RateLimiter(Arc<Counters>);

struct Counters {
    strictness: RateLimits,
    trust_forwarded_for: bool,
    clock: Clock,
    /// True once the operator was warned that a proxy's word was not taken.
    has_warned: AtomicBool,
    buckets: RwLock<HashMap<&'static str, Arc<[WindowBuckets]>>>,
    running: Permits,
    streams: Permits,
}

/// The buckets of a window.
struct WindowBuckets {
    /// The bucket of each plan: free, pro, enterprise.
    of_plan: [Bucket; 3],
    /// The bucket of IPv6 sites, whose networks are counted in the first one, too.
    of_site: Bucket,
}

impl RateLimiter {
    /// Creates a limiter. `trust_forwarded_for` believes `X-Forwarded-For`: set it only behind a proxy that sends that header.
    pub fn new(strictness: RateLimits, trust_forwarded_for: bool, clock: &Clock) -> Self {
        let (has_warned, buckets) = (AtomicBool::default(), RwLock::default());
        let (running, streams) = (Permits::new(usize::MAX), Permits::new(usize::MAX));
        Self(Arc::new(Counters { strictness, trust_forwarded_for, clock: clock.clone(), has_warned, buckets, running, streams }))
    }

    /// Counts one request in every window of the policy, and returns the caller's status in the tightest of them.
    pub(crate) fn count(&self, policy: &'static Policy, subject: &Subject) -> Option<LimitStatus> {
        if self.0.strictness == RateLimits::Off {
            return None;
        }
        let mut tightest: Option<LimitStatus> = None;
        for policy in policy.within.into_iter().chain([policy]) {
            let buckets = self.buckets(policy);
            for (window, buckets) in policy.windows.iter().zip(buckets.iter()) {
                let key = window.key.of(subject);
                let site = subject.site_of(&key);
                let status = buckets.of_plan[subject.plan as usize].count(key);
                if status.wait.is_some() {
                    return Some(status);
                }
                if let Some(over) = site.map(|site| buckets.of_site.count(site)).filter(|status| status.wait.is_some()) {
                    return Some(over);
                }
                tightest = Some(tightest.map_or(status, |least| if status.remaining < least.remaining { status } else { least }));
            }
        }
        tightest
    }

    fn buckets(&self, policy: &'static Policy) -> Arc<[WindowBuckets]> {
        if let Some(buckets) = self.0.buckets.read().unwrap_or_else(PoisonError::into_inner).get(policy.name) {
            return buckets.clone();
        }
        let times = if let RateLimits::Times(n) = self.0.strictness { n.max(1) } else { 1 };
        let made = |window: &Window| WindowBuckets {
            of_plan: window.count.of_plans().map(|count| Bucket::new(count * times, window.per, &self.0.clock)),
            of_site: Bucket::new(window.count.least() * times * SITE_TIMES, window.per, &self.0.clock),
        };
        let mut all = self.0.buckets.write().unwrap_or_else(PoisonError::into_inner);
        all.entry(policy.name).or_insert_with(|| policy.windows.iter().map(made).collect()).clone()
    }

    /// Takes a permit among the caller's concurrent requests, held until it is dropped.
    pub(crate) fn enter(&self, policy: &'static Policy, subject: &Subject) -> Result<Option<Permit>, Error> {
        let most = policy.concurrent.map(|count| count.of_plans()[subject.plan as usize]);
        let Some(most) = most.filter(|_| self.0.strictness == RateLimits::Reference) else { return Ok(None) };
        let permit = self.0.running.take(&[(&subject.caller, most as usize)], 1);
        permit.map(Some).map_err(|_| too_many_at_once(most))
    }
}

impl std::fmt::Debug for RateLimiter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RateLimiter")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use market::{Duration, Time};

    const MINUTE: Duration = Duration::minutes(1);
    static USUAL: Policy = Policy {
        name: "usual",
        within: None,
        windows: &[Window { key: LimitKey::Member, count: PerPlan::Each([30, 120, 300]), per: MINUTE }],
        concurrent: None,
    };
    static FUNDING: Policy = Policy {
        name: "funding",
        within: Some(&USUAL),
        windows: &[
            Window { key: LimitKey::Member, count: PerPlan::All(3), per: MINUTE },
            Window { key: LimitKey::Member, count: PerPlan::Each([20, 60, 200]), per: Duration::hours(1) },
            Window { key: LimitKey::Path, count: PerPlan::All(5), per: Duration::hours(1) },
        ],
        concurrent: None,
    };
    static AT_ONCE: Policy = Policy { name: "at once", within: None, windows: &[], concurrent: Some(PerPlan::Negotiated([5, 25])) };

    fn network(address: &str) -> Option<Network> {
        Some(Network::of(address.parse().expect("an address")))
    }

    fn someone(plan: Plan) -> Subject {
        let word = |text: &str| text.to_owned();
        Subject { member: word("user_1"), caller: word("key_1"), plan, network: network("::1"), path: word("/api/jobs/1/fund-escrow") }
    }

    fn admitted(limits: &RateLimiter, policy: &'static Policy, subject: &Subject, tries: u32) -> usize {
        (0..tries).filter(|_| limits.count(policy, subject).is_none_or(|standing| standing.wait.is_none())).count()
    }

    #[test]
    fn a_window_admits_its_count_and_refills_evenly() {
        let clock = Clock::manual(Time::from_ms(0));
        let limits = RateLimiter::new(RateLimits::Reference, false, &clock);
        assert_eq!(admitted(&limits, &USUAL, &someone(Plan::Free), 100), 30);
        assert_eq!(admitted(&limits, &USUAL, &someone(Plan::Pro), 200), 120);
        clock.advance(Duration::seconds(10));
        assert_eq!(admitted(&limits, &USUAL, &someone(Plan::Free), 100), 5);
    }

    #[test]
    fn every_window_of_a_policy_binds() {
        let clock = Clock::manual(Time::from_ms(0));
        let limits = RateLimiter::new(RateLimits::Reference, false, &clock);
        let mut subject = someone(Plan::Free);
        assert_eq!(admitted(&limits, &FUNDING, &subject, 10), 3, "three at once");
        clock.advance(Duration::minutes(1));
        assert_eq!(admitted(&limits, &FUNDING, &subject, 10), 2, "five an hour for one job");
        clock.advance(Duration::minutes(1));
        subject.path = "/api/jobs/2/fund-escrow".into();
        assert_eq!(admitted(&limits, &FUNDING, &subject, 10), 3, "another job has its own");
    }

    #[test]
    fn a_job_is_one_however_it_is_spelled() {
        let clock = Clock::manual(Time::from_ms(0));
        let limits = RateLimiter::new(RateLimits::Reference, false, &clock);
        let mut admitted_in_all = 0;
        for spelling in
            ["/api/jobs/a1/fund-escrow", "/api/jobs/A1/fund-escrow", "/api/jobs/%61%31/fund-escrow", "/api/jobs/%411/fund-escrow"]
        {
            let subject = Subject { path: spelling.into(), ..someone(Plan::Free) };
            admitted_in_all += admitted(&limits, &FUNDING, &subject, 3);
            clock.advance(Duration::minutes(1));
        }
        assert_eq!(admitted_in_all, 5, "five an hour for one job");
    }

    #[test]
    fn callers_are_counted_apart_and_told_when_to_return() {
        let clock = Clock::manual(Time::from_ms(0));
        let limits = RateLimiter::new(RateLimits::Reference, false, &clock);
        let (mine, mut other) = (someone(Plan::Free), someone(Plan::Free));
        other.network = network("10.0.0.2");
        assert_eq!(admitted(&limits, &LOGIN, &mine, 50), 20);
        assert_eq!(admitted(&limits, &LOGIN, &other, 50), 20);
        let standing = limits.count(&LOGIN, &mine).expect("limited");
        assert_eq!((standing.limit, standing.remaining, standing.wait), (20, 0, Some(3)));
    }

    #[test]
    fn a_site_has_eight_times_as_much_as_one_of_its_networks() {
        let clock = Clock::manual(Time::from_ms(0));
        let limits = RateLimiter::new(RateLimits::Reference, false, &clock);
        let of = |n: u32| Subject { network: network(&format!("2001:db8:0:{n:x}::1")), ..someone(Plan::Free) };
        let counts: Vec<_> = (0..10).map(|n| admitted(&limits, &LOGIN, &of(n), 30)).collect();
        assert_eq!(counts, [20, 20, 20, 20, 20, 20, 20, 20, 0, 0]);
        let other = Subject { network: network("2001:db8:1::1"), ..someone(Plan::Free) };
        assert_eq!(admitted(&limits, &LOGIN, &other, 30), 20, "another site has its own");
    }

    #[test]
    fn permits_are_given_back() {
        let limits = RateLimiter::new(RateLimits::Reference, false, &Clock::System);
        let subject = someone(Plan::Free);
        let permits: Vec<_> = (0..5).map(|_| limits.enter(&AT_ONCE, &subject).expect("a permit")).collect();
        assert_eq!(limits.enter(&AT_ONCE, &subject).expect_err("five is all").code, "too_many_at_once");
        drop(permits);
        limits.enter(&AT_ONCE, &subject).expect("all are free again");
    }
}
