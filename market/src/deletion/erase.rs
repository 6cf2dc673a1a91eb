//! Erasing the words of closed accounts whose time is over. Each step has a transaction of its own and can be repeated, so a crash in
//! between only makes the next round go on.

use super::scrub::{Scrubbed, Suspect, Words};
use super::store::Told;
use super::{LINK_LIFE, PUT_OFF, letter, store};
use crate::inventory::{self, TABLES, Whose};
use identity::internal::{self, Closing};
use kernel::Result;
use platform::db::Tx;
use platform::{Market, event, mail};
use std::collections::HashMap;

/// The events that are looked at by one statement, by their numbers.
const WINDOW: i64 = 2_000;
/// The table that is erased last, since all else is found by it.
const LAST: &str = "member";

/// Erases the account whose deletion is due first; false if none is. A thing that needs the account meanwhile, such as a payment that a
/// bank took back, puts its deletion off by a day.
pub async fn erase_due(market: &Market) -> Result<bool> {
    let Some(closing) = internal::closing(&mut market.read().await?).await? else { return Ok(false) };
    if closing.erasing_at.is_some() || platform::act!(market, |tx| begin(tx, &closing).await)? {
        erase(market, &closing).await?;
    }
    Ok(true)
}

/// Takes an account for erasing, or puts its deletion off; true if it is taken. Both are decided under the team's lock, so that the link
/// that keeps the account works or fails as a whole.
async fn begin(tx: &mut Tx, closing: &Closing) -> Result<bool> {
    internal::hold_team(tx, &closing.team_id).await?;
    if store::binding(tx, &closing.id).await?.is_empty() && !store::is_needed(tx, &closing.id).await? {
        return internal::begin_erasing(tx, closing).await;
    }
    tracing::warn!(member = %closing.id, "an account can't be deleted yet, because something needs it");
    let until = tx.now.after(PUT_OFF);
    if let Some(token) = internal::put_off(tx, closing, until, LINK_LIFE).await? {
        let letter = letter::put_off(&closing.email, &tx.rules.base_url, &token);
        mail::queue(tx, &letter).await?;
    }
    Ok(false)
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

/// Takes the member's words out of the events that repeat them. Notifications repeat words of events, and go first: they are found by what
/// the events still say.
async fn scrub_events(market: &Market, whose: &Whose) -> Result<()> {
    let mut conn = market.read().await?;
    let words = Words::of(&mut conn, whose).await?;
    let latest = event::latest(&mut conn).await?;
    drop(conn);
    let windows = || (0..latest).step_by(usize::try_from(WINDOW).unwrap_or(1));
    let mut about = HashMap::new();
    for from in windows() {
        about.extend(changed(market, whose, &words, from).await?.into_iter().map(|(event, left)| (event.id, left.erased)));
    }
    forget_notifications(market, &about).await?;
    for from in windows() {
        let changed = changed(market, whose, &words, from).await?;
        if !changed.is_empty() {
            let mut tx = market.begin().await?;
            for (event, left) in &changed {
                store::rewrite_event(&mut tx, event.seq, &left.payload).await?;
            }
            tx.commit().await?;
        }
    }
    Ok(())
}

/// Lists the events of the window after a number that repeat the member's words, with their facts without these.
async fn changed(market: &Market, whose: &Whose, words: &Words, from: i64) -> Result<Vec<(Suspect, Scrubbed)>> {
    let found = store::events_about(&mut market.read().await?, whose, from, from + WINDOW).await?;
    Ok(found.into_iter().filter_map(|event| words.scrubbed(&event).map(|left| (event, left))).collect())
}

/// Deletes the notifications that repeat words which are erased from their events, a window at a time. There is no index by events, so all
/// are looked at.
async fn forget_notifications(market: &Market, about: &HashMap<String, Vec<String>>) -> Result<()> {
    let mut after = 0;
    while !about.is_empty() {
        let seen = store::notifications(&mut market.read().await?, after, WINDOW).await?;
        let Some(last) = seen.last() else { break };
        after = last.key;
        let repeats = |told: &&Told| about.get(&told.about).is_some_and(|erased| erased.iter().any(|word| told.body.contains(word)));
        let told: Vec<_> = seen.iter().filter(repeats).collect();
        if !told.is_empty() {
            let mut tx = market.begin().await?;
            for told in told {
                store::forget_notification(&mut tx, told.key).await?;
            }
            tx.commit().await?;
        }
    }
    Ok(())
}
