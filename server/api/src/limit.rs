//! How often a caller may ask: named policies of one or more windows, as each reference documents them.
//!
//! Counters live in this process. A window is a leaky bucket: its whole count may come at once, then it refills evenly.

mod policy;
mod window;

use market::time::Clock;
use market::{Actor, Error, Kind, actor::Plan};
pub(crate) use policy::Policy;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use window::Bucket;
pub(crate) use window::Standing;

/// How strictly the references' limits are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RateLimits {
    /// As the references print them.
    #[default]
    Reference,
    /// That many times as much.
    Times(u32),
    /// Not at all.
    Off,
}

/// Who is counted.
#[derive(Clone, Debug)]
pub(crate) struct Subject {
    /// The person, or the address of whoever did not prove to be one.
    pub member: String,
    /// The key or, without one, the person.
    pub caller: String,
    /// What the team pays for.
    pub plan: Plan,
    /// The client's address.
    pub ip: String,
    /// The request's path: one particular job.
    pub path: String,
}

impl Subject {
    /// Somebody of whom only the address is known.
    pub(crate) fn stranger(ip: String, path: String) -> Self {
        Self { member: ip.clone(), caller: ip.clone(), plan: Plan::Free, ip, path }
    }
}

/// What they hear who have to wait.
pub(crate) fn too_many(wait: u64) -> Error {
    let message = format!("You are over the rate limit. Wait {wait} s, then send this again.");
    Error::new(Kind::TooMany, "rate_limited", message).with("retry_after", wait)
}

/// The caller has as many requests running as its plan allows.
pub(crate) fn too_many_at_once(most: u32) -> Error {
    let message = format!("{most} requests of yours are running, the most your plan allows at the same time. Wait for one.");
    Error::new(Kind::TooMany, "too_many_at_once", message).with("retry_after", 1)
}

/// What they hear who have enough streams.
pub(crate) fn too_many_streams(most: u32) -> Error {
    let message = format!("You have {most} streams of events open, the most your plan allows. Close one, or share it among your bots.");
    Error::new(Kind::TooMany, "too_many_streams", message).with("retry_after", 30)
}

/// All counters of one server.
pub(crate) struct Limits {
    strictness: RateLimits,
    buckets: Vec<[Bucket; 3]>,
    at_once: Arc<Mutex<HashMap<String, u32>>>,
}

impl Limits {
    /// Nobody has asked for anything yet.
    pub(crate) fn new(strictness: RateLimits, clock: &Clock) -> Self {
        let times = if let RateLimits::Times(n) = strictness { n.max(1) } else { 1 };
        let buckets = policy::WINDOWS.iter().map(|window| window.counts.map(|count| Bucket::new(count * times, window.span, clock)));
        Self { strictness, buckets: buckets.collect(), at_once: Arc::default() }
    }

    /// Counts one request in every window of the policy: where the caller stands in the tightest of them.
    pub(crate) fn count(&self, policy: Policy, subject: &Subject) -> Option<Standing> {
        if self.strictness == RateLimits::Off {
            return None;
        }
        let mut tightest: Option<Standing> = None;
        for &window in policy.windows() {
            let standing = self.buckets[window][subject.plan as usize].count(policy::WINDOWS[window].by.key(subject));
            if standing.wait.is_some() {
                return Some(standing);
            }
            tightest = Some(tightest.map_or(standing, |least| if standing.remaining < least.remaining { standing } else { least }));
        }
        tightest
    }

    /// A place among the caller's requests that run at the same time, held until it is dropped.
    pub(crate) fn enter(&self, policy: Policy, subject: &Subject) -> Result<Option<Place>, Error> {
        let Some(most) = policy.at_once(subject.plan).filter(|_| self.strictness == RateLimits::Reference) else { return Ok(None) };
        let mut at_once = self.at_once.lock().unwrap_or_else(PoisonError::into_inner);
        let running = at_once.entry(subject.caller.clone()).or_default();
        if *running >= most {
            return Err(too_many_at_once(most));
        }
        *running += 1;
        Ok(Some(Place { caller: subject.caller.clone(), at_once: self.at_once.clone() }))
    }

    /// A place among a person's open streams, by whichever keys, held until it is dropped.
    pub(crate) fn stream(&self, actor: &Actor) -> Result<Place, Error> {
        let most = match self.strictness {
            RateLimits::Reference => Some(policy::streams(actor.plan)),
            RateLimits::Times(n) => Some(policy::streams(actor.plan).saturating_mul(n.max(1))),
            RateLimits::Off => None,
        };
        let caller = format!("streams of {}", actor.member);
        let mut at_once = self.at_once.lock().unwrap_or_else(PoisonError::into_inner);
        let open = at_once.entry(caller.clone()).or_default();
        if let Some(most) = most.filter(|most| *open >= *most) {
            return Err(too_many_streams(most));
        }
        *open += 1;
        Ok(Place { caller, at_once: self.at_once.clone() })
    }
}

/// One running request, or one open stream.
#[derive(Debug)]
pub struct Place {
    caller: String,
    at_once: Arc<Mutex<HashMap<String, u32>>>,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut at_once = self.at_once.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(running) = at_once.get_mut(&self.caller) {
            *running -= 1;
            if *running == 0 {
                at_once.remove(&self.caller);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use market::{Span, Time};

    fn someone(plan: Plan) -> Subject {
        let word = |text: &str| text.to_owned();
        Subject { member: word("user_1"), caller: word("key_1"), plan, ip: word("::1"), path: word("/api/jobs/1/fund-escrow") }
    }

    fn admitted(limits: &Limits, policy: Policy, subject: &Subject, tries: u32) -> usize {
        (0..tries).filter(|_| limits.count(policy, subject).is_none_or(|standing| standing.wait.is_none())).count()
    }

    #[test]
    fn a_window_admits_its_count_and_refills_evenly() {
        let clock = Clock::manual(Time::from_ms(0));
        let limits = Limits::new(RateLimits::Reference, &clock);
        assert_eq!(admitted(&limits, Policy::AgentGigs, &someone(Plan::Free), 100), 30);
        assert_eq!(admitted(&limits, Policy::AgentGigs, &someone(Plan::Pro), 200), 120);
        clock.advance(Span::seconds(10));
        assert_eq!(admitted(&limits, Policy::AgentGigs, &someone(Plan::Free), 100), 5);
    }

    #[test]
    fn every_window_of_a_policy_binds() {
        let clock = Clock::manual(Time::from_ms(0));
        let limits = Limits::new(RateLimits::Reference, &clock);
        let mut subject = someone(Plan::Free);
        assert_eq!(admitted(&limits, Policy::Funding, &subject, 10), 3, "three at once");
        clock.advance(Span::minutes(1));
        assert_eq!(admitted(&limits, Policy::Funding, &subject, 10), 2, "five an hour for one job");
        clock.advance(Span::minutes(1));
        subject.path = "/api/jobs/2/fund-escrow".into();
        assert_eq!(admitted(&limits, Policy::Funding, &subject, 10), 3, "another job has its own");
    }

    #[test]
    fn a_job_is_one_however_it_is_spelled() {
        let clock = Clock::manual(Time::from_ms(0));
        let limits = Limits::new(RateLimits::Reference, &clock);
        let mut admitted_in_all = 0;
        for spelling in
            ["/api/jobs/a1/fund-escrow", "/api/jobs/A1/fund-escrow", "/api/jobs/%61%31/fund-escrow", "/api/jobs/%411/fund-escrow"]
        {
            let subject = Subject { path: spelling.into(), ..someone(Plan::Free) };
            admitted_in_all += admitted(&limits, Policy::Funding, &subject, 3);
            clock.advance(Span::minutes(1));
        }
        assert_eq!(admitted_in_all, 5, "five an hour for one job");
    }

    #[test]
    fn callers_are_counted_apart_and_told_when_to_return() {
        let clock = Clock::manual(Time::from_ms(0));
        let limits = Limits::new(RateLimits::Reference, &clock);
        let (mine, mut other) = (someone(Plan::Free), someone(Plan::Free));
        other.ip = "10.0.0.2".into();
        assert_eq!(admitted(&limits, Policy::Login, &mine, 50), 20);
        assert_eq!(admitted(&limits, Policy::Login, &other, 50), 20);
        let standing = limits.count(Policy::Login, &mine).expect("limited");
        assert_eq!((standing.limit, standing.remaining, standing.wait), (20, 0, Some(3)));
    }

    #[test]
    fn places_are_given_back() {
        let limits = Limits::new(RateLimits::Reference, &Clock::System);
        let subject = someone(Plan::Free);
        let places: Vec<_> = (0..5).map(|_| limits.enter(Policy::Gagiteck, &subject).expect("a place")).collect();
        assert_eq!(limits.enter(Policy::Gagiteck, &subject).expect_err("five is all").code, "too_many_at_once");
        drop(places);
        limits.enter(Policy::Gagiteck, &subject).expect("all are free again");
    }
}
