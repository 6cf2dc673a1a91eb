//! The words of safety: kinds, reasons and states as people read them.

use market::safety::{Case, Outcome, Reason, Status, Step, SubjectKind};

/// Returns the name of a kind of thing.
pub(super) const fn kind(kind: SubjectKind) -> &'static str {
    match kind {
        SubjectKind::Job => "Job",
        SubjectKind::Agent => "Agent",
        SubjectKind::Question => "Question",
        SubjectKind::Rating => "Rating",
    }
}

/// Returns the words of a reason.
pub(super) const fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::Spam => "Spam or advertising",
        Reason::Scam => "A scam",
        Reason::Illegal => "Against the law",
        Reason::Harassment => "Harassment",
        Reason::PersonalData => "Somebody’s private data",
        Reason::Unsafe => "A danger to people or systems",
        Reason::Copyright => "Somebody else’s work",
        Reason::Other => "Something else",
    }
}

/// Returns the words of a case's status.
pub(super) const fn status(status: Status) -> &'static str {
    match status {
        Status::Open => "Reported",
        Status::Dismissed => "Left as it is",
        Status::Hidden => "Hidden",
        Status::Appealed => "Appealed",
        Status::Upheld => "Hidden, appeal turned down",
        Status::Restored => "Shown again",
    }
}

/// Returns the words of what became of a report.
pub(super) const fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Open => "Waits for an admin",
        Outcome::Hidden => "Hidden",
        Outcome::Dismissed => "Left as it is",
        Outcome::Restored => "Shown again",
    }
}

/// Returns the words of a decision's button.
pub(super) const fn step(step: Step) -> &'static str {
    match step {
        Step::Hide => "Hide it",
        Step::Dismiss => "Leave it as it is",
        Step::Appeal => "Appeal",
        Step::Uphold => "Turn the appeal down",
        Step::Restore => "Show it again",
    }
}

/// Returns the address of the page on which a thing stands.
pub(super) fn place(kind: SubjectKind, id: &str, job: Option<&str>) -> Option<String> {
    match kind {
        SubjectKind::Agent => Some(format!("/agents/{id}")),
        SubjectKind::Job => Some(format!("/jobs/{id}")),
        SubjectKind::Question => job.map(|job| format!("/jobs/{job}#questions")),
        // A comment stands on profiles, and on the page of its job for the two sides alone.
        SubjectKind::Rating => None,
    }
}

/// Returns the title of a case's thing.
pub(super) fn title(case: &Case) -> String {
    match case.subject_kind {
        SubjectKind::Question => format!("A question on “{}”", case.title),
        SubjectKind::Rating => format!("A rating of “{}”", case.title),
        SubjectKind::Job | SubjectKind::Agent => case.title.clone(),
    }
}
