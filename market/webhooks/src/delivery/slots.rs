//! Slots: the sends that a process has at a time, and the share of them that one team may hold. Pure.
//!
//! A team's share shrinks as slots become few, so that some are free for a team that holds none, however many teams have endpoints
//! that hang.

use kernel::id::TeamId;
use std::collections::BTreeMap;

/// The part of all slots that one team may hold, as a divisor.
const SHARE: usize = 4;

/// The slots of a process.
#[derive(Clone, Debug)]
pub struct Slots {
    max: usize,
    taken: usize,
    by_team: BTreeMap<TeamId, usize>,
}

impl Slots {
    /// Creates as many slots, all of them free.
    pub const fn new(max: usize) -> Self {
        Self { max, taken: 0, by_team: BTreeMap::new() }
    }

    /// Returns the number of free slots.
    pub fn free(&self) -> usize {
        self.max.saturating_sub(self.taken)
    }

    /// Returns the number of slots that a team may take now: it never holds more than a quarter of all, nor more than it leaves free.
    pub fn open_to(&self, team: &TeamId) -> usize {
        let held = self.by_team.get(team).copied().unwrap_or_default();
        let left = self.free().saturating_sub(held).div_ceil(2);
        (self.max / SHARE).max(1).saturating_sub(held).min(left)
    }

    /// Lists the teams that may take none, those that hold most first.
    pub(super) fn full_teams(&self) -> Vec<&TeamId> {
        let mut full: Vec<_> = self.by_team.iter().filter(|(team, _)| self.open_to(team) == 0).collect();
        full.sort_by_key(|(_, held)| std::cmp::Reverse(**held));
        full.into_iter().map(|(team, _)| team).collect()
    }

    /// Takes slots for a team.
    pub fn take(&mut self, team: &TeamId, count: usize) {
        if count > 0 {
            self.taken += count;
            *self.by_team.entry(team.clone()).or_default() += count;
        }
    }

    /// Gives one of a team's slots back.
    pub fn give_back(&mut self, team: &TeamId) {
        let Some(held) = self.by_team.get_mut(team) else { return };
        *held -= 1;
        if *held == 0 {
            self.by_team.remove(team);
        }
        self.taken -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn team(n: usize) -> TeamId {
        TeamId::from(format!("team_{n:03}").as_str())
    }

    #[test]
    fn a_team_holds_a_quarter_and_gives_back_what_it_took() {
        let (mut slots, team) = (Slots::new(256), team(1));
        assert_eq!((slots.free(), slots.open_to(&team)), (256, 64));
        slots.take(&team, 64);
        assert_eq!((slots.free(), slots.open_to(&team), slots.full_teams()), (192, 0, vec![&team]));
        slots.give_back(&team);
        assert_eq!((slots.free(), slots.open_to(&team), slots.full_teams().len()), (193, 1, 0));
        for _ in 0..100 {
            slots.give_back(&team);
        }
        assert_eq!((slots.free(), slots.open_to(&team)), (256, 64));
    }

    #[test]
    fn many_greedy_teams_leave_some_for_one_that_comes_late() {
        let mut slots = Slots::new(256);
        let taken: Vec<_> = (0..8)
            .map(|n| {
                let open = slots.open_to(&team(n));
                slots.take(&team(n), open);
                open
            })
            .collect();
        assert_eq!(taken, [64, 64, 64, 32, 16, 8, 4, 2]);
        assert_eq!((slots.free(), slots.open_to(&team(99))), (2, 1));
    }

    #[test]
    fn few_slots_are_one_for_each_team() {
        let mut slots = Slots::new(2);
        assert_eq!(slots.open_to(&team(1)), 1);
        slots.take(&team(1), 1);
        assert_eq!((slots.open_to(&team(1)), slots.open_to(&team(2))), (0, 1));
        slots.take(&team(2), 1);
        assert_eq!((slots.free(), slots.open_to(&team(3))), (0, 0));
    }
}
