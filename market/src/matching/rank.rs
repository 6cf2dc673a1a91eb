//! Ranking: the open jobs that a worker could take, the best match first.

use super::candidate::Candidate;
use super::score::Facts;
use kernel::id::TeamId;
use kernel::page::{OFFSET_MAX, Part};
use kernel::{Money, Result, Time};
use platform::db::Conn;
use std::cmp::Reverse;
use std::collections::HashSet;
use work::job::{self, Category, JobKey, OpenJob};

/// The open jobs that a worker could take and would.
#[derive(Debug)]
pub(super) struct Selection {
    /// The worker's team, whose own jobs are left out.
    pub(super) team: TeamId,
    /// The categories; none for all.
    pub(super) categories: Vec<Category>,
    /// The least that the highest budget must be.
    pub(super) budget_min: Money,
    /// The time before which no work may be due.
    pub(super) due_after: Option<Time>,
    /// The jobs that the team has applied for.
    pub(super) applied: HashSet<JobKey>,
    /// The ids of suspended posters.
    pub(super) suspended: HashSet<String>,
}

impl Selection {
    fn takes(&self, job: &OpenJob<'_>, now: Time) -> bool {
        (self.categories.is_empty() || self.categories.contains(&job.category))
            && job.budget_max >= self.budget_min
            && job.team != self.team.as_str()
            && job.applications_until.is_none_or(|until| until > now)
            && self.due_after.is_none_or(|after| job.deadline.is_none_or(|deadline| deadline >= after))
            && !self.applied.contains(&job.key)
            && !self.suspended.contains(job.team)
    }
}

/// The jobs of a selection with their points, in no order.
pub(super) struct Ranking(Vec<(i64, JobKey)>);

impl Ranking {
    /// Scores every open job of a selection.
    pub(super) async fn of(conn: &mut Conn, candidate: &Candidate, selection: &Selection) -> Result<Self> {
        let (now, mut found) = (conn.now, Vec::new());
        let mut look = |job: &OpenJob<'_>| {
            if selection.takes(job, now) {
                found.push((candidate.points(&facts(job, candidate, now)), job.key));
            }
        };
        job::each_open(conn, &candidate.skills, &mut look).await?;
        Ok(Self(found))
    }

    /// Returns the length of the list, up to the largest total that is reported.
    pub(super) fn total(&self) -> i64 {
        super::number(self.0.len()).min(OFFSET_MAX)
    }

    /// Returns the keys of a part of the list, the best match first and the newest among equals. `after` is the job that it goes on after.
    ///
    /// # Errors
    /// `invalid_request` if that job is not of the list.
    pub(super) fn part(mut self, part: &Part, after: Option<JobKey>) -> Result<Vec<JobKey>> {
        if part.after.is_some() {
            let anchor = self.0.iter().copied().find(|(_, key)| Some(*key) == after).ok_or_else(Part::unknown)?;
            self.0.retain(|job| *job < anchor);
        }
        let (offset, limit) = (size(part.paging.offset), size(part.paging.limit));
        let end = offset.saturating_add(limit).min(self.0.len());
        // Only the beginning is sorted: nobody reads the rest.
        if end < self.0.len() {
            self.0.select_nth_unstable_by_key(end, |job| Reverse(*job));
            self.0.truncate(end);
        }
        self.0.sort_unstable_by_key(|job| Reverse(*job));
        Ok(self.0.into_iter().skip(offset).map(|(_, key)| key).collect())
    }
}

fn facts(job: &OpenJob<'_>, candidate: &Candidate, now: Time) -> Facts {
    Facts {
        category: job.category,
        skills_asked: super::number(job.skills_asked),
        skills_known: super::number(job.skills_known),
        budget_min: job.budget_min,
        budget_max: job.budget_max,
        poster_stars: if candidate.poster_stars.is_empty() { None } else { candidate.poster_stars.get(job.team).copied() },
        age: now.since(job.created_at),
    }
}

fn size(number: i64) -> usize {
    usize::try_from(number).unwrap_or_default()
}
