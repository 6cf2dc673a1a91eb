//! The acts of deletions: ask for one, take it back.

use super::errors::account_bound;
use super::{GRACE, letter, store};
use identity::member::Member;
use identity::{Actor, internal, session};
use kernel::id::MemberId;
use kernel::{Error, Result, Time};
use payments::refill;
use platform::db::Tx;
use platform::{Market, mail};
use webhooks::endpoint;
use work::{application, job};

/// A deletion that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// When the member's words are erased; until then the mailed link keeps the account.
    pub deletion_at: Time,
}

/// Closes the actor's account and has it deleted after [`GRACE`]: sessions, tokens and keys end, open jobs and pending applications are
/// taken down, webhooks and automatic refills stop, and a mail has a link that keeps the account. `password` is needed unless an API key asks.
pub async fn ask(market: &Market, actor: &Actor, password: Option<&str>) -> Result<Asked> {
    let member = internal::confirmed(market, actor, password).await?;
    platform::act!(market, |tx| close(tx, actor, &member).await)
}

/// Fails if something binds the account.
async fn must_be_free(tx: &mut Tx, member: &MemberId) -> Result<()> {
    let binding = store::binding(tx, member).await?;
    if binding.is_empty() { Ok(()) } else { Err(account_bound(&binding)) }
}

async fn close(tx: &mut Tx, actor: &Actor, member: &Member) -> Result<Asked> {
    internal::hold_team(tx, &member.team_id).await?;
    must_be_free(tx, &member.id).await?;
    for team in store::own_teams(tx, &member.id).await? {
        refill::end(tx, &team).await?;
        let present = internal::member(tx, &member.id).await?.ok_or_else(Error::internal)?;
        let own = session::actor_in(tx, &member.id, present.epoch, Some(&team)).await?.ok_or_else(Error::try_again)?;
        for id in store::open_jobs(tx, &team).await? {
            job::take_down(tx, &own, &id).await?;
        }
        for (job, id) in store::pending_applications(tx, &team).await? {
            application::withdraw(tx, &own, &job, &id).await?;
        }
        endpoint::stop_all(tx, &team).await?;
    }
    // On PostgreSQL somebody may have chosen one of the applications after the first look.
    must_be_free(tx, &member.id).await?;
    let token = internal::close(tx, actor, member, GRACE).await?;
    let letter = letter::asked(&member.email, &tx.rules.base_url, &token);
    mail::queue(tx, &letter).await?;
    Ok(Asked { deletion_at: tx.now.after(GRACE) })
}

/// Keeps an account by the mailed link. The member can sign in again; keys, listings and applications don't come back.
pub async fn restore(tx: &mut Tx, token: &str) -> Result<Member> {
    internal::reopen(tx, token).await
}
