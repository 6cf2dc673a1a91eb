//! The memory for bodies: so many bytes in all, and so many for each sender, counted as they arrive and until they are dropped.

use bytes::Bytes;
use market::network::Network;
use market::permit::{Permit, Permits};
use std::sync::Arc;

/// The bytes that members' bodies may hold at a time.
pub const MEMBERS_BYTES_MAX: usize = 64 << 20;
/// The bytes that the bodies of strangers, and of page forms, may hold at a time.
pub const STRANGERS_BYTES_MAX: usize = 64 << 20;
/// The bytes that one sender's bodies may hold at a time, and at most an eighth of what is free.
pub const SENDER_BYTES_MAX: usize = 2 << 20;
/// The part of the free bytes that one sender may hold: many senders together leave room for the small body of one more.
const PART: usize = 8;

/// The memory for the bodies that a server holds. Clones share it.
#[derive(Clone, Debug)]
pub struct BodyBudget {
    members: Permits,
    strangers: Permits,
}

impl Default for BodyBudget {
    fn default() -> Self {
        Self { members: Permits::shared(MEMBERS_BYTES_MAX, PART), strangers: Permits::shared(STRANGERS_BYTES_MAX, PART) }
    }
}

impl BodyBudget {
    /// Returns a member's share.
    pub fn of_member(&self, id: &str) -> Sender {
        let limits = [(id.to_owned(), SENDER_BYTES_MAX)];
        Sender { pool: self.members.clone(), limits: limits.into() }
    }

    /// Returns the share of a sender of whom only the network is known. A page does not know more before it has read the body.
    pub fn of_network(&self, network: &Network) -> Sender {
        let limits = network.limits(SENDER_BYTES_MAX).into_iter().map(|(key, most)| (key.to_owned(), most));
        Sender { pool: self.strangers.clone(), limits: limits.collect() }
    }
}

/// A sender of bodies, with its share of the memory.
#[derive(Clone, Debug)]
pub struct Sender {
    pool: Permits,
    limits: Arc<[(String, usize)]>,
}

impl Sender {
    /// Begins to count a body.
    pub(crate) fn reservation(&self) -> Reservation {
        Reservation { sender: self.clone(), permit: None }
    }
}

/// The bytes that one body holds, given back when it is dropped.
#[derive(Debug)]
pub(crate) struct Reservation {
    sender: Sender,
    permit: Option<Permit>,
}

impl Reservation {
    /// Counts more bytes; false if there is no room for them.
    pub(crate) fn grow(&mut self, bytes: usize) -> bool {
        if let Some(permit) = &mut self.permit {
            return permit.grow(bytes).is_ok();
        }
        let limits: Vec<_> = self.sender.limits.iter().map(|(key, most)| (key.as_str(), *most)).collect();
        self.permit = self.sender.pool.take(&limits, bytes).ok();
        self.permit.is_some()
    }

    /// Ties the reservation to the bytes that it counted.
    pub(crate) fn hold(self, bytes: Bytes) -> Bytes {
        if bytes.is_empty() { bytes } else { Bytes::from_owner(Held { bytes, _reservation: self }) }
    }
}

struct Held {
    bytes: Bytes,
    _reservation: Reservation,
}

impl AsRef<[u8]> for Held {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(address: &str) -> Network {
        Network::of(address.parse().expect("an address"))
    }

    #[test]
    fn a_sender_has_its_share_and_gets_it_back() {
        let budget = BodyBudget::default();
        let mut mine = budget.of_network(&at("10.0.0.1")).reservation();
        assert!(mine.grow(SENDER_BYTES_MAX) && mine.grow(0));
        assert!(!mine.grow(1), "that is all");
        assert!(!budget.of_network(&at("10.0.0.1")).reservation().grow(1), "in whichever request");
        assert!(budget.of_network(&at("10.0.0.2")).reservation().grow(1), "another address has its own");
        drop(mine);
        assert!(budget.of_network(&at("10.0.0.1")).reservation().grow(1));
        assert_eq!(budget.strangers.keys(), 0, "nothing is kept of what was dropped");
    }

    #[test]
    fn strangers_leave_room_for_members_and_for_one_more_of_them() {
        let budget = BodyBudget::default();
        let all: Vec<_> = (0..200).map(|n| budget.of_network(&at(&format!("10.0.0.{n}"))).reservation()).collect();
        let mut taken: Vec<_> = all.into_iter().filter_map(|mut one| one.grow(SENDER_BYTES_MAX).then_some(one)).collect();
        assert_eq!(taken.len(), 24, "an eighth of the rest is less than a whole share then");
        for one in &mut taken {
            while one.grow(1 << 10) {}
        }
        assert!(budget.of_network(&at("10.0.1.1")).reservation().grow(64 << 10), "one more sends a form");
        assert!(budget.of_member("usr_1").reservation().grow(SENDER_BYTES_MAX));
    }

    #[test]
    fn a_site_has_a_bound_of_its_own() {
        let budget = BodyBudget::default();
        let networks = (0..20).map(|n| budget.of_network(&at(&format!("2001:db8:0:{n:x}::1"))).reservation());
        let taken: Vec<_> = networks.filter_map(|mut one| one.grow(SENDER_BYTES_MAX / 2).then_some(one)).collect();
        assert_eq!(taken.len(), 7, "an eighth of what the site leaves free");
        assert!(budget.of_network(&at("2001:db8:1::1")).reservation().grow(SENDER_BYTES_MAX));
    }

    #[test]
    fn bytes_are_counted_until_the_last_copy_is_dropped() {
        let budget = BodyBudget::default();
        let mut reservation = budget.of_member("usr_1").reservation();
        assert!(reservation.grow(3));
        let bytes = reservation.hold(Bytes::from_static(b"abc"));
        let part = bytes.slice(1..);
        drop(bytes);
        assert_eq!(budget.members.taken(), 3);
        drop(part);
        assert_eq!(budget.members.taken(), 0);
    }
}
