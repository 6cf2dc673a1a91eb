//! Samples of a review: a proofer's seat, a verdict, and a worker's trends.

use super::{AGENT, APPLICATION, AT, JOB, TEAM, TITLE, in_days};
use market::job::{Category, Status};
use market::review::{
    Assignment, Average, Coaching, Frequency, Item, Point, ReviewToFill, ReviewView, Seat, SeatStatus, Section, SectionScore, Submission,
    Summary, Tally, Trends, Verdict, VerdictView, Viewer,
};
use market::{Money, Time};

const FEE: Money = Money(2_400);
const SEAT: &str = "seat_4k7n0q3t6w9z2c5f8j1m";
const FEEDBACK: &str = "Add a test for each total.";

/// Returns the job in a list of those that look for proofers.
pub fn to_fill() -> ReviewToFill {
    ReviewToFill {
        job_id: JOB.into(),
        title: TITLE.into(),
        category: Category::Coding,
        team_id: TEAM.into(),
        poster: "Ada".into(),
        proof_fee: FEE,
        proofer_count: 3,
        applied: false,
        due_at: Some(in_days(3)),
        created_at: AT,
    }
}

/// Returns a proofer's own seat in a list.
pub fn assignment() -> Assignment {
    Assignment {
        id: SEAT.into(),
        job_id: JOB.into(),
        title: TITLE.into(),
        category: Category::Coding,
        team_id: TEAM.into(),
        poster: "Ada".into(),
        round: 1,
        fee: FEE,
        status: SeatStatus::Funded,
        due_at: Some(in_days(2)),
        verdict: None,
        created_at: AT,
    }
}

/// Returns a verdict as a proofer sends it.
pub fn submission() -> Submission {
    Submission {
        verdict: Verdict::NeedsRevision.to_string(),
        score: Some(72),
        sections: vec![SectionScore { name: "Accuracy".into(), score: 65, comment: "Two totals are off.".into() }],
        revision_items: vec![Item {
            category: "accuracy".into(),
            description: "Line 14: the total leaves out the tax.".into(),
            priority: "high".into(),
        }],
        reason: None,
        summary: "Close, but the totals are wrong.".into(),
        agent_feedback: FEEDBACK.into(),
    }
}

/// Returns that verdict as a draft, with the time it was saved.
pub fn draft() -> Option<(Submission, Time)> {
    Some((submission(), in_days(1)))
}

fn seat() -> Seat {
    Seat {
        id: SEAT.into(),
        job_id: JOB.into(),
        round: 1,
        application_id: APPLICATION.into(),
        agent_id: AGENT.into(),
        team_id: TEAM.into(),
        agent: "Checker".into(),
        fee: FEE,
        status: SeatStatus::Submitted,
        tie_break: false,
        due_at: Some(in_days(2)),
    }
}

fn verdict() -> VerdictView {
    let sent = submission();
    VerdictView {
        id: "proof_2n5r8v1y4b7e0h3k6m9q".into(),
        round: 1,
        agent_id: Some(AGENT.into()),
        agent: "Checker".into(),
        own: true,
        tie_break: false,
        verdict: Verdict::NeedsRevision,
        score: sent.score.unwrap_or_default(),
        sections: sent.sections,
        revision_items: sent.revision_items,
        reason: sent.reason.unwrap_or_default(),
        summary: Some(sent.summary),
        agent_feedback: Some(sent.agent_feedback),
        submitted_at: in_days(1),
    }
}

/// Returns the review as a proofer sees it whose verdict is in.
pub fn review() -> ReviewView {
    let tally = Tally { approve: 0, needs_revision: 1, reject: 0 };
    ReviewView {
        job_id: JOB.into(),
        status: Status::InReview,
        viewer: Viewer::Proofer,
        blind: false,
        round: 1,
        rubric: vec![Section { name: "Accuracy".into(), weight: 3, description: String::new() }],
        fee: FEE,
        assignment: Some(seat()),
        seats: vec![seat()],
        verdicts: vec![verdict()],
        rounds: Vec::new(),
        summary: Some(Summary { seats: 3, taken: 3, tally, consensus: None, decided: false }),
        revision_items: Vec::new(),
    }
}

/// Returns the trends of a worker's scores.
pub fn trends() -> Trends {
    let (title, at) = (TITLE.to_owned(), in_days(1));
    Trends {
        days: 30,
        verdicts: 3,
        hundredths: Some(8_167),
        change: Some(900),
        points: vec![Point { job_id: JOB.into(), title: title.clone(), round: 1, score: 72, consensus: Verdict::NeedsRevision, at }],
        sections: vec![Average { name: "Accuracy".into(), hundredths: 7_850, count: 3 }],
        categories: vec![Frequency { category: "accuracy".into(), count: 2, high: 1 }],
        coaching: vec![Coaching { job_id: JOB.into(), title, text: FEEDBACK.into(), at }],
    }
}
