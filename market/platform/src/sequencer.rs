//! The sequencer: it numbers entries and events after their acts were committed, on PostgreSQL.
//!
//! A number follows commits, so an act that took one would hold the head of its chain until its commit is on the disk, and all other
//! acts would wait for it. So acts write rows without numbers. The sequencer numbers what it sees committed, many rows at a time, and
//! holds the heads until its own commit: readers never see a hole. Within a batch it follows the keys, which an act takes after its
//! locks: of two acts that touched one account or one job, the first is numbered first, because the second could not commit before
//! it. On SQLite the one writer numbers rows as it writes them ([`Conn::heads`](crate::db::Conn)).

use crate::db::{Conn, Heads};
use crate::ledger::{self, Account, Entry};
use kernel::Result;
use serde::Serialize;

mod store;
use store::WaitingLeg;
pub(crate) use store::is_needed;

/// The most entries, and the most events, that are numbered in one transaction.
const BATCH: i64 = 1_000;

/// The result of a batch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Batch {
    /// The number of events that were numbered.
    pub(crate) events: i64,
    /// The number of entries that were numbered.
    pub(crate) entries: i64,
}

impl Batch {
    /// Returns true if there may be more to number.
    pub(crate) fn is_full(self) -> bool {
        self.events == BATCH || self.entries == BATCH
    }
}

/// Numbers the next committed rows, inside the caller's transaction. Other processes wait until it ends.
pub(crate) async fn number(conn: &mut Conn) -> Result<Batch> {
    let heads = store::lock(conn).await?;
    let entries = link(conn, heads).await?;
    let events = store::number_events(conn, BATCH).await?;
    Ok(Batch { events, entries })
}

/// An entry's place in the chain.
#[derive(Serialize)]
struct Link {
    key: i64,
    seq: i64,
    hash: String,
}

/// Numbers the next entries and links them to the chain; returns how many.
async fn link(conn: &mut Conn, mut heads: Heads) -> Result<i64> {
    let waiting = store::waiting_entries(conn, BATCH).await?;
    let mut links = Vec::new();
    for lines in waiting.chunk_by(|a, b| a.key == b.key) {
        let Some(first) = lines.first() else { continue };
        heads.entry += 1;
        heads.hash = hash(&heads, first, lines);
        links.push(Link { key: first.key, seq: heads.entry, hash: heads.hash.clone() });
    }
    if !links.is_empty() {
        store::save_links(conn, &links, &heads).await?;
    }
    Ok(i64::try_from(links.len()).unwrap_or(i64::MAX))
}

fn hash(heads: &Heads, first: &WaitingLeg, lines: &[WaitingLeg]) -> String {
    let account = |line: &WaitingLeg| Account { id: line.account_id.clone(), purpose: line.purpose, owner: None };
    let mut legs: Vec<_> = lines.iter().map(|line| (account(line), line.amount)).collect();
    legs.sort();
    let entry = Entry { id: first.id.clone(), reason: first.reason, subject: first.subject.clone(), legs: Vec::new() };
    ledger::link(&heads.hash, heads.entry, &entry, &legs, first.posted_at)
}
