//! The audit of the ledger. It only reads.

mod store;

use super::store::link;
use super::{Account, Entry};
use crate::db::Conn;
use crate::registry::Boxed;
use kernel::{Error, Money, Result};
use serde::{Deserialize, Serialize};
use store::PostedLeg;

/// The result of an audit. The ledger is sound if there are no findings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audit {
    /// The number of checked entries.
    pub entries: i64,
    /// The hash of the last entry: once it is published, no earlier entry can be changed unnoticed.
    pub head: String,
    /// The number of entries that were committed a moment ago and have no place in the chain yet.
    pub waiting: i64,
    /// The findings, one sentence each.
    pub findings: Vec<String>,
}

impl Audit {
    /// Returns true if there are no findings.
    pub fn is_sound(&self) -> bool {
        self.findings.is_empty()
    }
}

/// A row that contradicts the ledger.
#[derive(Debug, Deserialize)]
pub struct Finding {
    /// The id of the entry, the account or the thing.
    pub id: String,
    /// The amount that is wrong.
    pub off: Money,
}

/// A check of one noun's money, which the noun declares: what it finds, and how that is told.
#[derive(Clone, Copy, Debug)]
pub struct Check {
    /// Finds the rows that contradict the ledger, at most 100.
    pub find: for<'a> fn(&'a mut Conn) -> Boxed<'a, Result<Vec<Finding>>>,
    /// The sentence between a finding's id and its amount.
    pub says: &'static str,
}

/// Checks that every entry sums to zero, each balance equals its legs, none is below zero, the chain of hashes is unbroken, and the
/// checks of the nouns find nothing. On a market in use, call it on a snapshot.
pub async fn audit(conn: &mut Conn, nouns: &[&[Check]]) -> Result<Audit> {
    let mut found = Audit { waiting: store::waiting(conn).await?, ..Audit::default() };
    chain(conn, &mut found).await?;
    let mut tell = |rows: Vec<Finding>, says: &str| {
        found.findings.extend(rows.into_iter().map(|row| format!("{} {says} {}.", row.id, row.off)));
    };
    tell(store::lopsided(conn).await?, "does not sum to zero; it is off by");
    tell(store::drifted(conn).await?, "differs from its legs by");
    tell(store::overdrawn(conn).await?, "is overdrawn:");
    let checks: Vec<Check> = nouns.iter().flat_map(|checks| checks.iter()).copied().collect();
    for check in checks {
        tell((check.find)(conn).await?, check.says);
    }
    Ok(found)
}

/// The number of findings after which the rest of the chain is not read.
const FINDINGS_MAX: usize = 100;
/// The number of entries that are read at a time.
const BATCH: i64 = 5_000;

async fn chain(conn: &mut Conn, found: &mut Audit) -> Result<()> {
    let mut after = 0_i64;
    while found.findings.len() < FINDINGS_MAX {
        let lines = store::lines(conn, after, BATCH).await?;
        for entry in lines.chunk_by(|a, b| a.seq == b.seq) {
            check_link(entry, found);
            if found.findings.len() >= FINDINGS_MAX {
                break;
            }
        }
        after += BATCH;
        let last = store::last(conn).await?;
        if after >= last {
            return check_head(conn, found, last).await;
        }
    }
    found.findings.push(format!("The chain was read up to entry {}: mend what is named here, then check the rest.", found.entries));
    Ok(())
}

fn check_link(lines: &[PostedLeg], found: &mut Audit) {
    let Some(first) = lines.first() else { return };
    if first.seq != found.entries + 1 {
        found.findings.push(format!("The entries {} to {} are missing.", found.entries + 1, first.seq - 1));
    }
    let mut legs: Vec<_> =
        lines.iter().map(|line| (Account { id: line.account_id.clone(), purpose: line.purpose, owner: None }, line.amount)).collect();
    legs.sort();
    let entry = Entry { id: first.id.clone(), reason: first.reason, subject: first.subject.clone(), legs: Vec::new() };
    let hash = link(&found.head, first.seq, &entry, &legs, first.posted_at);
    if hash != first.hash {
        found.findings.push(format!("The chain breaks at entry {} ({}): it was changed after it was posted.", first.seq, first.id));
    }
    found.entries = first.seq;
    found.head.clone_from(&first.hash);
}

async fn check_head(conn: &mut Conn, found: &mut Audit, last: i64) -> Result<()> {
    let head = store::head(conn).await?.ok_or_else(Error::internal)?;
    if head.seq != last || head.hash != found.head {
        found.findings.push(format!("The chain ends at entry {last}, but its head says {}.", head.seq));
    }
    Ok(())
}
