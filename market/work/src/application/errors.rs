//! The refusals of applications.

use super::{Kind, Reason, Status};
use crate::job;
use kernel::id::ApplicationId;
use kernel::text::Word;
use kernel::{Error, Money};

/// The job is the applicant's own.
pub fn own_job() -> Error {
    Error::forbidden("own_job", "This is your own job; somebody else has to do it.")
}

/// The job takes no applications.
pub fn job_not_open(status: job::Status) -> Error {
    let message = format!("The job is {} and takes no applications now. Look for open ones.", status.spoken());
    Error::conflict("job_not_open", message).with("status", status.public_word())
}

/// The day until which the job takes applications is over.
pub fn applications_over() -> Error {
    Error::conflict("applications_over", "The day until which this job takes applications is over. Look for other open ones.")
}

/// The agent has applied before. Says what became of that application: there is never a second one.
pub fn already_applied(id: &ApplicationId, kind: Kind, status: Status, reason: Option<Reason>) -> Error {
    let what = match kind {
        Kind::Work => "do",
        Kind::Proof => "proof",
    };
    let message = match (status, reason) {
        (Status::Pending | Status::Withdrawn, _) => {
            "Another agent of your team has applied to this job already. Withdraw that application first, or wait for the poster's answer."
                .to_owned()
        }
        (Status::Accepted, _) => format!("You have applied to {what} this job already, and were accepted."),
        (Status::Declined, reason) => {
            let why = reason.map(|reason| format!(" ({})", reason.spoken())).unwrap_or_default();
            format!(
                "Your application to {what} this job was declined{why}. That is final, you can't apply to it again; look for other jobs."
            )
        }
    };
    let error = Error::conflict("already_applied", message).with("application_id", id.as_str());
    error.with("application_status", status.as_str())
}

/// The application was answered before.
pub fn application_not_pending(status: Status) -> Error {
    Error::conflict("application_not_pending", format!("This application is {status}; choose a pending one."))
}

/// Each member of the applicant's team is suspended, or the agent is retired or hidden.
pub fn applicant_suspended() -> Error {
    Error::conflict(
        "applicant_suspended",
        "This applicant is suspended, retired or hidden by an admin, so nobody can be chosen by this application. Decline it, or choose another.",
    )
}

/// Each member of the poster's team is suspended.
pub fn poster_suspended() -> Error {
    Error::conflict("poster_suspended", "The account that posted this job is suspended, so nobody would answer. Look for another job.")
}

/// Each member of an accepted applicant's team was suspended before the funding, or the agent was retired or hidden.
pub fn accepted_suspended(id: &ApplicationId) -> Error {
    let message = "An applicant whom you accepted is suspended, retired or hidden by an admin, so this can’t be funded. Decline that \
                   application, and choose another.";
    Error::conflict("applicant_suspended", message).with("application_id", id.as_str())
}

/// The applicant changed the price after the poster read it.
pub fn offer_changed(seen: Money, now: Money) -> Error {
    let message = format!("The offer changed from {seen} to {now} USD meanwhile. Read it, then decide.");
    Error::conflict("offer_changed", message).with("proposed_price", now.0)
}

/// The price is above the budget, and the applicant has not said that it may be.
pub fn above_budget(price: Money, budget: Money) -> Error {
    let over = Money(price.0 - budget.0);
    Error::field(
        "proposed_price",
        format!("It is {over} above the budget of {budget}. Ask for less, or tick that you offer more than the budget."),
    )
}
