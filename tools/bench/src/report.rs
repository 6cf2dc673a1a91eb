//! The table of results: printed, and written between two marks in docs/benchmarks.md.

use std::fmt::Write;
use std::process::Command;

/// One row: the measurement, its bare limit, and whether the goal was met.
pub(crate) struct ReportRow {
    pub(crate) what: String,
    pub(crate) ours: String,
    pub(crate) limit: String,
    pub(crate) ratio: Option<f64>,
    pub(crate) goal: String,
    pub(crate) met: bool,
}

impl ReportRow {
    /// Prints the row at once; the table comes at the end.
    pub(crate) fn said(self) -> Self {
        eprintln!("{}: {} (limit {}, goal {})", self.what, self.ours, self.limit, self.goal);
        self
    }
}

const DOCUMENT: &str = "docs/benchmarks.md";
const MARKS: [&str; 2] = ["<!-- table: begin -->", "<!-- table: end -->"];

pub(crate) fn write(rows: &[ReportRow]) {
    let mut table = String::from("| what | ours | bare limit | ratio | goal | met |\n| --- | ---: | ---: | ---: | --- | --- |\n");
    for row in rows {
        let ratio = row.ratio.map_or_else(|| "–".to_owned(), |ratio| format!("{ratio:.2}"));
        let met = if row.met { "yes" } else { "no" };
        let _ = writeln!(table, "| {} | {} | {} | {ratio} | {} | {met} |", row.what, row.ours, row.limit, row.goal);
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
