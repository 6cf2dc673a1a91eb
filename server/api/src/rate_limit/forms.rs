//! Rate limiting for page forms, with the API's own counters: guesses at a password are counted wherever they are tried.

use super::{FORMS, LOGIN, RateLimiter, Subject, too_many};
use axum::extract::ConnectInfo;
use axum::http::{Extensions, HeaderMap, HeaderName};
use market::Error;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// The kind of a page's form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A form that takes or sets a password, or a code sent by mail: signing in, signing up, verifying, changing the password.
    /// It is counted together with the dialects' logins.
    Login,
    /// Any other form.
    Other,
}

impl RateLimiter {
    /// Returns the client's address. `X-Forwarded-For` counts only if the operator trusts the proxy, and of it only the
    /// address that the proxy itself added: the end of the last line.
    pub fn address(&self, headers: &HeaderMap, extensions: &Extensions) -> IpAddr {
        let peer = extensions.get::<ConnectInfo<SocketAddr>>().map_or(Ipv4Addr::UNSPECIFIED.into(), |info| info.0.ip());
        let lines = || headers.get_all(FORWARDED_FOR).iter();
        let forwarded = || lines().next_back()?.to_str().ok()?.rsplit(',').next()?.trim().parse().ok();
        if self.0.trust_forwarded_for { forwarded().unwrap_or(peer) } else { peer }
    }

    /// Counts one form from this address. The error holds the seconds to wait as `retry_after`.
    pub fn check_form(&self, address: IpAddr, form: Form) -> Result<(), Error> {
        let policy = match form {
            Form::Login => &LOGIN,
            Form::Other => &FORMS,
        };
        match self.count(policy, &Subject::anonymous(network(address), String::new())).and_then(|status| status.wait) {
            Some(wait) => Err(too_many(wait)),
            None => Ok(()),
        }
    }
}

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Returns the network that counts as one address: an IPv6 host owns a whole /64 and may change its address within it at
/// will.
pub(crate) fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V6(v6) => Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64).to_string(),
        v4 => v4.to_string(),
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

    fn passed(limiter: &RateLimiter, address: IpAddr, form: Form) -> usize {
        (0..5000).filter(|_| limiter.check_form(address, form).is_ok()).count()
    }

    #[test]
    fn forms_are_counted_by_address() {
        let (limiter, clock) = limiter(RateLimits::Reference);
        assert_eq!(passed(&limiter, HOME, Form::Login), 20);
        assert_eq!(passed(&limiter, HOME, Form::Other), 300, "apart from logins");
        assert_eq!(passed(&limiter, Ipv4Addr::new(10, 0, 0, 2).into(), Form::Login), 20, "another address has its own");
        let refused = limiter.check_form(HOME, Form::Login).expect_err("over");
        assert_eq!((refused.kind, refused.facts.expect("facts")["retry_after"].as_u64()), (Kind::TooMany, Some(3)));
        clock.advance(Duration::seconds(3));
        limiter.check_form(HOME, Form::Login).expect("one came back");
    }

    #[test]
    fn the_operator_decides_how_strictly() {
        assert_eq!(passed(&limiter(RateLimits::Times(10)).0, HOME, Form::Other), 3000);
        assert_eq!(passed(&limiter(RateLimits::Off).0, HOME, Form::Login), 5000);
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
}
