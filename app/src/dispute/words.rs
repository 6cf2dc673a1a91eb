//! Labels and sentences for disputes and rulings.

use market::dispute::{AfterWithdrawal, Case, Dispute, Judge, NewFact, Status};
use market::job::{self, Ruling};
use market::party::Party;
use market::{Money, review::Verdict};

/// Returns the label of a status.
pub const fn status(status: Status) -> &'static str {
    match status {
        Status::Open => "Waiting for a ruling",
        Status::Resolved => "Ruled",
        Status::Withdrawn => "Taken back",
        Status::Conceded => "Settled by approval",
        Status::Lapsed => "Not ruled in time",
    }
}

/// Returns the name of a side.
pub fn name(side: Party, dispute: &Dispute) -> &str {
    match side {
        Party::Poster => &dispute.poster,
        Party::Worker => &dispute.worker,
    }
}

/// Describes a ruling as part of a sentence: `450.00 goes to Ferrous`.
pub fn does(ruling: &Ruling, dispute: &Dispute) -> String {
    let Dispute { poster, worker, price, .. } = dispute;
    match ruling {
        Ruling::Release => format!("{price} goes to {worker}"),
        Ruling::Refund => format!("all that is held goes back to {poster}"),
        Ruling::Split { worker: share } => format!("{share} goes to {worker}, and the rest back to {poster}"),
    }
}

/// Describes a past ruling as a sentence: `450.00 went to Ferrous.`
pub fn ruled(ruling: &Ruling, dispute: &Dispute) -> String {
    let Dispute { poster, worker, price, .. } = dispute;
    match ruling {
        Ruling::Release => format!("{price} went to {worker}."),
        Ruling::Refund => format!("All that was held went back to {poster}."),
        Ruling::Split { worker: share } => format!("{share} of {price} went to {worker}, and the rest back to {poster}."),
    }
}

/// Returns the label for the judge.
pub const fn judge(judge: Option<Judge>) -> &'static str {
    match judge {
        Some(Judge::Admin) => "An admin of this server",
        Some(Judge::Timer) | None => "Nobody in time: the default",
    }
}

/// Describes what happens if nobody rules in time, as part of a sentence.
pub fn by_default(case: &Case) -> String {
    match (&case.by_default, case.goes_on) {
        (Some(ruling), _) => does(ruling, &case.dispute),
        (None, AfterWithdrawal::HandOver) => "the new version is judged".to_owned(),
        (None, _) => "the work goes on".to_owned(),
    }
}

/// Returns the label of a new fact.
pub const fn new_fact(fact: NewFact) -> &'static str {
    match fact {
        NewFact::WrongFile => "A delivered file is not the work, or can’t be used",
        NewFact::Plagiarism => "The work is somebody else’s",
        NewFact::Harm => "The work does harm, or breaks the law",
    }
}

/// Describes what happens to the job when the opener withdraws the dispute.
pub fn withdrawal_consequence(case: &Case) -> String {
    let dispute = &case.dispute;
    let price: Money = dispute.price;
    match case.goes_on {
        AfterWithdrawal::Work => format!("The work goes on with the time that was left, and {price} stays held for it."),
        AfterWithdrawal::Revision => format!("The revision goes on with the time that was left, and {price} stays held for it."),
        AfterWithdrawal::HandOver => "The version that was handed in meanwhile is judged.".to_owned(),
        AfterWithdrawal::Releasing => format!("{price} goes to {} when the rest of the cooldown ends.", dispute.worker),
        AfterWithdrawal::Judging => "The delivery waits for the poster’s word again.".to_owned(),
        AfterWithdrawal::Passed => "The work is found good again and waits for the poster’s word.".to_owned(),
        AfterWithdrawal::Approved => format!("The work counts as approved: {price} goes to {} after the cooldown.", dispute.worker),
        AfterWithdrawal::Rejected => "The work stays rejected: unless you approve it, you are refunded when the timer ends.".to_owned(),
        AfterWithdrawal::Refunded => format!("The rejection stands: {} is refunded at once, and you are not paid.", dispute.poster),
    }
}

/// Describes the last consensus as a sentence.
pub const fn found(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Approve => "The proofers approved the work.",
        Verdict::NeedsRevision => "The proofers asked for changes.",
        Verdict::Reject => "The proofers rejected the work.",
    }
}

/// Returns the reason why no dispute can be opened; none if one can.
pub fn closed_to(job: &job::Job) -> Option<&'static str> {
    use job::{Status, Step};
    if job.status.after(Step::Dispute).is_ok() && job.disputed_at.is_none() {
        return None;
    }
    Some(match job.status {
        Status::Open | Status::PendingEscrow => "No money is held yet, so there is nothing to rule on.",
        Status::PendingProof | Status::InReview => "Proofers judge this work; their word comes first.",
        Status::Completed | Status::Cancelled | Status::Expired => "The job is closed, and its money has moved.",
        _ => "A dispute on this job waits for its ruling.",
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use market::dispute::after_withdrawal;
    use market::{Duration, Time};

    fn dispute(side: Party, came_from: job::Status) -> Dispute {
        Dispute {
            id: "dispute_1".into(),
            job_id: "j".into(),
            job_title: "A job".into(),
            team_id: "team_1".into(),
            agent_id: None,
            poster: "Larkin".into(),
            worker: "Ferrous".into(),
            price: Money(45_000),
            side,
            came_from,
            by_rejection: false,
            new_fact: None,
            versions: 0,
            time_left: Duration::days(1),
            statement: "It was never handed in.".into(),
            answer: None,
            answered_at: None,
            status: Status::Open,
            due_at: Time::from_ms(0),
            ruling: None,
            reason: None,
            ruled_by: None,
            created_at: Time::from_ms(0),
            closed_at: None,
        }
    }

    fn case(side: Party, came_from: job::Status) -> Case {
        Case {
            dispute: dispute(side, came_from),
            evidence: Vec::new(),
            matter: None,
            by_default: None,
            goes_on: after_withdrawal(side, came_from, false),
            viewer: Some(side),
            may_answer: false,
            may_add: true,
            may_withdraw: true,
            may_rule: false,
        }
    }

    #[test]
    fn what_happens_without_a_ruling_is_said_once() {
        let goes_on = case(Party::Poster, job::Status::InProgress);
        assert_eq!(by_default(&goes_on), "the work goes on");
        assert_eq!(by_default(&Case { goes_on: AfterWithdrawal::HandOver, ..goes_on.clone() }), "the new version is judged");
        assert_eq!(by_default(&Case { by_default: Some(Ruling::Release), ..goes_on }), "450.00 goes to Ferrous");
    }

    #[test]
    fn a_ruling_says_who_gets_what() {
        let dispute = dispute(Party::Poster, job::Status::Delivered);
        let all = [Ruling::Release, Ruling::Refund, Ruling::Split { worker: Money(15_000) }];
        assert_eq!(
            all.map(|ruling| ruled(&ruling, &dispute)),
            [
                "450.00 went to Ferrous.",
                "All that was held went back to Larkin.",
                "150.00 of 450.00 went to Ferrous, and the rest back to Larkin.",
            ]
        );
    }

    #[test]
    fn taking_it_back_says_what_it_costs() {
        let told = |side, from| withdrawal_consequence(&case(side, from));
        assert!(told(Party::Poster, job::Status::Delivered).contains("450.00 goes to Ferrous"));
        assert!(told(Party::Worker, job::Status::Delivered).contains("waits for the poster’s word"));
        assert!(told(Party::Worker, job::Status::Rejected).contains("you are not paid"));
        assert!(told(Party::Poster, job::Status::InProgress).contains("goes on"));
    }
}
