//! Watching the balances: a worker tells teams of a low one, and charges the cards of those who asked for it.

use super::{charge, events, letter, store};
use crate::payment::Provider;
use crate::payment::errors::UNREACHABLE;
use kernel::Result;
use kernel::id::TeamId;
use platform::db::Tx;
use platform::ledger::{self, Account};
use platform::{Market, event};

/// The number of teams that are handled in one round.
const BATCH: i64 = 100;

/// Handles the wallets that fell below their threshold, or rose above it. Returns true if there may be more of them. Several processes
/// may call it at once.
pub async fn watch(market: &Market, provider: Option<&dyn Provider>) -> Result<bool> {
    let mut conn = market.read().await?;
    let fallen = store::fallen(&mut conn, BATCH).await?;
    let risen = store::risen(&mut conn, BATCH).await?;
    drop(conn);
    for team in &fallen {
        platform::act!(market, |tx| fall(tx, team).await)?;
    }
    for team in &risen {
        platform::act!(market, |tx| store::rise(tx, team).await)?;
    }
    let Some(provider) = provider else { return Ok(is_full(&fallen)) };
    let due = store::to_charge(&mut market.read().await?, provider.name(), BATCH).await?;
    for team in &due {
        // The money of one team must not wait for the trouble of another.
        if let Err(error) = charge_team(market, provider, team).await {
            tracing::warn!(%team, code = %error.code, "a card could not be charged; it is tried again");
            if error.code == UNREACHABLE {
                return Ok(false);
            }
        }
    }
    Ok(is_full(&fallen) || is_full(&due))
}

fn is_full(batch: &[TeamId]) -> bool {
    batch.len() >= BATCH as usize
}

async fn charge_team(market: &Market, provider: &dyn Provider, team: &TeamId) -> Result<()> {
    let begun = platform::act!(market, |tx| charge::begin(tx, team, provider.has_fees()).await)?;
    match begun {
        Some(deposit) => charge::ask(market, provider, &deposit).await,
        None => Ok(()),
    }
}

/// Notes that a balance fell, and tells the team.
async fn fall(tx: &mut Tx, team: &TeamId) -> Result<()> {
    if !store::fall(tx, team).await? {
        return Ok(());
    }
    let Some(refill) = store::find(tx, team).await? else { return Ok(()) };
    let available = ledger::balance(tx, &Account::wallet(team)).await?;
    event::emit(tx, &[team], team.as_str(), &events::LowBalance { available, threshold: refill.threshold });
    let refills_itself = refill.is_enabled && refill.card.is_some();
    if refills_itself { Ok(()) } else { letter::low(tx, &refill, available).await }
}
