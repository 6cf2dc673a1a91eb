//! The tally of open jobs: how many of each category are open, in all and of each team. It is kept in memory, because counting reads
//! all of a list.
//!
//! It follows the events by number: whatever happened to a job, its row says whether it is open. So it costs writers nothing, and it
//! is never behind what its reader can see.

use super::{Category, Filter, JobKey, Status, list};
use kernel::Result;
use kernel::id::TeamId;
use platform::db::Conn;
use platform::event::{self, Follower};
use platform::memory::AsyncMutex;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The most events that the tally looks up one by one; after more it begins again.
const EVENTS_MAX: i64 = 2_000;
/// The most open jobs that are tallied; the lists of more are counted up to the largest total that is reported.
pub(super) const TALLIED_MAX: usize = 200_000;
/// The number of categories.
const CATEGORIES: usize = Category::ALL.len();

/// The state of a job that an event was about.
#[derive(Deserialize)]
pub(super) struct Tallied {
    pub(super) key: JobKey,
    pub(super) category: Category,
    pub(super) status: Status,
    pub(super) team_id: TeamId,
}

/// The tally of a process.
#[derive(Default)]
struct OpenJobs {
    tally: Mutex<Tally>,
    /// Held by the one reader that begins the tally anew: others would read as much at the same time.
    beginning: AsyncMutex<()>,
}

#[derive(Default)]
struct Tally {
    /// The number of the last event that it follows; none before it was begun.
    seq: Option<i64>,
    /// The open jobs; none if there are too many.
    jobs: Option<HashMap<JobKey, (Category, Arc<str>)>>,
    all: [i64; CATEGORIES],
    teams: HashMap<Arc<str>, [i64; CATEGORIES]>,
}

impl OpenJobs {
    fn tally(&self) -> MutexGuard<'_, Tally> {
        self.tally.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Follows the events that the reader can see.
    async fn follow(&self, conn: &mut Conn) -> Result<()> {
        let latest = event::latest(conn).await?;
        loop {
            let (seq, is_kept) = {
                let tally = self.tally();
                (tally.seq, tally.jobs.is_some())
            };
            let new = match seq {
                // The reader sees no more than another did.
                Some(seq) if latest <= seq => return Ok(()),
                Some(seq) if latest - seq <= EVENTS_MAX && !is_kept => return Ok(()),
                // An event that was deleted can't be followed.
                Some(seq) if latest - seq <= EVENTS_MAX && event::followed(conn, Follower::Streams).await? <= seq => {
                    list::happened(conn, seq, latest).await?
                }
                _ => {
                    let _alone = self.beginning.lock().await;
                    if self.tally().seq != seq {
                        continue;
                    }
                    let begun = Tally::begun(list::all_open(conn).await?, latest);
                    *self.tally() = begun;
                    return Ok(());
                }
            };
            // A row may be newer than the event: then a later event is about it, too. If another reader was quicker, its rows may be
            // newer than these.
            let mut tally = self.tally();
            if tally.seq == seq {
                new.into_iter().for_each(|job| tally.note(job));
                tally.seq = Some(latest);
                return Ok(());
            }
        }
    }
}

impl Tally {
    /// Notes the state of a job, whichever was noted before.
    fn note(&mut self, job: Tallied) {
        let Some(jobs) = &mut self.jobs else { return };
        if let Some((category, team)) = jobs.remove(&job.key) {
            self.all[category as usize] -= 1;
            if let Some(counts) = self.teams.get_mut(&team) {
                counts[category as usize] -= 1;
                if counts.iter().all(|&count| count == 0) {
                    self.teams.remove(&team);
                }
            }
        }
        if job.status != Status::Open {
            return;
        }
        let known = self.teams.get_key_value(job.team_id.as_str()).map(|(team, _)| team.clone());
        let team = known.unwrap_or_else(|| job.team_id.as_str().into());
        self.all[job.category as usize] += 1;
        self.teams.entry(team.clone()).or_default()[job.category as usize] += 1;
        jobs.insert(job.key, (job.category, team));
    }

    /// Begins with these open jobs.
    fn begun(open: Vec<Tallied>, seq: i64) -> Self {
        let jobs = (open.len() <= TALLIED_MAX).then(HashMap::new);
        let mut tally = Self { seq: Some(seq), jobs, ..Self::default() };
        open.into_iter().for_each(|job| tally.note(job));
        tally
    }

    /// Counts the open jobs in the categories, without those of a team; none if there are too many.
    fn count(&self, categories: &[Category], but: Option<&TeamId>) -> Option<i64> {
        self.jobs.as_ref()?;
        let own = but.and_then(|team| self.teams.get(team.as_str()));
        let of = |category: &Category| self.all[*category as usize] - own.map_or(0, |counts| counts[*category as usize]);
        Some(categories.iter().map(of).sum::<i64>().min(kernel::page::OFFSET_MAX))
    }
}

/// Counts the open jobs that a filter finds in these categories, without those of a team; none if the filter asks for more than a
/// category, or if too many jobs are open.
pub(super) async fn count(conn: &mut Conn, filter: &Filter, among: &[Category], but: Option<&TeamId>) -> Result<Option<i64>> {
    // A transaction sees rows that may never be committed.
    if !is_tallied(filter) || !conn.is_reader() {
        return Ok(None);
    }
    let among: Vec<_> = among.iter().copied().filter(|one| filter.category.is_none_or(|category| category == *one)).collect();
    let kept = conn.memory.of::<OpenJobs>();
    kept.follow(conn).await?;
    Ok(kept.tally().count(&among, but))
}

/// Returns true if a filter narrows a list by a category at most.
pub(super) fn is_tallied(filter: &Filter) -> bool {
    *filter == Filter { category: filter.category, sort: filter.sort, ..Filter::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(key: i64, category: Category, status: Status, team: &str) -> Tallied {
        Tallied { key: serde_json::from_value(key.into()).unwrap(), category, status, team_id: team.into() }
    }

    #[test]
    fn a_job_counts_where_it_is_now() {
        let all = |tally: &Tally| tally.count(Category::ALL, None).unwrap();
        let mut tally = Tally::begun(vec![job(1, Category::Coding, Status::Open, "a"), job(2, Category::Data, Status::Open, "b")], 5);
        assert_eq!((all(&tally), tally.count(&[Category::Coding], None)), (2, Some(1)));
        assert_eq!(tally.count(Category::ALL, Some(&"a".into())), Some(1));
        tally.note(job(1, Category::Data, Status::Open, "a"));
        tally.note(job(1, Category::Data, Status::Open, "a"));
        assert_eq!((all(&tally), tally.count(&[Category::Data], Some(&"a".into()))), (2, Some(1)), "it moved to another category");
        tally.note(job(1, Category::Data, Status::PendingEscrow, "a"));
        tally.note(job(3, Category::Data, Status::Expired, "c"));
        assert_eq!((all(&tally), tally.teams.len()), (1, 1));
    }
}
