//! The proof that the ledger is sound. Run it after anything; it only reads.

use super::{Account, Entry, Purpose, Reason, store};
use crate::db::{Conn, sql};
use crate::{Error, Money, Result, Time};
use serde::Deserialize;

/// What the audit found. Sound means: no findings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Audit {
    /// How many entries were checked.
    pub entries: i64,
    /// The hash of the last one: publish it, and nothing before it can be changed unseen.
    pub head: String,
    /// What is wrong, one sentence each.
    pub findings: Vec<String>,
}

impl Audit {
    /// Whether nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.findings.is_empty()
    }
}

#[derive(Deserialize)]
struct Line {
    seq: i64,
    id: String,
    reason: Reason,
    subject: String,
    posted_at: Time,
    hash: String,
    account_id: String,
    purpose: Purpose,
    amount: Money,
}

#[derive(Deserialize)]
struct Named {
    id: String,
    off: i64,
}

/// Proves: every entry sums to zero, each balance equals its legs, none is below zero, no closed job holds money, every
/// held job holds just its cost, and the chain of hashes is unbroken. On a market in use, read it from a snapshot.
pub async fn audit(conn: &mut Conn) -> Result<Audit> {
    let mut found = Audit::default();
    chain(conn, &mut found).await?;
    let mut tell = |rows: Vec<Named>, what: &str| {
        found.findings.extend(rows.into_iter().map(|row| format!("{} {what} {}.", row.id, Money(row.off))));
    };
    let lopsided =
        sql("select entry_id as id, cast(sum(amount) as bigint) as off from leg group by entry_id having sum(amount) <> 0 limit 100");
    tell(lopsided.all(conn).await?, "does not sum to zero; it is off by");
    let drifted = sql("select a.id, cast(a.balance - coalesce(sum(l.amount), 0) as bigint) as off from account a \
         left join leg l on l.account_id = a.id group by a.id, a.balance having a.balance <> coalesce(sum(l.amount), 0) limit 100");
    tell(drifted.all(conn).await?, "differs from its legs by");
    let overdrawn = sql("select id, balance as off from account where balance < 0 and kind <> 'provider' limit 100");
    tell(overdrawn.all(conn).await?, "is overdrawn:");
    let stuck = sql("select a.id, a.balance as off from job j join account a on a.id = 'escrow:' || j.id \
         where j.escrow <> 'held' and a.balance <> 0 limit 100");
    tell(stuck.all(conn).await?, "belongs to a settled job but holds");
    let unfunded =
        sql("select 'escrow:' || j.id as id, coalesce(a.balance, 0) as off from job j left join account a on a.id = 'escrow:' || j.id \
         where j.escrow = 'held' and coalesce(a.balance, 0) <> j.price + (j.price * j.fee_bps + 5000) / 10000 limit 100");
    tell(unfunded.all(conn).await?, "should hold its job's cost but holds");
    let closed = sql(
        "select id, coalesce(price, 0) as off from job where status in ('completed', 'cancelled', 'expired') and escrow = 'held' limit 100",
    );
    tell(closed.all(conn).await?, "is closed with its money held:");
    Ok(found)
}

/// How many legs are read at a time.
const BATCH: i64 = 5_000;

async fn chain(conn: &mut Conn, found: &mut Audit) -> Result<()> {
    let mut after = 0_i64;
    loop {
        let lines: Vec<Line> =
            sql("select e.seq, e.id, e.reason, e.subject, e.posted_at, e.hash, l.account_id, a.kind as purpose, l.amount \
             from entry e join leg l on l.entry_id = e.id join account a on a.id = l.account_id \
             where e.seq > $1 and e.seq <= $1 + $2 order by e.seq, l.account_id")
            .bind(after)
            .bind(BATCH)
            .all(conn)
            .await?;
        for entry in lines.chunk_by(|a, b| a.seq == b.seq) {
            check_link(entry, found);
        }
        after += BATCH;
        let last: i64 = sql("select cast(coalesce(max(seq), 0) as bigint) from entry").count(conn).await?;
        if after >= last {
            return check_head(conn, found, last).await;
        }
    }
}

fn check_link(lines: &[Line], found: &mut Audit) {
    let Some(first) = lines.first() else { return };
    if first.seq != found.entries + 1 {
        found.findings.push(format!("The entries {} to {} are missing.", found.entries + 1, first.seq - 1));
    }
    let mut legs: Vec<_> = lines.iter().map(|line| (Account { id: line.account_id.clone(), purpose: line.purpose }, line.amount)).collect();
    legs.sort();
    let entry = Entry { id: first.id.clone(), reason: first.reason, subject: first.subject.clone(), legs: Vec::new() };
    let hash = store::link(&found.head, first.seq, &entry, &legs, first.posted_at);
    if hash != first.hash {
        found.findings.push(format!("The chain breaks at entry {} ({}): it was changed after it was posted.", first.seq, first.id));
    }
    found.entries = first.seq;
    found.head.clone_from(&first.hash);
}

async fn check_head(conn: &mut Conn, found: &mut Audit, last: i64) -> Result<()> {
    #[derive(Deserialize)]
    struct Head {
        seq: i64,
        hash: String,
    }
    let head: Option<Head> = sql("select seq, hash from head where chain = 'entry'").optional(conn).await?;
    let head = head.ok_or_else(Error::internal)?;
    if head.seq != last || head.hash != found.head {
        found.findings.push(format!("The chain ends at entry {last}, but its head says {}.", head.seq));
    }
    Ok(())
}
