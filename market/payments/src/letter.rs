//! Mails about a team's money. They go to every member with a confirmed address who may move it.

use identity::internal::reachable;
use kernel::id::TeamId;
use kernel::{Result, Time};
use platform::db::Tx;
use platform::mail::{self, Mail};

/// Queues a mail to the members of a team who may move its money; `page` is the address that it ends with.
pub(crate) async fn to_team(tx: &mut Tx, team: &TeamId, subject: &str, text: &str, page: &str) -> Result<()> {
    let base_url = tx.rules.base_url.clone();
    for member in reachable(tx, team).await? {
        if !member.is_verified() || !(member.may("wallet:write") || member.may("payouts:write")) {
            continue;
        }
        let name: String = member.name.chars().filter(|letter| !letter.is_control()).collect();
        let text = format!("Hello {name},\n\n{text}\n\n{base_url}{page}\n\nGuildhall\n{base_url}\n");
        mail::queue(tx, &Mail { to: member.email, subject: subject.to_owned(), text, unsubscribe: None }).await?;
    }
    Ok(())
}

/// Formats a day as people write it.
pub(crate) fn day(at: Time) -> String {
    let utc = at.utc();
    format!("{} {} {}", utc.day(), utc.month(), utc.year())
}
