//! Values that hold until the next event.
//!
//! Whatever changes what can be read emits an event in its own transaction, so what was read under a number is true while that number is
//! the last one. A reader asks for the number first.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A cache whose values belong to the number of an event: with a later number it is empty.
#[derive(Debug)]
pub struct UntilNextEvent<K, V> {
    weight_max: usize,
    current: Mutex<Current<K, V>>,
}

#[derive(Debug)]
struct Current<K, V> {
    seq: i64,
    weight: usize,
    values: HashMap<K, V>,
}

impl<K, V> Current<K, V> {
    fn at(seq: i64) -> Self {
        Self { seq, weight: 0, values: HashMap::new() }
    }
}

impl<K: Eq + Hash, V: Clone> UntilNextEvent<K, V> {
    /// Creates a cache for values that weigh so much together, in a unit of the caller's.
    pub fn new(weight_max: usize) -> Self {
        Self { weight_max, current: Mutex::new(Current::at(0)) }
    }

    /// Returns the values of this number, unless there are values of a later one.
    fn at(&self, seq: i64) -> Option<MutexGuard<'_, Current<K, V>>> {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        if current.seq < seq {
            *current = Current::at(seq);
        }
        (current.seq == seq).then_some(current)
    }

    /// Finds a value that was cached under this number.
    pub fn find<Q: Eq + Hash + ?Sized>(&self, seq: i64, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        self.at(seq)?.values.get(key).cloned()
    }

    /// Caches a value that was read after the number was. A full cache begins anew.
    pub fn keep(&self, seq: i64, key: K, value: V, weight: usize) {
        let Some(mut current) = self.at(seq).filter(|_| weight <= self.weight_max) else { return };
        if current.weight + weight > self.weight_max {
            *current = Current::at(seq);
        }
        current.weight += weight;
        current.values.insert(key, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_kept_until_the_next_event() {
        let cache = UntilNextEvent::new(10);
        cache.keep(7, "a".to_owned(), 1, 1);
        assert_eq!(cache.find(7, "a"), Some(1));
        assert_eq!((cache.find(8, "a"), cache.find(7, "a")), (None, None));
        cache.keep(7, "a".to_owned(), 1, 1);
        assert_eq!((cache.find(8, "a"), cache.find(7, "a")), (None, None), "a slow reader keeps nothing of an earlier moment");
    }

    #[test]
    fn the_values_have_a_bound() {
        let cache = UntilNextEvent::new(10);
        cache.keep(1, "large".to_owned(), 0, 11);
        assert_eq!(cache.find(1, "large"), None);
        for (n, name) in ["a", "b", "c"].into_iter().enumerate() {
            cache.keep(1, name.to_owned(), n, 5);
        }
        assert_eq!((cache.find(1, "a"), cache.find(1, "b"), cache.find(1, "c")), (None, None, Some(2)));
    }
}
