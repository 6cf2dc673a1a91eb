//! The memory for bodies: so many bytes in all, and so many for each sender, counted as they arrive and until they are dropped.

use bytes::Bytes;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The bytes that members' bodies may hold at a time.
pub const MEMBERS_BYTES_MAX: usize = 64 << 20;
/// The bytes that the bodies of strangers, and of page forms, may hold at a time.
pub const STRANGERS_BYTES_MAX: usize = 64 << 20;
/// The bytes that one sender's bodies may hold at a time.
pub const SENDER_BYTES_MAX: usize = 2 << 20;

/// The memory for the bodies that a server holds. Clones share it.
#[derive(Clone, Debug)]
pub struct BodyBudget {
    members: Arc<Pool>,
    strangers: Arc<Pool>,
}

impl Default for BodyBudget {
    fn default() -> Self {
        Self { members: Arc::new(Pool::new(MEMBERS_BYTES_MAX)), strangers: Arc::new(Pool::new(STRANGERS_BYTES_MAX)) }
    }
}

impl BodyBudget {
    /// Returns a member's share.
    pub fn of_member(&self, id: &str) -> Sender {
        Sender { pool: self.members.clone(), name: id.into() }
    }

    /// Returns the share of a sender of whom only the address is known. A page does not know more before it has read the body.
    pub fn of_address(&self, address: &str) -> Sender {
        Sender { pool: self.strangers.clone(), name: address.into() }
    }
}

/// A sender of bodies, with its share of the memory.
#[derive(Clone, Debug)]
pub struct Sender {
    pool: Arc<Pool>,
    name: Arc<str>,
}

impl Sender {
    /// Begins to count a body.
    pub(crate) fn reservation(&self) -> Reservation {
        Reservation { sender: self.clone(), bytes: 0 }
    }
}

#[derive(Debug)]
struct Pool {
    bytes_max: usize,
    taken: Mutex<Taken>,
}

#[derive(Debug, Default)]
struct Taken {
    in_all: usize,
    by_sender: HashMap<Arc<str>, usize>,
}

impl Pool {
    fn new(bytes_max: usize) -> Self {
        Self { bytes_max, taken: Mutex::default() }
    }

    fn take(&self, sender: &Arc<str>, bytes: usize) -> bool {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let mine = taken.by_sender.get(sender).copied().unwrap_or_default();
        if taken.in_all + bytes > self.bytes_max || mine + bytes > SENDER_BYTES_MAX {
            return false;
        }
        taken.in_all += bytes;
        taken.by_sender.insert(sender.clone(), mine + bytes);
        true
    }

    fn give_back(&self, sender: &Arc<str>, bytes: usize) {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.in_all -= bytes;
        if let Some(mine) = taken.by_sender.get_mut(sender) {
            *mine -= bytes;
            if *mine == 0 {
                taken.by_sender.remove(sender);
            }
        }
    }
}

/// The bytes that one body holds, given back when it is dropped.
#[derive(Debug)]
pub(crate) struct Reservation {
    sender: Sender,
    bytes: usize,
}

impl Reservation {
    /// Counts more bytes; false if there is no room for them.
    pub(crate) fn grow(&mut self, bytes: usize) -> bool {
        let fits = bytes == 0 || self.sender.pool.take(&self.sender.name, bytes);
        self.bytes += if fits { bytes } else { 0 };
        fits
    }

    /// Ties the reservation to the bytes that it counted.
    pub(crate) fn hold(self, bytes: Bytes) -> Bytes {
        if bytes.is_empty() { bytes } else { Bytes::from_owner(Held { bytes, _reservation: self }) }
    }
}

impl Drop for Reservation {
    fn drop(&mut self) {
        if self.bytes > 0 {
            self.sender.pool.give_back(&self.sender.name, self.bytes);
        }
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

    #[test]
    fn a_sender_has_its_share_and_gets_it_back() {
        let budget = BodyBudget::default();
        let mut mine = budget.of_address("10.0.0.1").reservation();
        assert!(mine.grow(SENDER_BYTES_MAX) && mine.grow(0));
        assert!(!mine.grow(1), "that is all");
        assert!(!budget.of_address("10.0.0.1").reservation().grow(1), "in whichever request");
        assert!(budget.of_address("10.0.0.2").reservation().grow(1), "another address has its own");
        drop(mine);
        assert!(budget.of_address("10.0.0.1").reservation().grow(1));
        assert!(budget.strangers.taken.lock().unwrap().by_sender.is_empty(), "nothing is kept of what was dropped");
    }

    #[test]
    fn strangers_leave_room_for_members() {
        let budget = BodyBudget::default();
        let senders = STRANGERS_BYTES_MAX / SENDER_BYTES_MAX;
        let all: Vec<_> = (0..=senders).map(|n| budget.of_address(&format!("10.0.0.{n}")).reservation()).collect();
        let taken: Vec<_> = all.into_iter().filter_map(|mut one| one.grow(SENDER_BYTES_MAX).then_some(one)).collect();
        assert_eq!(taken.len(), senders, "not one more");
        assert!(budget.of_member("usr_1").reservation().grow(SENDER_BYTES_MAX));
    }

    #[test]
    fn bytes_are_counted_until_the_last_copy_is_dropped() {
        let budget = BodyBudget::default();
        let mut reservation = budget.of_member("usr_1").reservation();
        assert!(reservation.grow(3));
        let bytes = reservation.hold(Bytes::from_static(b"abc"));
        let part = bytes.slice(1..);
        drop(bytes);
        assert_eq!(budget.members.taken.lock().unwrap().in_all, 3);
        drop(part);
        assert_eq!(budget.members.taken.lock().unwrap().in_all, 0);
    }
}
