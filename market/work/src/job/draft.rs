//! Input for a new job, with its checks.

use super::{Category, Escrow, Job, JobKey, Status, Terms, TermsDraft};
use crate::review::{Change, Review, Section, Settings};
use identity::Actor;
use kernel::id::JobId;
use kernel::text::Check;
use kernel::{Duration, Money, Result, Time};
use platform::Rules;
use serde::{Deserialize, Serialize};

/// The smallest budget: one dollar.
pub const BUDGET_MIN: Money = Money(100);
/// The longest summary, in characters.
const SUMMARY_MAX: usize = 500;
/// The longest time until a deadline.
const DEADLINE_MAX: Duration = Duration::days(366);

/// Input for a new job. Amounts are whole cents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// 3 to 120 characters on one line; public.
    pub title: String,
    /// 500 characters at most; public.
    pub summary: Option<String>,
    /// 10 to 20,000 characters.
    pub description: String,
    /// True if the brief is for those who agreed to the NDA, which is the default; false if everybody may read it.
    pub confidential: Option<bool>,
    /// A word of [`Category`].
    pub category: String,
    /// Cents; `budget_max` when it is missing.
    pub budget_min: Option<i64>,
    /// Cents.
    pub budget_max: Option<i64>,
    /// RFC 3339; the time until which the job takes applications.
    pub applications_until: Option<String>,
    /// RFC 3339; the time by which the work must be delivered.
    pub deadline: Option<String>,
    /// True if proofers review the work; the default is false.
    pub proof_required: Option<bool>,
    /// 1 to 9; also asks for a review if `proof_required` is missing.
    pub proofer_count: Option<i64>,
    /// Cents for each proofer and round; a share of the highest budget when it is missing.
    pub proof_fee: Option<i64>,
    /// The rounds that are paid without asking the poster again; two when it is missing.
    pub proof_rounds: Option<i64>,
    /// True if a tie is decided by one more proofer.
    pub tie_break: Option<bool>,
    /// The rubric.
    pub rubric: Option<Vec<Section>>,
    /// The terms.
    #[serde(default)]
    pub terms: TermsDraft,
}

/// A checked draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posting {
    pub(super) title: String,
    pub(super) summary: String,
    pub(super) description: String,
    pub(super) confidential: bool,
    pub(super) category: Category,
    pub(super) budget_min: Money,
    pub(super) budget_max: Money,
    pub(super) deadline: Option<Time>,
    applications_until: Option<Time>,
    listing_window: Duration,
    pub(super) release_delay: Duration,
    pub(super) fee_bps: i64,
    pub(super) terms: Terms,
    pub(super) proofing: Settings,
}

impl Posting {
    /// Returns the time until which a job that was posted then takes applications: the chosen one, or the usual time, but not past the
    /// day the work is due.
    pub(super) fn applications_until(&self, posted_at: Time, now: Time) -> Time {
        let usual = posted_at.after(self.listing_window);
        let until = self.applications_until.unwrap_or(if usual > now { usual } else { now.after(self.listing_window) });
        self.deadline.map_or(until, |deadline| until.min(deadline))
    }

    /// Makes an open job of it, which its team posts now; the store gives it its key.
    pub(super) fn posted_by(self, actor: &Actor, now: Time) -> Job {
        let applications_until = Some(self.applications_until(now, now));
        Job {
            key: JobKey::default(),
            id: JobId::new(),
            team_id: actor.team.clone(),
            member_id: actor.member.clone(),
            title: self.title,
            summary: self.summary,
            description: self.description,
            confidential: self.confidential,
            category: self.category,
            status: Status::Open,
            budget_min: self.budget_min,
            budget_max: self.budget_max,
            applications_until,
            deadline: self.deadline,
            release_delay: self.release_delay,
            fee_bps: self.fee_bps,
            terms: self.terms,
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
            hidden_at: None,
            version: 0,
        }
    }
}

impl Draft {
    /// Checks every field and reports all errors at once.
    pub fn check(&self, now: Time, rules: &Rules) -> Result<Posting> {
        let mut check = Check::new();
        let title = check.line("title", &self.title, 3..=120);
        let summary = self.summary.as_deref().map(|text| check.prose("summary", text, 0..=SUMMARY_MAX)).unwrap_or_default();
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
        let applications_until = future("applications_until", self.applications_until.as_deref(), now, &mut check);
        let deadline = future("deadline", self.deadline.as_deref(), now, &mut check);
        if let (Some(until), Some(deadline)) = (applications_until, deadline)
            && until > deadline
        {
            check.wrong("applications_until", "It is later than the time the work is due; choose an earlier one, or leave it out.");
        }
        let (terms, release_delay) = self.terms.check(rules, &mut check);
        let proofing = Settings::default().changed(&self.proofing(), most.unwrap_or(BUDGET_MIN), rules, &mut check);
        check.done()?;
        let (Some(category), Some(budget_min), Some(budget_max)) = (category, least, most) else {
            return Err(kernel::Error::internal());
        };
        Ok(Posting {
            title,
            summary,
            description,
            confidential: self.confidential.unwrap_or(true),
            category,
            budget_min,
            budget_max,
            deadline,
            applications_until,
            listing_window: rules.listing_window,
            release_delay,
            fee_bps: rules.service_fee_bps,
            terms,
            proofing,
        })
    }

    fn proofing(&self) -> Change {
        Change {
            proof_required: self.proof_required,
            // Programs send zero for "none".
            proofer_count: self.proofer_count.filter(|n| *n != 0 || self.proof_required == Some(true)),
            proof_fee: self.proof_fee,
            proof_rounds: self.proof_rounds,
            tie_break: self.tie_break,
            rubric: self.rubric.clone(),
        }
    }
}

/// Reads a time within the next year; none if it is left out or wrong.
fn future(field: &'static str, text: Option<&str>, now: Time, check: &mut Check) -> Option<Time> {
    let at = text.filter(|text| !text.is_empty()).and_then(|text| check.take(Time::parse(field, text)))?;
    if at <= now || at > now.after(DEADLINE_MAX) {
        check.wrong(field, "It must lie in the future and within a year.");
        return None;
    }
    Some(at)
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
    fn applications_end_with_the_day_the_work_is_due_or_before() {
        let (now, rules) = (Time::from_ms(0), Rules::default());
        let (day, month) = (now.after(Duration::days(1)), now.after(Duration::days(40)));
        let until = |until: Option<Time>, deadline: Option<Time>, posted: Time, at: Time| {
            let text = |at: Option<Time>| at.map(|at| at.to_string());
            let draft = Draft { applications_until: text(until), deadline: text(deadline), ..good() };
            draft.check(at, &rules).expect("it is good").applications_until(posted, at)
        };
        assert_eq!(until(None, None, now, now), now.after(rules.listing_window));
        assert_eq!(until(None, Some(day), now, now), day);
        assert_eq!(until(None, Some(month), now, now), now.after(rules.listing_window));
        assert_eq!(until(Some(day), Some(month), now, now), day);
        assert_eq!(until(None, None, now, month), month.after(rules.listing_window), "an edit of an old one lists it again");
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
        wrong(|d| d.summary = Some("z".repeat(501)), "summary");
        wrong(|d| d.applications_until = Some("1970-01-01T00:00:01Z".into()), "applications_until");
        let later = |d: &mut Draft| {
            (d.applications_until, d.deadline) = (Some("1970-01-09T00:00:01Z".into()), Some("1970-01-09T00:00:00Z".into()));
        };
        wrong(later, "applications_until");
        wrong(|d| d.proofer_count = Some(10), "proofer_count");
    }
}
