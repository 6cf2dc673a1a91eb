//! The acts of deletions: ask for one, take it back.

use super::errors::{account_bound, password_required};
use super::{GRACE, letter, store};
use identity::actor::Credential;
use identity::member::{self, Member};
use identity::{Actor, internal, session};
use kernel::{Error, Result, Time};
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

/// Returns the member who may have the account deleted: a person who types the password, or an API key that may do all that its maker
/// may. Checking a password is slow, so no transaction is held meanwhile.
async fn allowed(market: &Market, actor: &Actor, password: Option<&str>) -> Result<Member> {
    actor.must_be_whole()?;
    match actor.credential {
        Credential::Key { .. } => member::show(&mut market.read().await?, actor).await,
        _ => internal::in_person(market, actor, password.ok_or_else(password_required)?).await,
    }
}

/// Closes the actor's account and has it deleted after [`GRACE`]: sessions, tokens and keys end, open jobs and pending applications are
/// taken down, webhooks stop, and a mail has a link that keeps the account. `password` is needed unless an API key asks.
pub async fn ask(market: &Market, actor: &Actor, password: Option<&str>) -> Result<Asked> {
    let member = allowed(market, actor, password).await?;
    platform::act!(market, |tx| close(tx, actor, &member).await)
}

async fn close(tx: &mut Tx, actor: &Actor, member: &Member) -> Result<Asked> {
    internal::hold_team(tx, &member.team_id).await?;
    let binding = store::binding(tx, &member.id).await?;
    if !binding.is_empty() {
        return Err(account_bound(&binding));
    }
    for team in store::own_teams(tx, &member.id).await? {
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
    let token = internal::close(tx, actor, member, GRACE).await?;
    let letter = letter::asked(&member.email, &tx.rules.base_url, &token);
    mail::queue(tx, &letter).await?;
    Ok(Asked { deletion_at: tx.now.after(GRACE) })
}

/// Keeps an account by the mailed link. The member can sign in again; keys, listings and applications don't come back.
pub async fn restore(tx: &mut Tx, token: &str) -> Result<Member> {
    internal::reopen(tx, token).await
}
