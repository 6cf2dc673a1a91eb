//! Measures what the program weighs: its start, its memory, its file, and what a browser loads for a public page.

use crate::load::request;
use crate::measure::ms;
use crate::program::{Program, address, guildhall};
use crate::report::{Goal, ReportRow};
use market::id::JobId;
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const FIRST_PAGE_GOAL: Duration = Duration::from_millis(100);
const MEMORY_GOAL_MB: f64 = 35.0;
const BINARY_GOAL_MB: f64 = 35.0;
/// The goal for the scripts and WASM of a public page.
const SCRIPTS_GOAL_KB: f64 = 90.0;

/// Measures the time from exec to the first page, and the memory of an idle server.
pub(crate) async fn idle(binary: &Path, folder: &Path) -> [ReportRow; 2] {
    let mut first: Vec<Duration> = Vec::new();
    let mut resident = 0.0;
    for _ in 0..5 {
        let listen = address();
        let program = Program::start(guildhall(binary, folder, listen), listen, "/jobs").await;
        first.push(program.first_page);
        resident = program.resident_mb();
    }
    first.sort_unstable();
    let start = Goal { text: format!("≤ {} ms", FIRST_PAGE_GOAL.as_millis()), met: first[2] <= FIRST_PAGE_GOAL };
    [
        ReportRow::new("exec to first page, median of 5", ms(first[2]), start),
        ReportRow::new("memory of an idle server", format!("{resident:.0} MB"), at_most(resident, MEMORY_GOAL_MB, "MB")),
    ]
}

/// Measures the program's file.
pub(crate) fn binary(binary: &Path) -> ReportRow {
    let megabytes = std::fs::metadata(binary).expect("the program").len() as f64 / 1e6;
    ReportRow::new("the program's file, site inside", format!("{megabytes:.1} MB"), at_most(megabytes, BINARY_GOAL_MB, "MB"))
}

/// Measures the scripts and WASM that a visitor's browser loads for the heaviest of the public pages. A page loads WASM if it has an
/// island.
pub(crate) async fn scripts(binary: &Path, folder: &Path, site: &Path, job: &JobId) -> ReportRow {
    let listen = address();
    let program = Program::start(guildhall(binary, folder, listen), listen, "/api/health").await;
    let job = format!("/jobs/{job}");
    let pages = ["/", "/jobs", &job, "/how-it-works", "/help", "/sign-in", "/sign-up", "/forgot-password"];
    let mut most = 0;
    for page in pages {
        let html = html_of(program.address, page).await;
        most = most.max(loaded(&html, site));
    }
    let kilobytes = most as f64 / 1000.0;
    let what = format!("script and WASM of a public page, brotli, the heaviest of {}", pages.len());
    let mut goal = at_most(kilobytes, SCRIPTS_GOAL_KB, "KB");
    goal.met &= most > 0;
    ReportRow::new(what, format!("{kilobytes:.1} KB"), goal)
}

/// Reads a page to the end of the connection: its length is not told beforehand.
async fn html_of(address: SocketAddr, page: &str) -> String {
    let mut stream = TcpStream::connect(address).await.expect("connects");
    let get = request("GET", page, &[("Accept", "text/html"), ("Connection", "close")], None);
    stream.write_all(&get).await.expect("asks");
    let mut html = String::new();
    stream.read_to_string(&mut html).await.expect("receives");
    assert!(html.starts_with("HTTP/1.1 200"), "{page}: {html}");
    html
}

fn loaded(html: &str, site: &Path) -> u64 {
    let scripts = html.split("<script").skip(1).filter_map(|tag| tag.split('>').next()?.split("src=\"").nth(1)?.split('"').next());
    let mut files: Vec<_> = scripts.map(|src| src.trim_start_matches('/').to_owned()).collect();
    if html.contains("<leptos-island") {
        let pkg = std::fs::read_to_string(site.join("pkg.txt")).expect("a built site");
        files.extend(["guildhall.js", "guildhall_bg.wasm"].map(|name| format!("{}/{name}", pkg.trim())));
    }
    files.iter().map(|file| std::fs::metadata(site.join(format!("{file}.br"))).expect("a compressed file").len()).sum()
}

fn at_most(value: f64, most: f64, unit: &str) -> Goal {
    Goal { text: format!("≤ {most:.0} {unit}"), met: value <= most }
}
