//! The index of open jobs, kept in memory with the facts by which jobs are counted and compared: counting and ranking read all of a list.
//!
//! It follows the events by number: whatever happened to a job, its row says whether it is open. So it costs writers nothing, and it
//! is never behind what its reader can see.

mod store;

use super::tally::Tally;
use super::{Category, JobKey, Skills, Status};
use kernel::id::TeamId;
use kernel::{Money, Result, Time};
use platform::db::Conn;
use platform::event::{self, Follower};
use platform::memory::AsyncMutex;
use serde::Deserialize;
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// The most events that the index looks up one by one; after more it begins again.
const EVENTS_MAX: i64 = 2_000;
/// The most open jobs that are indexed. More are counted by statements, up to the largest total that is reported.
pub(super) const INDEXED_MAX: usize = 200_000;
/// The number of open jobs that are compared if there are too many for the index: the featured ones and the newest.
const NEWEST_MAX: usize = 10_000;

/// The state of a job that an event was about.
#[derive(Deserialize)]
pub(super) struct JobRow {
    pub(super) key: JobKey,
    pub(super) category: Category,
    pub(super) status: Status,
    pub(super) team_id: TeamId,
    pub(super) skills: Skills,
    pub(super) budget_min: Money,
    pub(super) budget_max: Money,
    pub(super) applications_until: Option<Time>,
    pub(super) deadline: Option<Time>,
    pub(super) created_at: Time,
    pub(super) is_hidden: bool,
}

/// An open job in the index.
struct Indexed {
    category: Category,
    team: Arc<str>,
    /// A hash of each skill: the words themselves would hold ten times the memory.
    skills: Box<[u64]>,
    budget_min: Money,
    budget_max: Money,
    applications_until: Option<Time>,
    deadline: Option<Time>,
    created_at: Time,
}

/// The facts of an open job that it is compared by.
#[derive(Clone, Copy, Debug)]
pub struct OpenJob<'a> {
    /// Its key.
    pub key: JobKey,
    /// Its category.
    pub category: Category,
    /// The id of the poster's team.
    pub team: &'a str,
    /// The number of skills that it asks for.
    pub skills_asked: usize,
    /// The number of those that the comparison knows.
    pub skills_known: usize,
    /// The lower end of the budget.
    pub budget_min: Money,
    /// The upper end of the budget.
    pub budget_max: Money,
    /// The time until which it takes applications.
    pub applications_until: Option<Time>,
    /// When the work must be delivered.
    pub deadline: Option<Time>,
    /// When it was posted.
    pub created_at: Time,
}

/// The index of a process.
#[derive(Default)]
struct OpenJobs {
    index: RwLock<Index>,
    /// Held by the one reader that begins the index anew: others would read as much at the same time.
    beginning: AsyncMutex<()>,
    /// Hashes skills; its key is secret, so that nobody can choose skills with one hash.
    hasher: RandomState,
}

#[derive(Default)]
struct Index {
    /// The number of the last event that it follows; none before it was begun.
    seq: Option<i64>,
    /// The open jobs; none if there are too many.
    jobs: Option<HashMap<JobKey, Indexed>>,
    tally: Tally,
}

impl OpenJobs {
    fn read(&self) -> RwLockReadGuard<'_, Index> {
        self.index.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Index> {
        self.index.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Follows the events that the reader can see.
    async fn follow(&self, conn: &mut Conn) -> Result<()> {
        let latest = event::latest(conn).await?;
        loop {
            let (seq, is_kept) = {
                let index = self.read();
                (index.seq, index.jobs.is_some())
            };
            let new = match seq {
                // The reader sees no more than another did.
                Some(seq) if latest <= seq => return Ok(()),
                Some(seq) if latest - seq <= EVENTS_MAX && !is_kept => return Ok(()),
                // An event that was deleted can't be followed.
                Some(seq) if latest - seq <= EVENTS_MAX && event::followed(conn, Follower::Streams).await? <= seq => {
                    store::happened(conn, seq, latest).await?
                }
                _ => {
                    let _alone = self.beginning.lock().await;
                    if self.read().seq != seq {
                        continue;
                    }
                    let begun = Index::begun(&self.hasher, store::all_open(conn, INDEXED_MAX + 1).await?, latest);
                    *self.write() = begun;
                    return Ok(());
                }
            };
            // A row may be newer than the event: then a later event is about it, too. If another reader was quicker, its rows may be
            // newer than these.
            let mut index = self.write();
            if index.seq == seq {
                new.into_iter().for_each(|job| index.note(&self.hasher, job));
                index.seq = Some(latest);
                return Ok(());
            }
        }
    }
}

impl Index {
    /// Notes the state of a job, whichever was noted before.
    fn note(&mut self, hasher: &RandomState, job: JobRow) {
        let Some(jobs) = &mut self.jobs else { return };
        if let Some(Indexed { category, team, .. }) = jobs.remove(&job.key) {
            self.tally.remove(category, &team);
        }
        if job.status != Status::Open || job.is_hidden {
            return;
        }
        let team = self.tally.add(job.category, &job.team_id);
        let JobRow { key, category, skills, budget_min, budget_max, applications_until, deadline, created_at, .. } = job;
        let skills = hashes(hasher, &skills).into();
        jobs.insert(key, Indexed { category, team, skills, budget_min, budget_max, applications_until, deadline, created_at });
    }

    /// Begins with these open jobs.
    fn begun(hasher: &RandomState, open: Vec<JobRow>, seq: i64) -> Self {
        let jobs = (open.len() <= INDEXED_MAX).then(HashMap::new);
        let mut index = Self { seq: Some(seq), jobs, ..Self::default() };
        open.into_iter().for_each(|job| index.note(hasher, job));
        index
    }

    /// Shows each job to a comparison that knows these skills; false if there are too many.
    fn each(&self, known: &[u64], look: &mut (dyn FnMut(&OpenJob<'_>) + Send)) -> bool {
        let Some(jobs) = &self.jobs else { return false };
        for (&key, job) in jobs {
            look(&OpenJob {
                key,
                category: job.category,
                team: &job.team,
                skills_asked: job.skills.len(),
                skills_known: job.skills.iter().filter(|skill| known.contains(skill)).count(),
                budget_min: job.budget_min,
                budget_max: job.budget_max,
                applications_until: job.applications_until,
                deadline: job.deadline,
                created_at: job.created_at,
            });
        }
        true
    }
}

fn hashes(hasher: &RandomState, skills: &Skills) -> Vec<u64> {
    skills.words().iter().map(|word| hasher.hash_one(word)).collect()
}

/// Counts open jobs with the tally; none if there are too many, or if the reader is a transaction: it sees rows that may never be committed.
pub(super) async fn counted(conn: &mut Conn, count: impl FnOnce(&Tally) -> i64) -> Result<Option<i64>> {
    if !conn.is_reader() {
        return Ok(None);
    }
    let kept = conn.memory.of::<OpenJobs>();
    kept.follow(conn).await?;
    let index = kept.read();
    Ok(index.jobs.as_ref().map(|_| count(&index.tally)))
}

/// Shows every open job to a comparison that knows these skills. If there are too many for the index, or the reader is a transaction, it sees
/// the featured ones and the newest. The comparison is short: writers of the index wait for it.
pub async fn each_open(conn: &mut Conn, skills: &Skills, look: &mut (dyn FnMut(&OpenJob<'_>) + Send)) -> Result<()> {
    let kept = conn.memory.of::<OpenJobs>();
    let known = hashes(&kept.hasher, skills);
    if conn.is_reader() {
        kept.follow(conn).await?;
        if kept.read().each(&known, look) {
            return Ok(());
        }
    }
    Index::begun(&kept.hasher, store::all_open(conn, NEWEST_MAX).await?, 0).each(&known, look);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(key: i64, category: Category, status: Status, team: &str) -> JobRow {
        JobRow {
            key: JobKey(key),
            category,
            status,
            team_id: team.into(),
            skills: Skills::from("rust|sql|go".to_owned()),
            budget_min: Money(1),
            budget_max: Money(2),
            applications_until: None,
            deadline: None,
            created_at: Time::from_ms(key),
            is_hidden: false,
        }
    }

    #[test]
    fn a_job_counts_where_it_is_now() {
        let hasher = RandomState::new();
        let all = |index: &Index| index.tally.count(Category::ALL, None);
        let open = vec![job(1, Category::Coding, Status::Open, "a"), job(2, Category::Data, Status::Open, "b")];
        let mut index = Index::begun(&hasher, open, 5);
        assert_eq!((all(&index), index.tally.count(&[Category::Coding], None)), (2, 1));
        assert_eq!(index.tally.count(Category::ALL, Some(&"a".into())), 1);
        index.note(&hasher, job(1, Category::Data, Status::Open, "a"));
        index.note(&hasher, job(1, Category::Data, Status::Open, "a"));
        assert_eq!((all(&index), index.tally.count(&[Category::Data], Some(&"a".into()))), (2, 1), "it moved to another category");
        index.note(&hasher, job(1, Category::Data, Status::PendingEscrow, "a"));
        index.note(&hasher, job(3, Category::Data, Status::Expired, "c"));
        assert_eq!((all(&index), index.tally.teams()), (1, 1));
        index.note(&hasher, JobRow { is_hidden: true, ..job(2, Category::Data, Status::Open, "b") });
        assert_eq!((all(&index), index.tally.teams()), (0, 0), "an admin hid it");
    }

    #[test]
    fn a_comparison_sees_the_skills_that_it_knows() {
        let hasher = RandomState::new();
        let index =
            Index::begun(&hasher, vec![job(1, Category::Coding, Status::Open, "a"), job(2, Category::Data, Status::Expired, "b")], 5);
        let mut seen = Vec::new();
        let known = hashes(&hasher, &Skills::from("sql|python|go".to_owned()));
        assert!(index.each(&known, &mut |job| seen.push((job.key, job.team.to_owned(), job.skills_asked, job.skills_known))));
        assert_eq!(seen, [(JobKey(1), "a".to_owned(), 3, 2)]);
        assert!(!Index::default().each(&known, &mut |_| ()));
    }
}
