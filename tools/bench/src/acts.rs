//! Measures posting, funding and approving over HTTP, every answer durable, against raw group commit; and the pages of the database's
//! log that an act writes.

use crate::load::{self, Outcome, request};
use crate::measure::{AWHILE, ms, refuse_failures};
use crate::program::{Program, address, guildhall};
use crate::raw;
use crate::report::{Goal, ReportRow};
use crate::seed::{self, Caller};
use crate::wal::Log;
use market::Market;
use market::id::JobId;
use std::path::Path;

/// The levels of load: the number of callers, and of the jobs that they post, fund and approve.
const LEVELS: [(usize, usize); 4] = [(1, 1_000), (16, 6_000), (64, 10_000), (256, 16_000)];
/// The goals at 256 callers, and the least share of the raw limit at one, where only the disk counts.
const RATE_GOAL: f64 = 8_000.0;
const P99_GOAL_MS: f64 = 60.0;
const SHARE_GOAL: f64 = 0.35;
/// The goal for the pages of the log that an act writes, at 64 callers.
const PAGES_GOAL: f64 = 6.0;

/// The body of a request that posts a job.
const DRAFT: &str = r#"{"title": "Replace a parser", "description": "All fixtures parse.", "category": "coding", "budget_max": 5000}"#;

/// The people of the measured market.
pub(crate) struct People<'a> {
    pub(crate) posters: &'a [Caller],
    pub(crate) worker: &'a Caller,
}

/// Measures all levels on SQLite.
pub(crate) async fn rows(binary: &Path, folder: &Path, market: &Market, people: &People<'_>) -> Vec<ReportRow> {
    let mut rows = Vec::new();
    for (callers, jobs) in LEVELS {
        rows.extend(level(binary, folder, market, people, (callers, jobs)).await.into_iter().map(ReportRow::said));
    }
    rows
}

async fn level(binary: &Path, folder: &Path, market: &Market, people: &People<'_>, (n, jobs): (usize, usize)) -> Vec<ReportRow> {
    let accepted = seed::accepted(market, people.posters, people.worker, jobs).await.expect("accepted jobs");
    seed::settle(market).await.expect("notifications");
    let limit = raw::rate(market, n, AWHILE).await;
    let listen = address();
    let program = Program::start(guildhall(binary, folder, listen), listen, "/api/health").await;
    let log = Log::follow(&folder.join("guildhall.db-wal"));
    let post = load::each(program.address, n, posts(people.posters, jobs, n)).await;
    let prepare = |act: &str, body: &str| accepted.iter().map(|(id, poster)| act_request(id, poster, act, body)).collect();
    let fund = load::each(program.address, n, prepare("fund-escrow", "{\"useWallet\":true}")).await;
    let pages = log.pages().await;
    seed::deliver(market, people.worker, &accepted).await.expect("deliveries");
    let log = Log::follow(&folder.join("guildhall.db-wal"));
    let approve = load::each(program.address, n, prepare("approve", "{}")).await;
    let pages = pages.and(&log.pages().await);
    refuse_failures([&post, &fund, &approve]);
    let mut rows: Vec<_> = [("post", &post), ("fund", &fund), ("approve", &approve)].map(|(act, ours)| row(act, n, ours, limit)).into();
    if n == 64 {
        let acts = (3 * jobs) as f64;
        let each = pages.total() as f64 / acts;
        for (tree, n) in pages.by_tree(&folder.join("guildhall.db")).expect("a database") {
            eprintln!("{:8.3} pages an act: {tree}", n as f64 / acts);
        }
        let goal = Goal { text: format!("≤ {PAGES_GOAL}"), met: each <= PAGES_GOAL };
        rows.push(ReportRow::new(format!("pages written to the log per act, {n} callers"), format!("{each:.1}"), goal));
    }
    rows
}

fn row(act: &str, callers: usize, ours: &Outcome, limit: f64) -> ReportRow {
    let ratio = ours.rate / limit;
    let p99 = ours.p99.as_secs_f64() * 1000.0;
    let goal = match callers {
        1 => Goal { text: format!("≥ {SHARE_GOAL} × raw"), met: ratio >= SHARE_GOAL },
        256 => {
            Goal { text: format!("≥ {RATE_GOAL:.0}/s, p99 ≤ {P99_GOAL_MS:.0} ms"), met: ours.rate >= RATE_GOAL && p99 <= P99_GOAL_MS }
        }
        _ => Goal::none(),
    };
    let said = format!("{:.0}/s, p50 {}, p99 {}", ours.rate, ms(ours.p50), ms(ours.p99));
    ReportRow::new(what(act, callers), said, goal).beside(format!("{limit:.0}/s (raw group commit)"), ratio)
}

/// Names an act and the number of its callers.
pub(crate) fn what(act: &str, callers: usize) -> String {
    format!("{act} over HTTP, {callers} caller{}", if callers == 1 { "" } else { "s" })
}

/// Builds requests that each post a job, by the callers in turn; `round` keeps their idempotency keys apart.
pub(crate) fn posts(posters: &[Caller], jobs: usize, round: usize) -> Vec<Vec<u8>> {
    let post = |i: usize| {
        let (key, once) = (&posters[i % posters.len()].key, format!("post-{round}-{i}"));
        request("POST", "/api/agent/jobs", &[("X-API-Key", key), ("Idempotency-Key", &once)], Some(DRAFT))
    };
    (0..jobs).map(post).collect()
}

fn act_request(id: &JobId, poster: &Caller, act: &str, body: &str) -> Vec<u8> {
    let once = format!("{act}-{id}");
    request("POST", &format!("/api/jobs/{id}/{act}"), &[("X-API-Key", &poster.key), ("Idempotency-Key", &once)], Some(body))
}
