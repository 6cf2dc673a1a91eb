//! Rate limiting of pages and their forms, with the API's own counters: guesses at a password are counted wherever they are tried.

use super::{FORMS, LOGIN, PAGES, Policy, RateLimiter, Subject, too_many};
use axum::extract::ConnectInfo;
use axum::http::{Extensions, HeaderMap, HeaderName};
use market::network::Network;
use market::{Actor, Error};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::atomic::Ordering;

/// The kind of a request for a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageRequest {
    /// A form that takes or sets a password, or a code sent by mail: signing in, signing up, verifying, changing the password.
    /// It is counted together with the dialects' logins.
    Login,
    /// Any other form.
    Form,
    /// A page to read.
    Read,
}

impl RateLimiter {
    /// Returns the client's address. `X-Forwarded-For` counts only if the operator trusts the proxy, and of it only the
    /// address that the proxy itself added: the end of the last line.
    pub fn address(&self, headers: &HeaderMap, extensions: &Extensions) -> IpAddr {
        let peer = extensions.get::<ConnectInfo<SocketAddr>>().map_or(Ipv4Addr::UNSPECIFIED.into(), |info| info.0.ip());
        let Some(line) = headers.get_all(FORWARDED_FOR).iter().next_back() else { return peer };
        let forwarded = || host(line.to_str().ok()?.rsplit(',').next()?);
        let believed = if self.0.trust_forwarded_for { forwarded() } else { None };
        if believed.is_none() && !self.0.has_warned.swap(true, Ordering::Relaxed) {
            warn_unbelieved(self.0.trust_forwarded_for);
        }
        believed.unwrap_or(peer)
    }

    /// Counts one request for a page from this address. The error holds the seconds to wait as `retry_after`.
    pub fn check_page(&self, address: IpAddr, request: PageRequest) -> Result<(), Error> {
        let policy = match request {
            PageRequest::Login => &LOGIN,
            PageRequest::Form => &FORMS,
            PageRequest::Read => &PAGES,
        };
        match self.count(policy, &Subject::anonymous(Network::of(address), String::new())).and_then(|status| status.wait) {
            Some(wait) => Err(too_many(wait)),
            None => Ok(()),
        }
    }
}

impl RateLimiter {
    /// Counts an act that a member sent by a page's form, in the windows of the same act of the API. `path` is the API's path.
    pub fn check_member(&self, actor: &Actor, policy: &'static Policy, path: String) -> Result<(), Error> {
        let member = actor.member.to_string();
        let subject = Subject { caller: member.clone(), member, plan: actor.plan, network: None, path };
        match self.count(policy, &subject).and_then(|status| status.wait) {
            Some(wait) => Err(too_many(wait)),
            None => Ok(()),
        }
    }
}

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Parses the address of a proxy's entry, which some proxies write with a port: `203.0.113.5:4711`, `[2001:db8::5]:443`.
fn host(entry: &str) -> Option<IpAddr> {
    let entry = entry.trim();
    let bracketed = || entry.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    entry.parse().ok().or_else(|| Some(entry.parse::<SocketAddr>().ok()?.ip())).or_else(bracketed)
}

/// Warns the operator once: behind a proxy whose word is not taken, all callers share the counters of one address.
fn warn_unbelieved(trusts: bool) {
    match trusts {
        true => tracing::warn!("X-Forwarded-For ends in no address, so the proxy's own address is counted for its callers"),
        false => tracing::warn!(
            "a request has X-Forwarded-For, which is not believed: if the server is behind a proxy, set GUILDHALL_TRUST_PROXY=true, \
             or all callers share the rate limits of the proxy's address"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rate_limit::RateLimits;
    use market::time::Clock;
    use market::{Duration, Kind, Time};

    const HOME: IpAddr = IpAddr::V4(Ipv4Addr::new(10, 0, 0, 1));

    fn limiter(strictness: RateLimits) -> (RateLimiter, Clock) {
        let clock = Clock::manual(Time::from_ms(0));
        (RateLimiter::new(strictness, true, &clock), clock)
    }

    fn passed(limiter: &RateLimiter, address: IpAddr, request: PageRequest) -> usize {
        (0..5000).filter(|_| limiter.check_page(address, request).is_ok()).count()
    }

    #[test]
    fn forms_are_counted_by_address() {
        let (limiter, clock) = limiter(RateLimits::Reference);
        assert_eq!(passed(&limiter, HOME, PageRequest::Login), 20);
        assert_eq!(passed(&limiter, HOME, PageRequest::Form), 300, "apart from logins");
        assert_eq!(passed(&limiter, HOME, PageRequest::Read), 1200, "and from pages");
        assert_eq!(passed(&limiter, Ipv4Addr::new(10, 0, 0, 2).into(), PageRequest::Login), 20, "another address has its own");
        let refused = limiter.check_page(HOME, PageRequest::Login).expect_err("over");
        assert_eq!((refused.kind, refused.facts.expect("facts")["retry_after"].as_u64()), (Kind::TooMany, Some(3)));
        clock.advance(Duration::seconds(3));
        limiter.check_page(HOME, PageRequest::Login).expect("one came back");
    }

    #[test]
    fn the_operator_decides_how_strictly() {
        assert_eq!(passed(&limiter(RateLimits::Times(10)).0, HOME, PageRequest::Form), 3000);
        assert_eq!(passed(&limiter(RateLimits::Off).0, HOME, PageRequest::Login), 5000);
    }

    #[test]
    fn only_the_trusted_proxys_own_word_is_taken() {
        let address = |lines: &[&str]| {
            let lines = lines.iter().map(|line| (FORWARDED_FOR, line.parse().expect("a header value")));
            limiter(RateLimits::Off).0.address(&lines.collect(), &Extensions::new()).to_string()
        };
        assert_eq!(address(&["8.8.8.8, 10.0.0.1"]), "10.0.0.1");
        assert_eq!(address(&["8.8.8.8", "10.0.0.1"]), "10.0.0.1");
        assert_eq!(address(&["8.8.8.8", "9.9.9.9, 10.0.0.1"]), "10.0.0.1");
        assert_eq!(address(&["8.8.8.8", "nonsense"]), "0.0.0.0", "nobody else's word instead");
    }

    #[test]
    fn a_port_behind_the_address_is_left_out() {
        for (entry, address) in [
            ("203.0.113.5", Some("203.0.113.5")),
            ("203.0.113.5:4711", Some("203.0.113.5")),
            (" 2001:db8::5 ", Some("2001:db8::5")),
            ("[2001:db8::5]", Some("2001:db8::5")),
            ("[2001:db8::5]:443", Some("2001:db8::5")),
            ("203.0.113.5:", None),
            ("[203.0.113.5", None),
            ("unknown", None),
            ("", None),
        ] {
            assert_eq!(host(entry), address.map(|text| text.parse().expect("an address")), "{entry}");
        }
    }
}
