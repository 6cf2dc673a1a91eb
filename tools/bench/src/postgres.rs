//! Measures posting jobs on PostgreSQL, by one process and by two, beside pgbench with four plain statements on the same server; and
//! reads.

mod reads;

use crate::acts::{posts, what};
use crate::load::{self, Outcome};
use crate::measure::{ms, refuse_failures, rules};
use crate::program::{Program, address, guildhall};
use crate::report::{Goal, ReportRow};
use crate::seed::{self, Caller};
use market::Market;
use market::db::Db;
use market::time::Clock;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

/// The levels of load: the number of callers, and of the jobs that they post.
const LEVELS: [(usize, usize); 4] = [(1, 600), (16, 3_000), (64, 4_000), (256, 6_000)];
/// The seconds of one run of pgbench.
const SECONDS: &str = "5";
/// The goal at 64 callers, as a multiple of pgbench; and that of two processes, as a multiple of one.
const RAW_GOAL: f64 = 1.0;
const TWO_GOAL: f64 = 1.7;
/// The cores below which two processes and the database share what one had: then two must only be as quick as one.
const CORES_TO_SPARE: usize = 4;
/// The level at which a second process is added.
const TWO_AT: usize = 64;

/// Measures all levels; nothing without a server, which `tools/measure` starts.
pub(crate) async fn rows(binary: &Path, folder: &Path) -> Vec<ReportRow> {
    let Ok(server) = std::env::var("TEST_POSTGRES_URL") else {
        eprintln!("PostgreSQL is not measured: TEST_POSTGRES_URL is not set");
        return Vec::new();
    };
    std::fs::create_dir_all(folder).expect("a folder to work in");
    prepare(&server, folder);
    let url = format!("{}/guildhall_bench", server.rsplit_once('/').expect("a database in the URL").0);
    let market = open(&url).await;
    let callers = seed::callers(&market, 256, 0).await.expect("callers");
    let mut rows = Vec::new();
    for (n, jobs) in LEVELS {
        let raw = pgbench(&url, folder, n);
        let one = posted(binary, folder, &url, &callers, (n, jobs), 1).await;
        rows.push(row(n, &one, raw).said());
        if n == TWO_AT {
            let two = posted(binary, folder, &url, &callers, (n, jobs), 2).await;
            rows.push(two_processes(&one, &two).said());
        }
    }
    psql(&server, "create database guildhall_reads");
    rows.extend(reads::rows(binary, folder, &server).await.map(ReportRow::said));
    rows
}

async fn open(url: &str) -> Market {
    let db = Db::open(url).await.expect("a database");
    Market::new(db, Clock::System, Arc::new(rules()), Arc::from(&[7_u8; 32][..]), &market::nouns::REGISTRY)
}

/// Opens a market on a new database of a durable server; none without a server.
pub(crate) async fn another(name: &str) -> Option<(String, Market)> {
    let server = std::env::var("TEST_POSTGRES_URL").ok()?;
    make_durable(&server);
    psql(&server, &format!("create database {name}"));
    let url = format!("{}/{name}", server.rsplit_once('/').expect("a database in the URL").0);
    let market = open(&url).await;
    Some((url, market))
}

/// Makes the server as durable as an installed one.
fn make_durable(server: &str) {
    for setting in ["fsync = on", "full_page_writes = on", "synchronous_commit = on"] {
        psql(server, &format!("alter system set {setting}"));
    }
    psql(server, "select pg_reload_conf()");
}

/// Makes the server as durable as an installed one, and creates the database with the tables of the four statements.
fn prepare(server: &str, folder: &Path) {
    make_durable(server);
    psql(server, "create database guildhall_bench");
    let url = format!("{}/guildhall_bench", server.rsplit_once('/').expect("a database in the URL").0);
    psql(&url, include_str!("postgres/tables.sql"));
    std::fs::write(folder.join("act.sql"), include_str!("postgres/act.sql")).expect("keeps the statements");
}

fn psql(url: &str, statement: &str) {
    let output = Command::new("psql").args(["-X", "-q", "-v", "ON_ERROR_STOP=1", "-c", statement, url]).output().expect("psql runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Returns the transactions per second of pgbench.
fn pgbench(url: &str, folder: &Path, clients: usize) -> f64 {
    let (clients, threads) = (clients.to_string(), clients.min(2).to_string());
    let mut command = Command::new("pgbench");
    command.args(["-n", "-M", "prepared", "-T", SECONDS, "-c", &clients, "-j", &threads, "-f"]).arg(folder.join("act.sql")).arg(url);
    let output = command.output().expect("pgbench runs");
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    let rate = told.lines().find_map(|line| line.strip_prefix("tps = ")).and_then(|rest| rest.split(' ').next()?.parse().ok());
    rate.unwrap_or_else(|| panic!("no rate of pgbench:\n{told}{}", String::from_utf8_lossy(&output.stderr)))
}

/// Posts jobs through as many processes as are asked for, each with its share of the callers.
async fn posted(binary: &Path, folder: &Path, url: &str, callers: &[Caller], (n, jobs): (usize, usize), processes: usize) -> Outcome {
    let mut programs = Vec::new();
    for i in 0..processes {
        let listen = address();
        let data = folder.join(format!("process-{i}"));
        let mut command = guildhall(binary, &data, listen);
        command.env("GUILDHALL_DATABASE", url);
        programs.push(Program::start(command, listen, "/api/health").await);
    }
    let share = |i: usize| posts(callers, jobs / processes, n * 10 + processes + 1000 * i);
    let runs = programs.iter().enumerate().map(|(i, program)| load::each(program.address, n / processes, share(i)));
    let outcomes = futures::future::join_all(runs).await;
    refuse_failures(&outcomes);
    let slowest = |took: fn(&Outcome) -> std::time::Duration| outcomes.iter().map(took).max().unwrap_or_default();
    Outcome {
        rate: outcomes.iter().map(|outcome| outcome.rate).sum(),
        p50: slowest(|outcome| outcome.p50),
        p99: slowest(|outcome| outcome.p99),
        ..Outcome::default()
    }
}

fn row(callers: usize, ours: &Outcome, raw: f64) -> ReportRow {
    let ratio = ours.rate / raw;
    let goal = match callers {
        64 => Goal { text: format!("≥ {RAW_GOAL:.1} × raw"), met: ratio >= RAW_GOAL },
        _ => Goal::none(),
    };
    let what = format!("PostgreSQL: {}", what("post", callers));
    ReportRow::new(what, said(ours), goal).beside(format!("{raw:.0}/s (pgbench, four statements)"), ratio)
}

fn two_processes(one: &Outcome, two: &Outcome) -> ReportRow {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let least = if cores < CORES_TO_SPARE { 1.0 } else { TWO_GOAL };
    let ratio = two.rate / one.rate;
    let goal = Goal { text: format!("≥ {least:.1} × one, on {cores} cores"), met: ratio >= least };
    let what = format!("PostgreSQL: {}, two processes", what("post", TWO_AT));
    ReportRow::new(what, said(two), goal).beside(format!("{:.0}/s (one process)", one.rate), ratio)
}

fn said(outcome: &Outcome) -> String {
    format!("{:.0}/s, p50 {}, p99 {}", outcome.rate, ms(outcome.p50), ms(outcome.p99))
}
