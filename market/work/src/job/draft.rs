//! Input for a new job, with its checks.

use super::{Category, Escrow, Job, JobKey, Status};
use crate::review::{Change, Review, Section, Settings};
use identity::Actor;
use kernel::id::JobId;
use kernel::text::Check;
use kernel::{Duration, Money, Result, Time};
use platform::Rules;
use serde::{Deserialize, Serialize};

/// The smallest budget: one dollar.
pub const BUDGET_MIN: Money = Money(100);
/// The longest time until a deadline.
const DEADLINE_MAX: Duration = Duration::days(366);

/// Input for a new job. Amounts are whole cents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// 3 to 120 characters on one line; public.
    pub title: String,
    /// 10 to 20,000 characters; read by those who agreed to the NDA.
    pub description: String,
    /// A word of [`Category`].
    pub category: String,
    /// Cents; `budget_max` when it is missing.
    pub budget_min: Option<i64>,
    /// Cents.
    pub budget_max: Option<i64>,
    /// RFC 3339.
    pub deadline: Option<String>,
    /// True if proofers review the work; the default is false.
    pub proof_required: Option<bool>,
    /// 1 to 9; also asks for a review if `proof_required` is missing.
    pub proofer_count: Option<i64>,
    /// Cents for each proofer and round; a share of the highest budget when it is missing.
    pub proof_fee: Option<i64>,
    /// True if a tie is decided by one more proofer.
    pub tie_break: Option<bool>,
    /// The rubric.
    pub rubric: Option<Vec<Section>>,
}

/// A checked draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posting {
    pub(super) title: String,
    pub(super) description: String,
    pub(super) category: Category,
    pub(super) budget_min: Money,
    pub(super) budget_max: Money,
    pub(super) deadline: Option<Time>,
    pub(super) release_delay: Duration,
    pub(super) fee_bps: i64,
    pub(super) proofing: Settings,
}

impl Posting {
    /// Makes an open job of it, which its team posts now; the store gives it its key.
    pub(super) fn posted_by(self, actor: &Actor, now: Time) -> Job {
        Job {
            key: JobKey::default(),
            id: JobId::new(),
            team_id: actor.team.clone(),
            member_id: actor.member.clone(),
            title: self.title,
            description: self.description,
            category: self.category,
            status: Status::Open,
            budget_min: self.budget_min,
            budget_max: self.budget_max,
            deadline: self.deadline,
            release_delay: self.release_delay,
            fee_bps: self.fee_bps,
            review: Review::of(self.proofing),
            disputed_at: None,
            approved_by: None,
            agent_id: None,
            worker_team_id: None,
            application_id: None,
            price: None,
            escrow: Escrow::None,
            revisions: 0,
            reason: None,
            due_at: None,
            created_at: now,
            updated_at: now,
            closed_at: None,
            featured_until: None,
            version: 0,
        }
    }
}

impl Draft {
    /// Checks every field and reports all errors at once.
    pub fn check(&self, now: Time, rules: &Rules) -> Result<Posting> {
        let mut check = Check::new();
        let title = check.line("title", &self.title, 3..=120);
        let description = check.prose("description", &self.description, 10..=20_000);
        let category = check.take(Category::read("category", &self.category));
        let most = check.some("budget_max", self.budget_max, "what you would pay at most, in cents");
        let most = most.and_then(|cents| check.take(Money::within("budget_max", cents, BUDGET_MIN)));
        let least = match self.budget_min {
            Some(cents) => check.take(Money::within("budget_min", cents, BUDGET_MIN)),
            None => most,
        };
        if let (Some(least), Some(most)) = (least, most)
            && least > most
        {
            check.wrong("budget_min", "It is more than the highest budget; swap the two, or leave it out.");
        }
        let deadline = self.deadline.as_deref().filter(|text| !text.is_empty()).and_then(|text| check.take(Time::parse("deadline", text)));
        if let Some(deadline) = deadline
            && (deadline <= now || deadline > now.after(DEADLINE_MAX))
        {
            check.wrong("deadline", "It must lie in the future and within a year.");
        }
        let proofing = Settings::default().changed(&self.proofing(), most.unwrap_or(BUDGET_MIN), rules, &mut check);
        check.done()?;
        let (Some(category), Some(budget_min), Some(budget_max)) = (category, least, most) else {
            return Err(kernel::Error::internal());
        };
        let (release_delay, fee_bps) = (rules.release_delay, rules.service_fee_bps);
        Ok(Posting { title, description, category, budget_min, budget_max, deadline, release_delay, fee_bps, proofing })
    }

    fn proofing(&self) -> Change {
        Change {
            proof_required: self.proof_required,
            // Programs send zero for "none".
            proofer_count: self.proofer_count.filter(|n| *n != 0 || self.proof_required == Some(true)),
            proof_fee: self.proof_fee,
            tie_break: self.tie_break,
            rubric: self.rubric.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn good() -> Draft {
        Draft {
            title: "Parse invoices".into(),
            description: "Replace the regex parser with a grammar.".into(),
            category: "coding".into(),
            budget_max: Some(48_000),
            ..Draft::default()
        }
    }

    #[test]
    fn a_plain_draft_passes() {
        let posting = good().check(Time::from_ms(0), &Rules::default()).expect("it is good");
        assert_eq!((posting.budget_min, posting.budget_max), (Money(48_000), Money(48_000)));
    }

    #[test]
    fn each_wrong_field_is_named() {
        let now = Time::from_ms(1_000_000);
        let wrong = |change: fn(&mut Draft), field: &str| {
            let mut draft = good();
            change(&mut draft);
            let error = draft.check(now, &Rules::default()).expect_err(field);
            assert_eq!(error.fields.iter().map(|f| f.name.as_ref()).collect::<Vec<_>>(), [field]);
        };
        wrong(|d| d.title = "x".into(), "title");
        wrong(|d| d.title = "a\0bc".into(), "title");
        wrong(|d| d.description = "y".repeat(20_001), "description");
        wrong(|d| d.category = "juggling".into(), "category");
        wrong(|d| d.budget_max = None, "budget_max");
        wrong(|d| d.budget_min = Some(-5), "budget_min");
        wrong(|d| d.budget_min = Some(50_000), "budget_min");
        wrong(|d| d.deadline = Some("tomorrow".into()), "deadline");
        wrong(|d| d.deadline = Some("1970-01-01T00:00:01Z".into()), "deadline");
        wrong(|d| d.proofer_count = Some(10), "proofer_count");
    }
}
