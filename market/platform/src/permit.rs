//! Permits by key: so many in all, so many for each key, and for none more than a part of what is free.
//!
//! The part is why a few keys never take everything: the more is taken, the less each of them may have, and a newcomer with a small
//! need still gets it. Permits are given back when they are dropped.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The permits of one resource. Clones share them.
#[derive(Clone, Debug)]
pub struct Permits(Arc<Pool>);

#[derive(Debug)]
struct Pool {
    all: usize,
    /// No key holds more than what is free, divided by this.
    part: Option<usize>,
    taken: Mutex<Taken>,
}

#[derive(Debug, Default)]
struct Taken {
    in_all: usize,
    by_key: HashMap<Arc<str>, usize>,
}

/// The reason why a permit was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Full {
    /// All permits are taken, or the caller has its part of what is free.
    All,
    /// The key at this place of the list holds as many as it may.
    Key(usize),
}

/// A key and the most permits that it may hold.
#[derive(Debug)]
struct Limit {
    key: Arc<str>,
    most: usize,
}

/// Permits that were taken for all of their keys at once, given back when this is dropped.
#[derive(Debug)]
#[must_use]
pub struct Permit {
    pool: Arc<Pool>,
    limits: Box<[Limit]>,
    count: usize,
}

impl Permits {
    /// Creates so many permits. A key may take all of its own limit as long as any are free.
    pub fn new(all: usize) -> Self {
        Self(Arc::new(Pool { all, part: None, taken: Mutex::default() }))
    }

    /// Creates so many permits, of which no key holds more than one for each `part` that are free.
    pub fn shared(all: usize, part: usize) -> Self {
        Self(Arc::new(Pool { all, part: Some(part.max(1)), taken: Mutex::default() }))
    }

    /// Takes a number of permits that count for each of the keys.
    pub fn take(&self, limits: &[(&str, usize)], count: usize) -> Result<Permit, Full> {
        let limits = limits.iter().map(|&(key, most)| Limit { key: key.into(), most }).collect();
        let mut permit = Permit { pool: self.0.clone(), limits, count: 0 };
        permit.grow(count).map(|()| permit)
    }

    /// Returns the number of permits that are taken.
    pub fn taken(&self) -> usize {
        self.0.taken().in_all
    }

    /// Returns the number of keys that hold permits; none is remembered without.
    pub fn keys(&self) -> usize {
        self.0.taken().by_key.len()
    }
}

impl Permit {
    /// Takes more permits for the same keys, or none.
    pub fn grow(&mut self, count: usize) -> Result<(), Full> {
        if count == 0 {
            return Ok(());
        }
        let mut taken = self.pool.taken();
        self.must_fit(&taken, count)?;
        taken.in_all += count;
        for limit in &self.limits {
            *taken.by_key.entry(limit.key.clone()).or_default() += count;
        }
        self.count += count;
        Ok(())
    }

    fn must_fit(&self, taken: &Taken, count: usize) -> Result<(), Full> {
        let free = self.pool.all.saturating_sub(taken.in_all);
        if count > free {
            return Err(Full::All);
        }
        for (at, limit) in self.limits.iter().enumerate() {
            let wanted = taken.by_key.get(&limit.key).copied().unwrap_or_default() + count;
            if wanted > limit.most {
                return Err(Full::Key(at));
            }
            // One permit can always be had, so that a small number of them is used up.
            if wanted > 1 && self.pool.part.is_some_and(|part| wanted > (free - count) / part) {
                return Err(Full::All);
            }
        }
        Ok(())
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        if self.count == 0 {
            return;
        }
        let mut taken = self.pool.taken();
        taken.in_all -= self.count;
        for limit in &self.limits {
            if let Some(held) = taken.by_key.get_mut(&limit.key) {
                *held -= self.count;
                if *held == 0 {
                    taken.by_key.remove(&limit.key);
                }
            }
        }
    }
}

impl Pool {
    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(permits: &Permits, limits: &[(&str, usize)]) -> Vec<Permit> {
        (0..1_000).map_while(|_| permits.take(limits, 1).ok()).collect()
    }

    #[test]
    fn a_key_has_its_number_and_gives_permits_back() {
        let permits = Permits::new(100);
        let mine = taken(&permits, &[("a", 3)]);
        assert_eq!((mine.len(), permits.take(&[("a", 3)], 1).unwrap_err()), (3, Full::Key(0)));
        assert_eq!(taken(&permits, &[("b", 3)]).len(), 3, "another key has its own");
        drop(mine);
        assert_eq!(taken(&permits, &[("a", 3)]).len(), 3);
        assert_eq!((permits.taken(), permits.keys()), (0, 0), "nothing is kept of who left");
    }

    #[test]
    fn a_permit_counts_for_all_of_its_keys_or_for_none() {
        let permits = Permits::new(100);
        let mine = taken(&permits, &[("member", 9), ("team", 5)]);
        assert_eq!((mine.len(), permits.take(&[("member", 9), ("team", 5)], 1).unwrap_err()), (5, Full::Key(1)));
        assert_eq!(taken(&permits, &[("member", 9)]).len(), 4, "the refused one was not counted");
    }

    #[test]
    fn all_is_all() {
        let permits = Permits::new(4);
        let mut mine = permits.take(&[], 3).unwrap();
        assert_eq!((mine.grow(2), mine.grow(0), mine.grow(1)), (Err(Full::All), Ok(()), Ok(())));
        assert_eq!(permits.take(&[], 1).unwrap_err(), Full::All);
        drop(mine);
        assert_eq!(permits.taken(), 0);
    }

    #[test]
    fn many_keys_leave_something_for_one_more() {
        let permits = Permits::shared(1_000, 4);
        let first = taken(&permits, &[("a", 1_000)]);
        assert_eq!(first.len(), 200, "as much as a fourth of the rest");
        let more: Vec<_> = (0..10).map(|n| taken(&permits, &[(&format!("attacker {n}"), 1_000)])).collect();
        assert!(more.windows(2).all(|two| two[1].len() <= two[0].len()), "each gets less than the one before");
        assert!(permits.take(&[("newcomer", 1_000)], 10).is_ok(), "{} are taken", permits.taken());
    }

    #[test]
    fn few_permits_are_used_up() {
        let permits = Permits::shared(3, 8);
        let all: Vec<_> = (0..4).filter_map(|n| permits.take(&[(&n.to_string(), 9)], 1).ok()).collect();
        assert_eq!(all.len(), 3);
    }
}
