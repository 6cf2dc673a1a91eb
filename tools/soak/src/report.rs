//! The table of a run, and the goals that it missed.

use crate::attack::MET_NOTHING;
use crate::honest::Outcome;
use crate::{Findings, MEMORY_MAX_MB, SLOWER_MAX};
use std::fmt::{self, Display, Write};
use std::time::Duration;

/// The shortest 99th percentile that counts as slow: below it, a ratio measures the machine.
const UNNOTICED: Duration = Duration::from_millis(10);

/// One attack, and what the honest caller noticed of it.
#[derive(Debug)]
pub struct Row {
    /// The attack.
    pub attack: &'static str,
    /// The attack in its own numbers.
    pub said: String,
    /// The honest caller's latencies just before it.
    pub quiet: Outcome,
    /// The honest caller's latencies meanwhile.
    pub outcome: Outcome,
    /// The largest resident memory of the program, in megabytes.
    pub peak_mb: f64,
}

impl Row {
    /// Returns the 99th percentile as a multiple of the quiet one.
    fn slower(&self) -> f64 {
        self.outcome.p99.as_secs_f64() / self.quiet.p99.as_secs_f64().max(f64::MIN_POSITIVE)
    }
}

impl Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ms = |time: Duration| format!("{:.1} ms", time.as_secs_f64() * 1000.0);
        let [was, p50, p99] = [self.quiet.p99, self.outcome.p50, self.outcome.p99].map(ms);
        let (failed, sent) = (self.outcome.failed.len(), self.outcome.sent);
        write!(
            f,
            "| {} | {} | {was} | {p50} | {p99} | {:.1} × | {failed} of {sent} | {:.0} MB |",
            self.attack,
            self.said,
            self.slower(),
            self.peak_mb
        )
    }
}

impl Findings {
    /// Returns the goals that the run missed, latencies among them.
    pub fn missed(&self) -> Vec<String> {
        let slow = self.rows.iter().filter(|row| row.slower() > SLOWER_MAX && row.outcome.p99 > UNNOTICED);
        let slow = slow.map(|row| format!("{}: the honest caller's p99 is {:.1} times the quiet one", row.attack, row.slower()));
        slow.chain(self.broken()).collect()
    }

    /// Returns the goals that the run missed and that hold on any machine, however busy it is.
    pub fn broken(&self) -> Vec<String> {
        let mut missed = Vec::new();
        for row in &self.rows {
            if row.peak_mb > MEMORY_MAX_MB {
                missed.push(format!("{}: the program held {:.0} MB", row.attack, row.peak_mb));
            }
            if row.said.contains(MET_NOTHING) || row.said.is_empty() {
                missed.push(format!("{}: the attack {MET_NOTHING}", row.attack));
            }
            let failed = [&row.quiet.failed[..], &row.outcome.failed].concat();
            if let Some(first) = failed.first() {
                missed.push(format!("{}: {} honest requests failed, one by {first}", row.attack, failed.len()));
            }
        }
        missed.extend(self.lost.iter().map(|id| format!("the acknowledged job {id} is lost")));
        missed.extend(self.ledger.iter().map(|finding| format!("the ledger: {finding}")));
        if self.acknowledged == 0 {
            missed.push("no posting was acknowledged".into());
        }
        missed
    }
}

/// Describes the machine before a run: other work on it makes every latency longer.
pub(crate) fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or("unknown").to_owned();
    // Suite and program are built together.
    let build = if cfg!(debug_assertions) { "unoptimised" } else { "release" };
    format!("Measured with the {build} build on {cores} cores; the load average was {load} before the run.")
}

/// Writes the table of a run.
pub fn table(findings: &Findings) -> String {
    let mut table = format!("{}\n\n", findings.machine);
    table += "| attack | what it did | p99 before | p50 | p99 | of before | honest requests that failed | memory, peak |\n";
    table += "|---|---|---:|---:|---:|---:|---:|---:|\n";
    for row in &findings.rows {
        // Writing to a String can't fail.
        let _ = writeln!(table, "{row}");
    }
    let (there, all) = (findings.acknowledged - findings.lost.len(), findings.acknowledged);
    let ledger = if findings.ledger.is_empty() { "sound" } else { "not sound" };
    let _ = writeln!(table, "\nAfter a kill -9 at the end {there} of {all} acknowledged jobs were there, and the ledger was {ledger}.");
    let missed = findings.missed();
    if !missed.is_empty() {
        let _ = writeln!(table, "\nMissed in this run: {}.", missed.join("; "));
    }
    table
}
