//! The reads of payees.

use super::{Payee, State, actions, errors, store};
use crate::payment;
use identity::Actor;
use kernel::id::TeamId;
use kernel::{Error, Result};
use platform::db::{Conn, Tx};

/// Returns the payee of the actor's team.
pub async fn show(conn: &mut Conn, provider: &str, actor: &Actor) -> Result<Payee> {
    actor.must_have("wallet:read")?;
    actions::of(conn, &actor.team, provider).await
}

/// Returns a payee of the sandbox by its account.
pub async fn test_account(conn: &mut Conn, account: &str) -> Result<Payee> {
    let found = store::of_account(conn, account).await?.filter(|payee| payee.provider == payment::SANDBOX);
    found.ok_or_else(|| Error::not_found("payout account"))
}

/// Returns a team's account that takes payouts.
pub(crate) async fn ready(tx: &mut Tx, team: &TeamId, provider: &str) -> Result<String> {
    let payee = actions::of(tx, team, provider).await?;
    match (payee.state, payee.account) {
        (State::Ready, Some(account)) => Ok(account),
        (state, _) => Err(errors::payee_not_ready(state)),
    }
}

/// Returns true if an account, as the provider calls it, is that of a payee.
pub(crate) async fn is_known(conn: &mut Conn, account: &str) -> Result<bool> {
    Ok(store::of_account(conn, account).await?.is_some())
}
