//! The tally of open jobs: how many of each category are open, in all and of each team. The index keeps it, because counting reads all of
//! a list.

use super::{Category, Filter, index};
use kernel::Result;
use kernel::id::TeamId;
use platform::db::Conn;
use std::collections::HashMap;
use std::sync::Arc;

/// The number of categories.
const CATEGORIES: usize = Category::ALL.len();

/// The numbers of open jobs.
#[derive(Default)]
pub(super) struct Tally {
    all: [i64; CATEGORIES],
    teams: HashMap<Arc<str>, [i64; CATEGORIES]>,
}

impl Tally {
    /// Counts one more job, and returns its team's id as the tally holds it.
    pub(super) fn add(&mut self, category: Category, team: &TeamId) -> Arc<str> {
        let known = self.teams.get_key_value(team.as_str()).map(|(team, _)| team.clone());
        let team = known.unwrap_or_else(|| team.as_str().into());
        self.all[category as usize] += 1;
        self.teams.entry(team.clone()).or_default()[category as usize] += 1;
        team
    }

    /// Counts one job less.
    pub(super) fn remove(&mut self, category: Category, team: &str) {
        self.all[category as usize] -= 1;
        let Some(counts) = self.teams.get_mut(team) else { return };
        counts[category as usize] -= 1;
        if counts.iter().all(|&count| count == 0) {
            self.teams.remove(team);
        }
    }

    /// Counts the open jobs in the categories, without those of a team, up to the largest total that is reported.
    pub(super) fn count(&self, categories: &[Category], but: Option<&TeamId>) -> i64 {
        let own = but.and_then(|team| self.teams.get(team.as_str()));
        let of = |category: &Category| self.all[*category as usize] - own.map_or(0, |counts| counts[*category as usize]);
        categories.iter().map(of).sum::<i64>().min(kernel::page::OFFSET_MAX)
    }

    /// Returns the number of teams with an open job.
    #[cfg(test)]
    pub(super) fn teams(&self) -> usize {
        self.teams.len()
    }
}

/// Counts the open jobs that a filter finds in these categories, without those of a team; none if the filter asks for more than a
/// category, or if they are not indexed.
pub(super) async fn count(conn: &mut Conn, filter: &Filter, among: &[Category], but: Option<&TeamId>) -> Result<Option<i64>> {
    if !is_tallied(filter) {
        return Ok(None);
    }
    let among: Vec<_> = among.iter().copied().filter(|one| filter.category.is_none_or(|category| category == *one)).collect();
    index::counted(conn, |tally| tally.count(&among, but)).await
}

/// Returns true if a filter narrows a list by a category at most.
fn is_tallied(filter: &Filter) -> bool {
    *filter == Filter { category: filter.category, sort: filter.sort, ..Filter::default() }
}
