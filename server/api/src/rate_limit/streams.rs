//! The permits of event streams: each stream counts for its member, its team and its address.

use super::{RateLimiter, RateLimits};
use market::actor::Plan;
use market::network::Network;
use market::permit::{Full, Permit};
use market::{Actor, Error, Kind};

/// The most streams of a member whose email address is not verified.
pub const UNVERIFIED_STREAMS_MAX: u32 = 2;
/// The most streams of all members of a team, as a multiple of one member's.
pub const TEAM_STREAMS: u32 = 5;
/// The most streams from one address.
pub const ADDRESS_STREAMS_MAX: u32 = 500;

/// Returns the most streams of one member, across all keys.
pub const fn streams_max(plan: Plan) -> u32 {
    match plan {
        Plan::Free => 20,
        Plan::Pro => 100,
        Plan::Enterprise => 500,
    }
}

/// The most streams from one address that need no credential.
pub const ANONYMOUS_STREAMS_MAX: u32 = 50;

/// The permit of one open stream, held until it is dropped.
#[derive(Debug)]
pub struct StreamPermit {
    _permit: Option<Permit>,
}

/// The one who opens a stream.
struct Listener<'a> {
    member: &'a str,
    team: &'a str,
    plan: Plan,
    verified: bool,
    network: Network,
}

impl RateLimiter {
    /// Takes a permit for one more stream of a member from a network.
    pub fn stream(&self, actor: &Actor, network: &Network) -> Result<StreamPermit, Error> {
        let (member, team) = (actor.member.as_str(), actor.team.as_str());
        self.permits(&Listener { member, team, plan: actor.plan, verified: actor.verified, network: network.clone() })
    }

    /// Takes a permit for one more stream of somebody without a credential.
    pub fn anonymous_stream(&self, network: &Network) -> Result<StreamPermit, Error> {
        let times = match self.0.strictness {
            RateLimits::Reference => 1,
            RateLimits::Times(n) => n.max(1),
            RateLimits::Off => return Ok(StreamPermit { _permit: None }),
        };
        let most = ANONYMOUS_STREAMS_MAX.saturating_mul(times);
        let limits = network.limits(most as usize);
        let taken = self.0.streams.take(&limits, 1);
        let permit = taken.map_err(|_| too_many_streams("Your network address has", most))?;
        Ok(StreamPermit { _permit: Some(permit) })
    }

    fn permits(&self, listener: &Listener<'_>) -> Result<StreamPermit, Error> {
        let times = match self.0.strictness {
            RateLimits::Reference => 1,
            RateLimits::Times(n) => n.max(1),
            RateLimits::Off => return Ok(StreamPermit { _permit: None }),
        };
        let of_plan = streams_max(listener.plan);
        let of_member = if listener.verified { of_plan } else { UNVERIFIED_STREAMS_MAX };
        let most = |count: u32| count.saturating_mul(times) as usize;
        let mut limits = vec![(listener.member, most(of_member)), (listener.team, most(of_plan * TEAM_STREAMS))];
        limits.extend(listener.network.limits(most(ADDRESS_STREAMS_MAX)));
        match self.0.streams.take(&limits, 1) {
            Ok(permit) => Ok(StreamPermit { _permit: Some(permit) }),
            Err(full) => Err(refused(full, &limits)),
        }
    }
}

/// Creates the error for the limit that is reached.
fn refused(full: Full, limits: &[(&str, usize)]) -> Error {
    let at = if let Full::Key(at) = full { at } else { limits.len() - 1 };
    let whose = ["You have", "Your team has"].get(at).unwrap_or(&"Your network address has");
    too_many_streams(whose, u32::try_from(limits[at].1).unwrap_or(u32::MAX))
}

/// Creates the error of a caller who may open no more streams; `whose` begins the sentence.
pub fn too_many_streams(whose: &str, most: u32) -> Error {
    let message = format!("{whose} {most} streams of events open, the most that are allowed. Close one, or share it among your bots.");
    Error::new(Kind::TooMany, "too_many_streams", message).with("retry_after", 30)
}

#[cfg(test)]
mod tests {
    use super::*;
    use market::time::Clock;

    fn listener() -> Listener<'static> {
        Listener { member: "usr_1", team: "team_1", plan: Plan::Free, verified: true, network: at("10.0.0.1") }
    }

    fn at(address: &str) -> Network {
        Network::of(address.parse().expect("an address"))
    }

    fn opened(limiter: &RateLimiter, listener: &Listener<'_>) -> Vec<StreamPermit> {
        (0..1_000).map_while(|_| limiter.permits(listener).ok()).collect()
    }

    #[test]
    fn a_stream_counts_for_its_member_its_team_and_its_address() {
        let limiter = RateLimiter::new(RateLimits::Reference, false, &Clock::System);
        let mine = opened(&limiter, &listener());
        assert_eq!(mine.len(), 20);
        let colleagues: Vec<_> = (0..9).map(|n| format!("usr_colleague_{n}")).collect();
        let others: Vec<_> = colleagues.iter().flat_map(|member| opened(&limiter, &Listener { member, ..listener() })).collect();
        assert_eq!(others.len(), 80, "one hundred for the team");
        let teams: Vec<_> = (0..50).map(|n| format!("team_other_{n}")).collect();
        let more: Vec<_> = teams.iter().flat_map(|team| opened(&limiter, &Listener { member: team, team, ..listener() })).collect();
        assert_eq!(more.len(), 400, "five hundred from the address");
        assert_eq!(opened(&limiter, &Listener { member: "usr_2", team: "team_2", network: at("10.0.0.2"), ..listener() }).len(), 20);
        drop((mine, others, more));
        assert_eq!(opened(&limiter, &listener()).len(), 20, "they are given back");
    }

    #[test]
    fn an_unverified_member_has_two() {
        let limiter = RateLimiter::new(RateLimits::Reference, false, &Clock::System);
        let stranger = Listener { verified: false, plan: Plan::Enterprise, ..listener() };
        let open = opened(&limiter, &stranger);
        assert_eq!(open.len(), 2);
        let error = limiter.permits(&stranger).map(drop).unwrap_err();
        assert_eq!((error.code.as_ref(), error.kind), ("too_many_streams", Kind::TooMany));
        assert!(error.message.starts_with("You have 2 streams"), "{error:?}");
        let limiter = RateLimiter::new(RateLimits::Off, false, &Clock::System);
        assert_eq!(opened(&limiter, &stranger).len(), 1_000);
    }
}
