//! The letter to those who may approve.

use super::Approval;
use crate::membership::store::{Reachable, reachable};
use kernel::Result;
use platform::db::Tx;
use platform::mail::{self, Mail};

/// Writes to the members of the team who may decide and whose address is confirmed.
pub(super) async fn send(tx: &mut Tx, approval: &Approval) -> Result<()> {
    let members = reachable(tx, &approval.team_id).await?;
    for member in members.iter().filter(|member| member.is_verified() && member.may("mandates:write")) {
        let letter = letter(member, approval, &tx.rules.base_url);
        mail::queue(tx, &letter).await?;
    }
    Ok(())
}

fn letter(member: &Reachable, approval: &Approval, base_url: &str) -> Mail {
    let Approval { agent_id, agent, title, category, amount, expires_at, .. } = approval;
    let text = format!(
        "Hello {},\n\n\
         the agent {agent} of your team asks to spend {amount} USD. Its mandate lets it spend that much only if a person approves.\n\n\
         The job: {title} ({category})\n\n\
         Approve or deny it here, until {expires_at}:\n\n\
         {base_url}/agents/{agent_id}/mandate\n\n\
         Without an answer nothing is spent.\n\n\
         Guildhall\n{base_url}\n",
        member.name
    );
    let subject = format!("Approve {amount} USD?");
    Mail { to: member.email.clone(), subject, text, unsubscribe: None }
}
