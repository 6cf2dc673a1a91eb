//! The table of results: printed, and written between two marks in docs/benchmarks.md.

use std::fmt::Write;
use std::process::Command;

/// One row: the measurement, its bare limit, its peer, and whether the goal was met.
pub(crate) struct ReportRow {
    what: String,
    ours: String,
    limit: Option<String>,
    ratio: Option<f64>,
    peer: Option<String>,
    peer_ratio: Option<f64>,
    goal: Goal,
}

/// A goal in words, and whether it was met.
pub(crate) struct Goal {
    pub(crate) text: String,
    pub(crate) met: bool,
}

impl Goal {
    /// Returns the goal of a row that is only reported.
    pub(crate) fn none() -> Self {
        Self { text: "–".into(), met: true }
    }
}

impl ReportRow {
    /// Builds a row without bare limit and peer.
    pub(crate) fn new(what: impl Into<String>, ours: String, goal: Goal) -> Self {
        Self { what: what.into(), ours, limit: None, ratio: None, peer: None, peer_ratio: None, goal }
    }

    /// Adds the bare limit and our share of it.
    pub(crate) fn beside(self, limit: String, ratio: f64) -> Self {
        Self { limit: Some(limit), ratio: Some(ratio), ..self }
    }

    /// Adds a bare limit of which no share is taken.
    pub(crate) fn beside_only(self, limit: String) -> Self {
        Self { limit: Some(limit), ..self }
    }

    /// Adds the peer, if it runs on this machine, and our rate as a multiple of its.
    pub(crate) fn with_peer(self, peer: Option<String>, peer_ratio: Option<f64>) -> Self {
        Self { peer, peer_ratio, ..self }
    }

    /// Prints the row at once; the table comes at the end.
    pub(crate) fn said(self) -> Self {
        eprintln!("{}", self.line());
        self
    }

    fn line(&self) -> String {
        let word = |text: &Option<String>| text.clone().unwrap_or_else(|| "–".to_owned());
        let ratio = |ratio: Option<f64>| ratio.map_or_else(|| "–".to_owned(), |ratio| format!("{ratio:.2}"));
        let met = if self.goal.text == "–" {
            "–"
        } else if self.goal.met {
            "yes"
        } else {
            "no"
        };
        let (limit, peer, goal) = (word(&self.limit), word(&self.peer), &self.goal.text);
        let (what, ours) = (&self.what, &self.ours);
        format!("| {what} | {ours} | {limit} | {} | {peer} | {} | {goal} | {met} |", ratio(self.ratio), ratio(self.peer_ratio))
    }
}

const DOCUMENT: &str = "docs/benchmarks.md";
const MARKS: [&str; 2] = ["<!-- table: begin -->", "<!-- table: end -->"];

pub(crate) fn write(rows: &[ReportRow]) {
    let mut table = String::from(
        "| what | ours | bare limit | ratio | peer | ratio | goal | met |\n| --- | ---: | ---: | ---: | ---: | ---: | --- | --- |\n",
    );
    for row in rows {
        let _ = writeln!(table, "{}", row.line());
    }
    let told = format!("{}\n\n{table}", machine());
    println!("{told}");
    let document = std::fs::read_to_string(DOCUMENT).expect("run it from the project's root");
    let (before, rest) = document.split_once(MARKS[0]).expect("the document has both marks");
    let (_, after) = rest.split_once(MARKS[1]).expect("the document has both marks");
    std::fs::write(DOCUMENT, format!("{before}{}\n{told}{}{after}", MARKS[0], MARKS[1])).expect("writes the document");
}

/// Describes the machine; load generator and server share its cores.
fn machine() -> String {
    let first = |command: &str| {
        let output = Command::new("sh").arg("-c").arg(command).output().expect("a shell");
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let processor = first("grep -m1 'model name' /proc/cpuinfo | cut -d: -f2");
    let memory = first("awk '/MemTotal/ { printf \"%.0f GiB\", $2 / 1048576 }' /proc/meminfo");
    format!(
        "{}, {cores} cores of {processor}, {memory}, {}, load generator on the same cores.",
        first("date -u +%Y-%m-%d"),
        first("uname -sr")
    )
}
