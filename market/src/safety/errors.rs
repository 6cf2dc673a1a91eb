//! The refusals of safety reports and of what follows from them.

use super::{REPORTS_MAX, Status, SubjectKind, WAITING_MAX};
use kernel::Error;
use kernel::text::{Word, any_of};

/// The thing is the reporter's own.
pub fn own_content(kind: SubjectKind) -> Error {
    Error::conflict("own_content", format!("This {} is your own, or your team's. Change or remove it yourself.", kind.noun()))
}

/// The thing is hidden already.
pub fn hidden_already(kind: SubjectKind) -> Error {
    Error::conflict("hidden_already", format!("An admin has hidden this {} already. There is nothing left to report.", kind.noun()))
}

/// The member has as many reports waiting as they may have.
pub fn too_many_reports() -> Error {
    let message = format!("{WAITING_MAX} of your reports wait for an admin. Report more once some of them are decided.");
    Error::conflict("too_many_reports", message).with("most", WAITING_MAX)
}

/// The thing was reported as often as helps.
pub fn reported_enough() -> Error {
    let message = format!("{REPORTS_MAX} members have reported this already. An admin will decide; there is nothing left for you to do.");
    Error::conflict("reported_enough", message)
}

/// The case does not allow the decision: it was made before, or another admin was quicker.
pub fn case_decided(status: Status) -> Error {
    let possible: Vec<_> = status.decisions().map(|step| step.as_str()).collect();
    let next = match possible.is_empty() {
        true => "Nothing is left to decide.".to_owned(),
        false => format!("Possible now: {}.", any_of(possible)),
    };
    let message = format!("This case is {} by now. {next}", status.spoken());
    Error::conflict("case_decided", message).with("case_status", status.as_str())
}

/// The admin belongs to the owner's team.
pub fn own_case() -> Error {
    Error::forbidden("own_case", "This is about something of your own team. Another admin has to decide.")
}

/// The owner has appealed, or there is nothing to appeal against.
pub fn no_appeal(status: Status) -> Error {
    let message = match status {
        Status::Appealed => "You have appealed, and an admin will decide. An appeal is made once.",
        Status::Upheld => "Your appeal was turned down. An appeal is made once.",
        Status::Open | Status::Dismissed | Status::Hidden | Status::Restored => {
            "This is not hidden, so there is nothing to appeal against."
        }
    };
    Error::conflict("no_appeal", message).with("case_status", status.as_str())
}

/// The time to appeal is over.
pub fn appeal_over() -> Error {
    Error::conflict("appeal_over", "This was hidden 30 days ago or more; the time to appeal is over.")
}
