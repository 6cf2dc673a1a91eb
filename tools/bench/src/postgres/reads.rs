//! Measures the reads of the API on PostgreSQL, beside the same program on SQLite with as many jobs.

use crate::load::{self, Outcome, request};
use crate::measure::{AWHILE, median, ms, open, refuse_failures};
use crate::program::{Program, address, guildhall};
use crate::report::{Goal, ReportRow};
use crate::seed;
use market::Market;
use std::path::Path;

const CALLERS: usize = 32;
const ROUNDS: usize = 3;
const JOBS: usize = 2_000;
/// The goal, as a share of the rate on SQLite.
const GOAL: f64 = 0.5;

/// A running program, and the requests for one job and for a list.
struct Reader {
    program: Program,
    one: Vec<Vec<u8>>,
    list: Vec<Vec<u8>>,
}

/// Measures one job by id, and a list of twenty with its total.
pub(super) async fn rows(binary: &Path, folder: &Path, url: &str) -> [ReportRow; 2] {
    let database = format!("{}/guildhall_reads", url.rsplit_once('/').expect("a database in the URL").0);
    let ours = reader(binary, &folder.join("reads"), Some(&database), &super::open(&database).await).await;
    let embedded = folder.join("embedded");
    let theirs = reader(binary, &embedded, None, &open(&embedded).await).await;
    let what = |what: &str| format!("PostgreSQL: {what}, {CALLERS} callers");
    [
        row(what("GET /api/jobs/{id}"), (&ours, &theirs), |reader| &reader.one).await,
        row(what(&format!("20 of {JOBS} open jobs with their total")), (&ours, &theirs), |reader| &reader.list).await,
    ]
}

async fn reader(binary: &Path, folder: &Path, database: Option<&str>, market: &Market) -> Reader {
    let callers = seed::callers(market, 4, 0).await.expect("callers");
    let (worker, posters) = callers.split_last().expect("a worker");
    let jobs = seed::open(market, posters, JOBS).await.expect("open jobs");
    seed::settle(market).await.expect("notifications");
    let listen = address();
    let mut command = guildhall(binary, folder, listen);
    if let Some(database) = database {
        command.env("GUILDHALL_DATABASE", database);
    }
    Reader {
        program: Program::start(command, listen, "/api/health").await,
        one: jobs.iter().map(|(id, poster)| request("GET", &format!("/api/jobs/{id}"), &[("X-API-Key", &poster.key)], None)).collect(),
        list: vec![request("GET", "/api/agent/jobs/available?limit=20", &[("X-API-Key", &worker.key)], None)],
    }
}

async fn row(what: String, (ours, theirs): (&Reader, &Reader), asked: fn(&Reader) -> &Vec<Vec<u8>>) -> ReportRow {
    let (mut a, mut b) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        a.push(load::rounds(ours.program.address, CALLERS, asked(ours).clone(), AWHILE).await);
        b.push(load::rounds(theirs.program.address, CALLERS, asked(theirs).clone(), AWHILE).await);
    }
    refuse_failures(a.iter().chain(&b));
    let (a, b) = (median(a), median(b));
    let ratio = a.rate / b.rate;
    let said = |outcome: &Outcome| format!("{:.0}/s, p99 {}", outcome.rate, ms(outcome.p99));
    ReportRow::new(what, said(&a), Goal { text: format!("≥ {GOAL:.2} × SQLite"), met: ratio >= GOAL })
        .beside(format!("{} (the program on SQLite)", said(&b)), ratio)
}
