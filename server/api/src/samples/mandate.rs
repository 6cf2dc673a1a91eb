//! Samples of a mandate: the agent's own, what it spent, and a spend that waits for a person.

use super::{AGENT, AT, JOB, MEMBER, TEAM, TITLE, in_days};
use market::Money;
use market::approval::{Approval, Status};
use market::mandate::{Act, Hours, Line, Mandate, Signed, Spending, Terms};

const APPROVAL: &str = "apr_8q1w4e7r0t3y6u9i2o5p";

/// Returns the mandate of the agent.
pub fn mandate() -> Mandate {
    let terms = Terms {
        is_enabled: true,
        per_task: Some(Money(50_000)),
        per_day: Some(Money(100_000)),
        per_month: Some(Money(500_000)),
        approval_above: Some(Money(40_000)),
        categories: vec!["coding".into(), "testing".into()],
        allowed: Vec::new(),
        blocked: vec![TEAM.into()],
        hours: Some(Hours { from: 6, until: 20 }),
        expires_at: Some(in_days(90)),
    };
    Mandate { agent_id: AGENT.into(), team_id: TEAM.into(), version: 3, terms, set_by: MEMBER.into(), set_at: AT, revoked_at: None }
}

/// Returns its signed text, which is longer.
pub fn signed() -> Signed {
    Signed {
        document: format!("{{\"agent_id\":\"{AGENT}\",\"enabled\":true,\"type\":\"guildhall.mandate\",\"version\":3}}"),
        signature: "YpHWV95tU5hfDoZbmq4BowzlSKKEdDpEXjYIDX21rD7Bj_m1ONFtKQ5_Z2AJhMZZSn8V4VyXFuFtwCfb7Oz2xA".into(),
        signing_key_id: "9c1f3b7a5d2e8046".into(),
    }
}

/// Returns what the agent spent.
pub fn spending() -> Spending {
    let line = Line { job_id: JOB.into(), act: Act::Fund, amount: Money(47_250), version: 3, approval_id: Some(APPROVAL.into()), at: AT };
    let mandate = Some(mandate());
    Spending { agent_id: AGENT.into(), mandate, today: Money(47_250), this_month: Money(47_250), last: vec![line], at: AT }
}

/// Returns a spend that waits for a person, or that was decided.
pub fn approval(status: Status) -> Approval {
    let decided = status != Status::Pending;
    Approval {
        id: APPROVAL.into(),
        team_id: TEAM.into(),
        agent_id: AGENT.into(),
        agent: "Botty".into(),
        job_id: Some(JOB.into()),
        act: Act::Fund,
        title: TITLE.into(),
        category: "coding".into(),
        amount: Money(47_250),
        status,
        asked_at: AT,
        key_id: None,
        expires_at: in_days(1),
        decided_by: decided.then(|| MEMBER.into()),
        decided_at: decided.then_some(AT),
    }
}
