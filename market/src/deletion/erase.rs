//! Erasing the words of closed accounts whose time is over. Each step has a transaction of its own and can be repeated, so a crash in
//! between only makes the next round begin again.

use super::scrub::Words;
use super::{PUT_OFF, store};
use crate::inventory::{self, TABLES, Whose};
use identity::internal::{self, Closing};
use kernel::Result;
use platform::{Market, event};

/// The events that are looked at by one statement, by their numbers.
const WINDOW: i64 = 2_000;
/// The table that is erased last, since all else is found by it.
const LAST: &str = "member";

/// Erases the account whose deletion is due first; false if none is. A thing that binds an account meanwhile, such as a payment that a bank
/// took back, puts its deletion off by a day.
pub async fn erase_due(market: &Market) -> Result<bool> {
    let mut conn = market.read().await?;
    let Some(closing) = internal::closing(&mut conn).await? else { return Ok(false) };
    let binding = store::binding(&mut conn, &closing.id).await?;
    drop(conn);
    if !binding.is_empty() {
        tracing::warn!(member = %closing.id, "an account can't be deleted yet, because something binds it");
        let mut tx = market.begin().await?;
        let until = tx.now.after(PUT_OFF);
        internal::put_off_deletion(&mut tx, &closing.id, until).await?;
        tx.commit().await?;
        return Ok(true);
    }
    erase(market, &closing).await?;
    Ok(true)
}

async fn erase(market: &Market, closing: &Closing) -> Result<()> {
    let login = internal::login_account(market, &closing.email);
    let whose = Whose { member: closing.id.clone(), email: closing.email.clone(), login };
    // Events repeat words, which are told by what the tables hold: so events come first.
    scrub_events(market, &whose).await?;
    for table in TABLES.iter().filter(|table| table.name != LAST) {
        for part in 0..table.parts.len() {
            let mut tx = market.begin().await?;
            inventory::erase(&mut tx, &whose, (table.name, part)).await?;
            tx.commit().await?;
        }
    }
    let mut tx = market.begin().await?;
    inventory::erase(&mut tx, &whose, (LAST, 0)).await?;
    internal::erased(&mut tx, closing).await?;
    tx.commit().await
}

/// Takes the member's words out of the events that repeat them.
async fn scrub_events(market: &Market, whose: &Whose) -> Result<()> {
    let mut conn = market.read().await?;
    let words = Words::of(&mut conn, whose).await?;
    let latest = event::latest(&mut conn).await?;
    drop(conn);
    let mut from = 0;
    while from < latest {
        let upto = from + WINDOW;
        let found = store::events_about(&mut market.read().await?, whose, from, upto).await?;
        let changed: Vec<_> = found.into_iter().filter_map(|event| Some((event.seq, words.scrubbed(&event)?))).collect();
        if !changed.is_empty() {
            let mut tx = market.begin().await?;
            for (seq, payload) in &changed {
                store::rewrite_event(&mut tx, *seq, payload).await?;
            }
            tx.commit().await?;
        }
        from = upto;
    }
    Ok(())
}
