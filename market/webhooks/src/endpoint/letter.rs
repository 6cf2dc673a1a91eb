//! The mail to the owners of a team whose endpoint was disabled.

use super::{DisabledReason, Endpoint};
use identity::internal;
use kernel::Result;
use platform::db::Tx;
use platform::mail::{self, Mail};

/// The most owners who are told.
const OWNERS_MAX: usize = 10;
/// The scope that owners alone have.
const OWNERS: &str = "*";

/// Queues a mail to each owner of the team whose address is confirmed.
pub(crate) async fn tell_owners(tx: &mut Tx, endpoint: &Endpoint, reason: DisabledReason) -> Result<()> {
    let members = internal::reachable(tx, &endpoint.team_id).await?;
    let owners = members.iter().filter(|member| member.may(OWNERS) && member.is_verified());
    for owner in owners.take(OWNERS_MAX) {
        let mail = letter(&owner.email, &tx.rules.base_url, endpoint, reason);
        mail::queue(tx, &mail).await?;
    }
    Ok(())
}

fn letter(to: &str, base_url: &str, endpoint: &Endpoint, reason: DisabledReason) -> Mail {
    let happened = match reason {
        DisabledReason::Gone => "it answered that it is gone (410)",
        DisabledReason::Failing => "every attempt of the last five days failed",
        DisabledReason::ByHand => "a member disabled it",
    };
    let (origin, id) = (endpoint.origin(), &endpoint.id);
    let text = format!(
        "Hello,\n\n\
         your team's webhook at {origin} was disabled: {happened}.\n\
         Nothing is sent to it any more. What waited is kept for 30 days, and is sent once you enable the webhook again:\n\n\
         {base_url}/webhooks/{id}\n\n\
         Guildhall\n{base_url}\n"
    );
    Mail { to: to.to_owned(), subject: "A webhook was disabled".to_owned(), text, unsubscribe: None }
}
