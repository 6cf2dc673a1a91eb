//! Connecting an account, and writing what its provider says of it.

use super::{ASKED_EVERY, Payee, State, errors, events, letter, store};
use crate::payment::{AccountNews, AccountRequest, Provider, TestBank};
use crate::{payment, payout};
use identity::Actor;
use identity::internal::{member, record_audit};
use kernel::id::TeamId;
use kernel::{Error, Result, Time};
use platform::Market;
use platform::db::{Conn, Tx};
use platform::event;

/// A payee with the page on which a person goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connected {
    /// The payee.
    pub payee: Payee,
    /// The provider's page; it is good for some minutes and for one visit.
    pub url: String,
}

/// Opens the team's account at the provider, if it has none, and the page on which a person fills in its forms.
///
/// It begins and commits transactions of its own, because it asks the provider between them.
pub async fn connect(market: &Market, provider: &dyn Provider, actor: &Actor) -> Result<Connected> {
    actor.must_have("payouts:write")?;
    actor.must_be_verified()?;
    let mut conn = market.read().await?;
    let known = store::find(&mut conn, &actor.team).await?.filter(|payee| payee.provider == provider.name());
    let email = member(&mut conn, &actor.member).await?.map(|member| member.email).unwrap_or_default();
    drop(conn);
    let payee = match known {
        Some(payee) if payee.account.is_some() => payee,
        _ => open(market, provider, actor, &email).await?,
    };
    let account = payee.account.as_deref().ok_or_else(Error::internal)?;
    let url = provider.account_page(account, &format!("{}/wallet/payouts", market.rules.base_url)).await?;
    Ok(Connected { payee, url })
}

async fn open(market: &Market, provider: &dyn Provider, actor: &Actor, email: &str) -> Result<Payee> {
    let asked = AccountRequest { team: actor.team.clone(), email: email.to_owned() };
    let account = provider.open_account(&asked).await?;
    platform::act!(market, |tx| {
        if store::open(tx, &actor.team, provider.name(), &account).await? {
            record_audit(tx, actor, actor.team.as_str(), &events::Connected { account: &account });
        }
        of(tx, &actor.team, provider.name()).await
    })
}

/// Returns the payee of a team, or that it has none at this provider.
pub(super) async fn of(conn: &mut Conn, team: &TeamId, provider: &str) -> Result<Payee> {
    let found = store::find(conn, team).await?.map(|payee| payee.at(provider));
    Ok(found.unwrap_or_else(|| Payee::none(team, provider, conn.now)))
}

/// Returns the team's payee. Its provider is asked about it, but for a payee that it was asked about within the last minute.
pub async fn refresh(market: &Market, provider: &dyn Provider, actor: &Actor) -> Result<Payee> {
    actor.must_have("wallet:read")?;
    let payee = of(&mut market.read().await?, &actor.team, provider.name()).await?;
    if provider.name() == payment::SANDBOX {
        return Ok(payee);
    }
    let Some(account) = &payee.account else { return Ok(payee) };
    let asked_at = market.clock.now();
    let since = asked_at.before(ASKED_EVERY);
    if payee.asked_at.is_some_and(|asked| asked > since) || !platform::act!(market, |tx| store::ask(tx, &actor.team, since).await)? {
        return Ok(payee);
    }
    let found = provider.find_account(account).await?;
    platform::act!(market, |tx| {
        note(tx, &found, asked_at).await?;
        of(tx, &actor.team, provider.name()).await
    })
}

/// Switches weekly payouts on or off.
pub async fn set_weekly(tx: &mut Tx, provider: &str, actor: &Actor, is_weekly: bool) -> Result<Payee> {
    actor.must_have("payouts:write")?;
    let payee = of(tx, &actor.team, provider).await?;
    if payee.is_weekly == is_weekly {
        return Ok(payee);
    }
    if is_weekly && payee.account.is_none() {
        return Err(errors::payee_not_ready(payee.state));
    }
    payout::schedule(tx, &actor.team, &actor.member, is_weekly).await?;
    store::set_weekly(tx, &actor.team, is_weekly).await?;
    record_audit(tx, actor, actor.team.as_str(), &events::ScheduleChanged { is_weekly });
    of(tx, &actor.team, provider).await
}

/// Writes the state of an account, as its provider answered to a question of this time; false if the account is none of ours. An answer to
/// an earlier question than the one whose answer is known changes nothing.
pub(crate) async fn note(tx: &mut Tx, news: &AccountNews, asked_at: Time) -> Result<bool> {
    let Some(payee) = store::of_account(tx, &news.account).await? else { return Ok(false) };
    let payee = Payee { state: news.state, missing: news.missing.join(","), updated_at: tx.now, ..payee };
    if store::know(tx, &payee.team_id, asked_at).await? && store::set_state(tx, &payee).await? {
        event::emit(tx, &[&payee.team_id], payee.team_id.as_str(), &events::Changed { state: payee.state, missing: &payee.missing });
        letter::changed(tx, &payee).await?;
    }
    Ok(true)
}

/// Connects a bank of the sandbox. The unguessable account is the permission, as with any provider's page.
pub async fn test_bank(tx: &mut Tx, account: &str, bank: TestBank) -> Result<()> {
    let payee = super::test_account(tx, account).await?;
    let connected = bank.account();
    store::set_account(tx, &payee.team_id, &connected).await?;
    let missing = if bank == TestBank::Unfinished { vec!["external_account".to_owned()] } else { Vec::new() };
    let state = if missing.is_empty() { State::Ready } else { State::Restricted };
    let now = tx.now;
    note(tx, &AccountNews { account: connected, state, missing }, now).await.map(drop)
}
