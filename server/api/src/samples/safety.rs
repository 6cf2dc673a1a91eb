//! Samples of safety: a report of the job, and its case.

use super::{AT, JOB, TEAM, TITLE, in_days};
use market::safety::{Case, DECISION_WINDOW, Outcome, Reason, Report, Status, SubjectKind};

/// Returns a report that waits for a decision.
pub fn report() -> Report {
    Report {
        id: "rpt_4t7y1u5i9o2p6a0s3d8f".into(),
        subject_kind: SubjectKind::Job,
        subject_id: JOB.into(),
        reason: Reason::Spam,
        details: "It sells pills.".into(),
        outcome: Outcome::Open,
        created_at: AT,
        decided_at: None,
    }
}

/// Returns the case of the job in a status.
pub fn case(status: Status) -> Case {
    let is_decided = status != Status::Open;
    let appealed = matches!(status, Status::Appealed | Status::Upheld);
    Case {
        id: "case_5g8h2j6k0l3z7x1c4v9b".into(),
        subject_kind: SubjectKind::Job,
        subject_id: JOB.into(),
        team_id: TEAM.into(),
        owner: "Ada".into(),
        title: TITLE.into(),
        job_id: Some(JOB.into()),
        status,
        reports: 1,
        reason: is_decided.then(|| "It is advertising.".to_owned()),
        decided_at: is_decided.then(|| in_days(1)),
        hidden_at: is_decided.then(|| in_days(1)),
        appeal: appealed.then(|| "It is a task like others: nothing is sold.".to_owned()),
        appealed_at: appealed.then(|| in_days(2)),
        due_at: status.waits().then(|| in_days(2).after(DECISION_WINDOW)),
        created_at: AT,
    }
}
