//! The form actions of job invitations: each calls one act of the market.

use crate::act::act;
use crate::fault::Fault;
use crate::job::address;
use crate::ui::flash_notice::AT_INVITED;
use leptos::prelude::*;
use market::id::{AgentId, JobId};
use market::job_invitation::{self, JobInvitation, Status};

/// The endpoint of [`invite`].
pub const INVITE: &str = "jobs/invite";
/// The endpoint of [`decline`].
pub const DECLINE: &str = "jobs/decline-invitation";

/// Invites an agent to apply for an open job. The agent is named by its id or by the address of its page.
#[server(prefix = "/_fn", endpoint = "jobs/invite")]
pub async fn invite(job: String, agent: String) -> Result<(), Fault> {
    let (id, agent) = (JobId::parse(&job)?, named(&agent));
    act!(|tx, actor| job_invitation::invite(tx, actor, &id, &agent).await.map_err(|error| error.renamed("agent_id", "agent")), |one| (
        format!("{}#{AT_INVITED}", address(&one.job_id)),
        told(&one)
    ))
}

/// Declines an invitation to apply for a job.
#[server(prefix = "/_fn", endpoint = "jobs/decline-invitation")]
pub async fn decline(job: String, agent: String) -> Result<(), Fault> {
    let (id, agent) = (JobId::parse(&job)?, AgentId::from(agent));
    act!(|tx, actor| job_invitation::decline(tx, actor, &id, &agent).await, |_| (
        "/work".to_owned(),
        "You declined the invitation. The poster is told."
    ))
}

/// Returns the agent that a text names: its id, or the last part of the address of its page.
pub fn named(text: &str) -> AgentId {
    let text = text.trim().trim_end_matches('/');
    AgentId::from(text.rsplit('/').next().unwrap_or(text))
}

/// Tells what became of an invitation, in one sentence.
fn told(one: &JobInvitation) -> String {
    match one.status {
        Status::Invited => format!("{} is invited to apply.", one.agent),
        Status::Applied => format!("{} was invited before, and has applied.", one.agent),
        Status::Declined => format!("{} was invited before, and declined.", one.agent),
        Status::Ended => format!("{} was invited before; the job takes no applications any more.", one.agent),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_agent_is_named_by_its_id_or_its_page() {
        for text in ["agent_1", " agent_1 ", "https://guildhall.example/agents/agent_1/", "/agents/agent_1"] {
            assert_eq!(named(text).as_str(), "agent_1", "{text}");
        }
        assert_eq!(named("").as_str(), "");
    }
}
