//! Measures the reads of the API: one job by id, and a list of twenty with its total, beside bare axum with rusqlite and beside a peer.

use crate::load::{self, Outcome, request};
use crate::measure::{AWHILE, itself, median, ms, open, refuse_failures};
use crate::program::{Program, address, guildhall};
use crate::report::{Goal, ReportRow};
use crate::seed::Caller;
use crate::{peers, seed};
use market::id::JobId;
use std::path::Path;

const CALLERS: usize = 32;
const ROUNDS: usize = 3;
/// The number of open jobs of the large market.
const MANY: usize = 100_000;

/// Measures reading a job by id, with key, rate limiter and tracing.
pub(crate) async fn one(binary: &Path, folder: &Path, jobs: &[(JobId, Caller)]) -> ReportRow {
    let ours = jobs.iter().map(|(id, poster)| request("GET", &format!("/api/jobs/{id}"), &[("X-API-Key", &poster.key)], None)).collect();
    let limit = jobs.iter().map(|(id, _)| request("GET", &format!("/jobs/{id}"), &[], None)).collect();
    let ready = format!("/jobs/{}", jobs[0].0);
    let what = format!("GET /api/jobs/{{id}}, {CALLERS} callers");
    versus(binary, folder, what, (ours, limit), &ready, (0.60, 1.0)).await
}

/// Measures a list of twenty open jobs with its total.
pub(crate) async fn list(binary: &Path, folder: &Path, worker: &Caller, jobs: usize) -> ReportRow {
    let ours = vec![request("GET", "/api/agent/jobs/available?limit=20", &[("X-API-Key", &worker.key)], None)];
    let limit = vec![request("GET", "/jobs?limit=20", &[], None)];
    let what = format!("20 of {jobs} open jobs with their total, {CALLERS} callers");
    versus(binary, folder, what, (ours, limit), "/jobs?limit=20", (0.60, 2.0)).await
}

/// Measures the list on a market of its own with many open jobs.
pub(crate) async fn long_list(binary: &Path, folder: &Path) -> ReportRow {
    let market = open(folder).await;
    let callers = seed::callers(&market, 4, 1).await.expect("callers");
    let (worker, posters) = callers.split_last().expect("a worker");
    seed::open(&market, posters, MANY).await.expect("open jobs");
    seed::settle(&market).await.expect("notifications");
    list(binary, folder, worker, MANY).await
}

/// Runs ours, the bare limit and the peer in turn, and compares the medians.
async fn versus(
    binary: &Path,
    folder: &Path,
    what: String,
    (ours, limit): (Vec<Vec<u8>>, Vec<Vec<u8>>),
    ready: &str,
    (of_bare, of_peer): (f64, f64),
) -> ReportRow {
    let database = folder.join("guildhall.db");
    let listen = address();
    let program = Program::start(guildhall(binary, folder, listen), listen, "/api/health").await;
    let listen = address();
    let bare = itself(&["bare-read", &listen.to_string(), &database.display().to_string()]);
    let bare = Program::start(bare, listen, ready).await;
    let peer = peers::fastify(&database, ready).await;
    let (mut a, mut b, mut c) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        a.push(load::rounds(program.address, CALLERS, ours.clone(), AWHILE).await);
        b.push(load::rounds(bare.address, CALLERS, limit.clone(), AWHILE).await);
        if let Some(peer) = &peer {
            c.push(load::rounds(peer.address, CALLERS, limit.clone(), AWHILE).await);
        }
    }
    refuse_failures(a.iter().chain(&b).chain(&c));
    let (a, b) = (median(a), median(b));
    let c = (!c.is_empty()).then(|| median(c));
    let (ratio, peer_ratio) = (a.rate / b.rate, c.as_ref().map(|c| a.rate / c.rate));
    let met = ratio >= of_bare && peer_ratio.is_some_and(|ratio| ratio >= of_peer);
    ReportRow::new(what, said(&a), Goal { text: format!("≥ {of_bare:.2} × bare, ≥ {of_peer:.1} × peer"), met })
        .beside(format!("{} (axum + rusqlite)", said(&b)), ratio)
        .with_peer(c.map(|c| format!("{} (Fastify + better-sqlite3)", said(&c))), peer_ratio)
}

fn said(outcome: &Outcome) -> String {
    format!("{:.0}/s, p99 {}", outcome.rate, ms(outcome.p99))
}
