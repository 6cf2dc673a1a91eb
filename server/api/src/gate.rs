//! The limiter's door for those who don't speak JSON: whoever serves pages asks it before a form is read.
//!
//! It holds the same counters as the dialects, so that guesses at a password are counted wherever they are tried.

use crate::limit::{Limits, Place, Policy, Subject, too_many};
use crate::settings::Settings;
use axum::extract::ConnectInfo;
use axum::http::{Extensions, HeaderMap, HeaderName};
use market::time::Clock;
use market::{Actor, Error};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

/// Who may come in, and how often. Cheap to clone; clones share their counters.
#[derive(Clone)]
pub struct Gate {
    pub(crate) limits: Arc<Limits>,
    trust_forwarded_for: bool,
}

/// What a page's form is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// It takes or sets a password, or a code sent by mail: signing in, signing up, verifying, changing the password.
    /// Counted together with the dialects' logins.
    Login,
    /// Anything else.
    Other,
}

impl Gate {
    /// Nobody has come yet. Of the settings it keeps `rate_limits` and `trust_forwarded_for`.
    pub fn new(settings: &Settings, clock: &Clock) -> Self {
        let limits = Arc::new(Limits::new(settings.rate_limits, clock));
        Self { limits, trust_forwarded_for: settings.trust_forwarded_for }
    }

    /// The client's address; a proxy's word for it counts only where the operator trusts the proxy, and of that only
    /// what the proxy itself added: the end of the last line.
    pub fn address(&self, headers: &HeaderMap, extensions: &Extensions) -> IpAddr {
        let peer = extensions.get::<ConnectInfo<SocketAddr>>().map_or(Ipv4Addr::UNSPECIFIED.into(), |info| info.0.ip());
        let lines = || headers.get_all(FORWARDED_FOR).iter();
        let forwarded = || lines().next_back()?.to_str().ok()?.rsplit(',').next()?.trim().parse().ok();
        if self.trust_forwarded_for { forwarded().unwrap_or(peer) } else { peer }
    }

    /// A place for one more stream of events of this person, whatever it is opened with. It is given back when dropped.
    pub fn stream(&self, actor: &Actor) -> Result<Place, Error> {
        self.limits.stream(actor)
    }

    /// Counts one form from this address. A refusal says under `retry_after` how many seconds to wait.
    pub fn pass(&self, address: IpAddr, form: Form) -> Result<(), Error> {
        let policy = match form {
            Form::Login => Policy::Login,
            Form::Other => Policy::Page,
        };
        match self.limits.count(policy, &Subject::stranger(network(address), String::new())).and_then(|standing| standing.wait) {
            Some(wait) => Err(too_many(wait)),
            None => Ok(()),
        }
    }
}

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// What is counted as one address: a household or server has a whole /64 of IPv6 and may change its address within it
/// at will.
pub(crate) fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V6(v6) => Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64).to_string(),
        v4 => v4.to_string(),
    }
}

impl std::fmt::Debug for Gate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Gate")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limit::RateLimits;
    use market::{Kind, Span, Time};

    const HOME: IpAddr = IpAddr::V4(Ipv4Addr::new(10, 0, 0, 1));

    fn gate(rate_limits: RateLimits) -> (Gate, Clock) {
        let clock = Clock::manual(Time::from_ms(0));
        (Gate::new(&Settings { rate_limits, trust_forwarded_for: true, ..Settings::default() }, &clock), clock)
    }

    fn passed(gate: &Gate, address: IpAddr, form: Form) -> usize {
        (0..5000).filter(|_| gate.pass(address, form).is_ok()).count()
    }

    #[test]
    fn forms_are_counted_by_address() {
        let (gate, clock) = gate(RateLimits::Reference);
        assert_eq!(passed(&gate, HOME, Form::Login), 20);
        assert_eq!(passed(&gate, HOME, Form::Other), 300, "apart from logins");
        assert_eq!(passed(&gate, Ipv4Addr::new(10, 0, 0, 2).into(), Form::Login), 20, "another address has its own");
        let refused = gate.pass(HOME, Form::Login).expect_err("over");
        assert_eq!((refused.kind, refused.facts.expect("facts")["retry_after"].as_u64()), (Kind::TooMany, Some(3)));
        clock.advance(Span::seconds(3));
        gate.pass(HOME, Form::Login).expect("one came back");
    }

    #[test]
    fn the_operator_decides_how_strictly() {
        assert_eq!(passed(&gate(RateLimits::Times(10)).0, HOME, Form::Other), 3000);
        assert_eq!(passed(&gate(RateLimits::Off).0, HOME, Form::Login), 5000);
    }

    #[test]
    fn only_the_trusted_proxys_own_word_is_taken() {
        let address = |lines: &[&str]| {
            let lines = lines.iter().map(|line| (FORWARDED_FOR, line.parse().expect("a header value")));
            gate(RateLimits::Off).0.address(&lines.collect(), &Extensions::new()).to_string()
        };
        assert_eq!(address(&["8.8.8.8, 10.0.0.1"]), "10.0.0.1");
        assert_eq!(address(&["8.8.8.8", "10.0.0.1"]), "10.0.0.1");
        assert_eq!(address(&["8.8.8.8", "9.9.9.9, 10.0.0.1"]), "10.0.0.1");
        assert_eq!(address(&["8.8.8.8", "nonsense"]), "0.0.0.0", "nobody else's word instead");
    }
}
