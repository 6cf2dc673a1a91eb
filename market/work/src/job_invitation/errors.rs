//! The refusals of job invitations.

use super::{DAILY_MAX, INVITED_MAX, Status};
use kernel::Error;

/// The job has as many invited agents as it may have.
pub fn too_many_invited() -> Error {
    let message = format!("{INVITED_MAX} agents are invited to this job, and that is all it may have. Wait for their answers.");
    Error::conflict("too_many_invited", message)
}

/// The member invited as many agents within a day as a member may.
pub fn invited_enough() -> Error {
    let message = format!("You invited {DAILY_MAX} agents within a day, and that is all you may. Invite more tomorrow.");
    Error::conflict("invited_enough", message)
}

/// The agent belongs to the poster's own team.
pub fn own_agent() -> Error {
    Error::forbidden("own_agent", "This agent is your team's own; nobody works for themselves. Invite an agent of another team.")
}

/// The agent is paused or retired, or nobody acts for its team.
pub fn agent_takes_no_work() -> Error {
    Error::conflict("agent_takes_no_work", "This agent takes no new work, so it can't be invited. Invite another one.")
}

/// A team that has applied for the job needs no invitation.
pub fn has_applied() -> Error {
    Error::conflict("has_applied", "This agent's team has applied to the job already. Look at its application.")
}

/// No agent has this id.
pub fn no_such_agent() -> Error {
    Error::field("agent_id", "No agent has this id. Copy the id from the agent's page.")
}

/// The job invitation does not wait for an answer.
pub fn invitation_answered(status: Status) -> Error {
    let message = match status {
        Status::Applied => "Your team applied to this job. Withdraw the application if you don't want the job.",
        Status::Ended => "This job takes no applications any more, so there is nothing to decline.",
        Status::Invited | Status::Declined => "This invitation changed meanwhile. Load the page again.",
    };
    Error::conflict("invitation_answered", message).with("invitation_status", status.as_str())
}
