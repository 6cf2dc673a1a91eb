//! The places for connections: so many in all, and so many for each address.

use super::ConnectionLimits;
use api::network;
use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The places of one listener. Clones share them.
#[derive(Clone)]
pub(super) struct Places {
    all: Arc<Semaphore>,
    per_address: Option<u32>,
    spares_loopback: bool,
    taken: Arc<Mutex<HashMap<String, u32>>>,
}

impl Places {
    pub(super) fn new(limits: &ConnectionLimits) -> Self {
        Self {
            all: Arc::new(Semaphore::new(limits.in_all)),
            per_address: limits.per_address,
            spares_loopback: limits.spares_loopback,
            taken: Arc::default(),
        }
    }

    /// Waits for a place for whatever connection comes next.
    pub(super) async fn any(&self) -> Option<OwnedSemaphorePermit> {
        self.all.clone().acquire_owned().await.ok()
    }

    /// Takes one of the address's own places, held until it is dropped; none if all of them are taken.
    pub(super) fn of(&self, peer: IpAddr) -> Option<Place> {
        let Some(most) = self.per_address.filter(|_| !(self.spares_loopback && is_this_machine(peer))) else {
            return Some(Place { address: None, taken: self.taken.clone() });
        };
        let address = network(peer);
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let mine = taken.entry(address.clone()).or_default();
        if *mine >= most {
            return None;
        }
        *mine += 1;
        Some(Place { address: Some(address), taken: self.taken.clone() })
    }
}

/// Returns true for the addresses from which a proxy on this machine calls. The rest of 127.0.0.0/8 is counted like any other.
fn is_this_machine(peer: IpAddr) -> bool {
    let peer = peer.to_canonical();
    peer == IpAddr::from(Ipv4Addr::LOCALHOST) || peer == IpAddr::from(Ipv6Addr::LOCALHOST)
}

/// A place of an address.
pub(super) struct Place {
    address: Option<String>,
    taken: Arc<Mutex<HashMap<String, u32>>>,
}

impl Drop for Place {
    fn drop(&mut self) {
        let Some(address) = &self.address else { return };
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(mine) = taken.get_mut(address) {
            *mine -= 1;
            if *mine == 0 {
                taken.remove(address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(places: &Places, peer: &str) -> Vec<Place> {
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
        assert!(places.taken.lock().unwrap().is_empty(), "nothing is kept of who left");
    }

    #[test]
    fn a_host_with_a_network_of_its_own_is_one_address() {
        let places = Places::new(&ConnectionLimits { per_address: Some(3), ..ConnectionLimits::default() });
        let _mine = taken(&places, "2001:db8::1");
        assert_eq!(taken(&places, "2001:db8::2").len(), 0);
        assert_eq!(taken(&places, "2001:db8:0:1::1").len(), 3);
    }

    #[test]
    fn this_machine_is_not_counted() {
        let places = Places::new(&ConnectionLimits { per_address: Some(3), ..ConnectionLimits::default() });
        assert_eq!((taken(&places, "127.0.0.1").len(), taken(&places, "::1").len()), (10, 10));
        let places = Places::new(&ConnectionLimits { per_address: None, ..ConnectionLimits::default() });
        assert_eq!(taken(&places, "203.0.113.5").len(), 10, "behind a proxy all come from its address");
    }
}
