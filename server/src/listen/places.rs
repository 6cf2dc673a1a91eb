//! The places for connections: so many in all, and so many for each address.

use super::ConnectionLimits;
use market::network::Network;
use market::permit::{Permit, Permits};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The part of the free places that one address may have: many addresses together leave places for one more.
const PART: usize = 8;

/// The places of one listener. Clones share them.
#[derive(Clone)]
pub(super) struct Places {
    all: Arc<Semaphore>,
    per_address: Option<u32>,
    spares_loopback: bool,
    shared: Permits,
}

impl Places {
    pub(super) fn new(limits: &ConnectionLimits) -> Self {
        Self {
            all: Arc::new(Semaphore::new(limits.in_all)),
            per_address: limits.per_address,
            spares_loopback: limits.spares_loopback,
            shared: Permits::shared(limits.in_all, PART),
        }
    }

    /// Waits for a place for whatever connection comes next.
    pub(super) async fn any(&self) -> Option<OwnedSemaphorePermit> {
        self.all.clone().acquire_owned().await.ok()
    }

    /// Takes one of the address's own places, held until it is dropped; none if it has as many as it may.
    pub(super) fn of(&self, peer: IpAddr) -> Option<Permit> {
        match self.per_address.zip(self.network(peer)) {
            Some((most, network)) => self.shared.take(&network.limits(most as usize), 1).ok(),
            None => self.shared.take(&[], 1).ok(),
        }
    }

    /// Returns the network for which a connection counts; none if it may be a proxy's, which brings everybody's requests.
    pub(super) fn network(&self, peer: IpAddr) -> Option<Network> {
        let counts = self.per_address.is_some() && !(self.spares_loopback && is_this_machine(peer));
        counts.then(|| Network::of(peer))
    }
}

/// Returns true for the addresses from which a proxy on this machine calls. The rest of 127.0.0.0/8 is counted like any other.
fn is_this_machine(peer: IpAddr) -> bool {
    let peer = peer.to_canonical();
    peer == IpAddr::from(Ipv4Addr::LOCALHOST) || peer == IpAddr::from(Ipv6Addr::LOCALHOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(places: &Places, peer: &str) -> Vec<Permit> {
        let peer = peer.parse().unwrap();
        (0..10).map_while(|_| places.of(peer)).collect()
    }

    #[test]
    fn an_address_has_its_number_and_gives_places_back() {
        let places = Places::new(&ConnectionLimits { per_address: Some(3), ..ConnectionLimits::default() });
        let mine = taken(&places, "203.0.113.5");
        assert_eq!(mine.len(), 3);
        assert_eq!(taken(&places, "203.0.113.6").len(), 3, "another address has its own");
        assert_eq!(taken(&places, "::ffff:203.0.113.5").len(), 0, "one address, however it is written");
        drop(mine);
        assert_eq!(taken(&places, "203.0.113.5").len(), 3);
        assert_eq!(places.shared.keys(), 0, "nothing is kept of who left");
    }

    #[test]
    fn a_host_with_a_network_of_its_own_is_one_address() {
        let places = Places::new(&ConnectionLimits { per_address: Some(3), ..ConnectionLimits::default() });
        let _mine = taken(&places, "2001:db8::1");
        assert_eq!(taken(&places, "2001:db8::2").len(), 0);
        assert_eq!(taken(&places, "2001:db8:0:1::1").len(), 3);
    }

    #[test]
    fn many_addresses_leave_a_place_for_one_more() {
        let places = Places::new(&ConnectionLimits { in_all: 512, ..ConnectionLimits::default() });
        let of = |n: usize| IpAddr::from([203, 0, 113, n as u8]);
        let held: Vec<_> = (0..20).flat_map(|n| (0..256).map_while(move |_| Some(n))).filter_map(|n| places.of(of(n))).collect();
        assert!(held.len() < 512 && places.of(of(200)).is_some(), "{} are held", held.len());
    }

    #[test]
    fn this_machine_is_not_counted() {
        let places = Places::new(&ConnectionLimits { per_address: Some(3), ..ConnectionLimits::default() });
        assert_eq!((taken(&places, "127.0.0.1").len(), taken(&places, "::1").len()), (10, 10));
        assert_eq!(taken(&places, "127.0.0.2").len(), 3, "a proxy calls from the first address");
        let places = Places::new(&ConnectionLimits { per_address: None, ..ConnectionLimits::default() });
        assert_eq!(taken(&places, "203.0.113.5").len(), 10, "behind a proxy all come from its address");
    }
}
