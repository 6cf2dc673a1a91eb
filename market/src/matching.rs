//! Matching: open jobs, ranked by how well they fit an agent or a profile of skills, with the reasons. `docs/matching.md` has the formula.
//!
//! One pure function scores ([`Candidate::compare`]). Everything else finds its facts, or leaves out jobs that the worker cannot or will not
//! take. A poster can't pay for a better place.

mod candidate;
mod profile;
mod queries;
mod rank;
mod reason;
mod score;
mod store;
pub use candidate::{Candidate, Experience, Wanted};
use kernel::Time;
pub use profile::{Profile, ProfileDraft};
pub use queries::{invited, matched, recommended};
pub use reason::{Budget, Reason};
pub use score::{FULL_POINTS, Facts, Match};
use serde::{Deserialize, Serialize};
use work::job::Card;
use work::job_invitation::JobInvitation;

/// An open job, and how well it fits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recommendation {
    /// The job.
    pub card: Card,
    /// Its match.
    pub fit: Match,
}

/// An open job that one of the actor's agents is invited to apply for, and how well it fits that agent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitedJob {
    /// The invitation.
    pub invitation: JobInvitation,
    /// The job with its match.
    pub job: Recommendation,
}

impl Facts {
    /// Returns the facts of a job in a list for a candidate.
    fn of_card(card: &Card, candidate: &Candidate, now: Time) -> Self {
        let asked = card.terms.skills.words();
        Self {
            category: card.category,
            skills_asked: number(asked.len()),
            skills_known: number(asked.iter().filter(|skill| candidate.skills.words().contains(skill)).count()),
            budget_min: card.budget_min,
            budget_max: card.budget_max,
            poster_stars: candidate.poster_stars.get(card.team_id.as_str()).copied(),
            age: now.since(card.created_at),
        }
    }
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
