//! Spends that wait for a person: those who may approve are told on the page until somebody decided or the time is over. The request itself
//! sends the mail.

use super::directory::Directory;
use super::news::one_line;
use super::store::{self, New};
use super::{Kind, Mailing, Place};
use kernel::id::AgentId;
use kernel::{Error, Money, Result, Time};
use platform::db::Tx;
use platform::event::Event;
use serde::Deserialize;

/// Returns true for the events of approvals.
pub(super) fn are_about(event: &Event) -> bool {
    event.name.starts_with("approval.")
}

/// The facts of a request.
#[derive(Deserialize)]
struct Requested {
    agent: String,
    amount: Money,
    title: String,
    expires_at: Time,
}

/// The fact that all events of approvals have.
#[derive(Deserialize)]
struct Concerned {
    agent_id: AgentId,
}

/// Tells the members who may decide of a new request; ends that with the request. Other events are left alone.
pub(super) async fn tell(tx: &mut Tx, directory: &mut Directory, event: &Event) -> Result<()> {
    if !are_about(event) {
        return Ok(());
    }
    let Concerned { agent_id } = read(event)?;
    if event.name != "approval.requested" {
        return store::end_of_agent(tx, &agent_id, &event.subject).await;
    }
    let Requested { agent, amount, title, expires_at } = read(event)?;
    let body = format!("{} asks to spend {amount} USD on “{}”. Approve or deny it.", one_line(&agent), one_line(&title));
    for member in directory.members(tx, &event.team_id).await?.iter().filter(|member| member.may("mandates:write")) {
        let new = New {
            member: &member.member_id,
            team: &event.team_id,
            kind: Kind::Move,
            place: Place::Agents,
            about: &event.subject,
            job: None,
            agent: Some(&agent_id),
            body: &body,
            due_at: Some(expires_at),
            waits: true,
            mailing: Mailing::None,
        };
        store::insert(tx, &new).await?;
    }
    Ok(())
}

/// Reads facts that this server wrote.
fn read<T: for<'a> Deserialize<'a>>(event: &Event) -> Result<T> {
    serde_json::from_str(&event.payload).map_err(|_| Error::internal())
}
