//! The measurements, their order, and the bare limit of each.

use crate::load::{self, Outcome, request};
use crate::program::{Program, address, guildhall};
use crate::report::ReportRow;
use crate::seed::Caller;
use crate::{boards, raw, seed, streams, uploads};
use market::db::Db;
use market::id::JobId;
use market::time::Clock;
use market::{Market, Rules};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

const AWHILE: Duration = Duration::from_secs(4);
/// The levels of load: the number of callers, and of the jobs that they fund and approve.
const LEVELS: [(usize, usize); 3] = [(1, 1_000), (64, 12_000), (256, 24_000)];
/// Goals of the act rows: the least rate, and the least share of the raw limit; at one caller only the disk counts.
const ACTS_GOAL: f64 = 8_000.0;
const ACTS_SHARE: f64 = 0.35;

pub(crate) async fn all(binary: &Path, site: &Path) -> Vec<ReportRow> {
    let folder = std::env::temp_dir().join(market::id::random("guildhall_bench_"));
    let market = open(&folder).await;
    raw::prepare(&market).await.expect("the raw tables");
    let callers = seed::callers(&market, 256).await.expect("callers");
    let (worker, posters) = callers.split_last().expect("a worker");
    let mut rows = Vec::new();
    // Start-up and memory are measured first, while the database is new.
    let open = seed::open(&market, posters, 2_000).await.expect("open jobs");
    rows.extend(idle(binary, &folder).await.map(ReportRow::said));
    rows.push(reads(binary, &folder, &open).await.said());
    rows.push(pages(binary, &folder).await.said());
    rows.push(uploads::row(binary, &folder, &open).await.said());
    rows.extend(streams::rows(binary, &folder, &posters[0], worker).await.map(ReportRow::said));
    for (n, jobs) in LEVELS {
        rows.push(acts(binary, &folder, &market, posters, worker, n, jobs).await.said());
    }
    rows.extend(boards::rows(binary, &folder.join("boards")).await.into_iter().map(ReportRow::said));
    rows.push(size(site));
    drop(market);
    std::fs::remove_dir_all(&folder).expect("removes its folder");
    rows
}

/// Opens a market on a new file in a folder.
pub(crate) async fn open(folder: &Path) -> Market {
    std::fs::create_dir_all(folder).expect("a folder to work in");
    let db = Db::open(&format!("sqlite://{}", folder.join("guildhall.db").display())).await.expect("a database");
    Market::new(db, Clock::System, Arc::new(Rules::default()), Arc::from(&[7_u8; 32][..]), &market::nouns::REGISTRY)
}

/// Measures funding and approving over HTTP, every answer durable, against raw group commit.
async fn acts(binary: &Path, folder: &Path, market: &Market, posters: &[Caller], worker: &Caller, n: usize, jobs: usize) -> ReportRow {
    let jobs = seed::accepted(market, posters, worker, jobs).await.expect("accepted jobs");
    let limit = raw::rate(market, n, AWHILE).await;
    let listen = address();
    let program = Program::start(guildhall(binary, folder, listen), listen, "/api/health").await;
    let prepare = |act: &str, body: &str| jobs.iter().map(|(id, poster)| act_request(id, poster, act, body)).collect();
    let fund = load::each(program.address, n, prepare("fund-escrow", "{\"useWallet\":true}")).await;
    seed::deliver(market, worker, &jobs).await.expect("deliveries");
    let approve = load::each(program.address, n, prepare("approve", "{}")).await;
    refuse_failures(&[&fund, &approve]);
    let rate = 2.0 / (1.0 / fund.rate + 1.0 / approve.rate);
    let (goal, met) = match n {
        256 => (format!("≥ {ACTS_GOAL:.0}/s and ≥ {ACTS_SHARE} × raw"), rate >= ACTS_GOAL && rate / limit >= ACTS_SHARE),
        _ => (format!("≥ {ACTS_SHARE} × raw"), rate / limit >= ACTS_SHARE),
    };
    let ours = format!("{rate:.0}/s, p50 {}, p99 {}", ms(fund.p50.max(approve.p50)), ms(fund.p99.max(approve.p99)));
    let what = format!("fund + approve over HTTP, {n} caller{}", if n == 1 { "" } else { "s" });
    ReportRow { what, ours, limit: format!("{limit:.0}/s raw group commit"), ratio: Some(rate / limit), goal, met }
}

fn act_request(id: &JobId, poster: &Caller, act: &str, body: &str) -> Vec<u8> {
    let once = format!("{act}-{id}");
    request("POST", &format!("/api/jobs/{id}/{act}"), &[("X-API-Key", &poster.key), ("Idempotency-Key", &once)], Some(body))
}

/// Measures reading a job by id, with key, rate limiter and tracing, against axum with one query.
async fn reads(binary: &Path, folder: &Path, jobs: &[(JobId, Caller)]) -> ReportRow {
    let listen = address();
    let program = Program::start(guildhall(binary, folder, listen), listen, "/api/health").await;
    let ours: Vec<_> =
        jobs.iter().map(|(id, poster)| request("GET", &format!("/api/jobs/{id}"), &[("X-API-Key", &poster.key)], None)).collect();
    let listen = address();
    let path = format!("/jobs/{}", jobs[0].0);
    let bare =
        Program::start(itself(&["bare-read", &listen.to_string(), &folder.join("guildhall.db").display().to_string()]), listen, &path)
            .await;
    let limit: Vec<_> = jobs.iter().map(|(id, _)| request("GET", &format!("/jobs/{id}"), &[], None)).collect();
    let (ours, limit) = in_turn(&program, ours, &bare, limit, 32).await;
    versus("GET /api/jobs/{id}, 32 callers", &ours, &limit, "axum + rusqlite", 0.60)
}

/// Measures the job list as a page, against a page of the same bytes.
async fn pages(binary: &Path, folder: &Path) -> ReportRow {
    let listen = address();
    let program = Program::start(guildhall(binary, folder, listen), listen, "/api/health").await;
    let get = || vec![request("GET", "/jobs", &[], None)];
    let page = folder.join("page.html");
    std::fs::write(&page, body_of(program.address, &get()[0]).await).expect("keeps the page");
    let listen = address();
    let bare = Program::start(itself(&["bare-page", &listen.to_string(), &page.display().to_string()]), listen, "/jobs").await;
    let (ours, limit) = in_turn(&program, get(), &bare, get(), 32).await;
    versus("the job list as a page, 32 callers", &ours, &limit, "same bytes as a string", 0.25)
}

async fn body_of(address: std::net::SocketAddr, request: &[u8]) -> Vec<u8> {
    use tokio::io::AsyncWriteExt;
    let mut stream = tokio::net::TcpStream::connect(address).await.expect("connects");
    stream.write_all(request).await.expect("sends");
    let mut buffer = Vec::new();
    load::answer(&mut stream, &mut buffer).await;
    let head = buffer.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
    buffer.split_off(head + 4)
}

/// Measures the time from exec to the first page, and the memory of an idle server.
async fn idle(binary: &Path, folder: &Path) -> [ReportRow; 2] {
    let mut first: Vec<Duration> = Vec::new();
    let mut resident = 0.0;
    for _ in 0..5 {
        let listen = address();
        let program = Program::start(guildhall(binary, folder, listen), listen, "/jobs").await;
        first.push(program.first_page);
        resident = program.resident_mb();
    }
    first.sort_unstable();
    let goal = |text: &str| text.to_owned();
    [
        ReportRow {
            what: goal("exec to first page, median of 5"),
            ours: ms(first[2]),
            limit: goal("–"),
            ratio: None,
            goal: goal("≤ 100 ms"),
            met: first[2] <= Duration::from_millis(100),
        },
        ReportRow {
            what: goal("memory of an idle server"),
            ours: format!("{resident:.0} MB"),
            limit: goal("–"),
            ratio: None,
            goal: goal("≤ 40 MB"),
            met: resident <= 40.0,
        },
    ]
}

/// Measures the size of the scripts that a browser loads.
fn size(site: &Path) -> ReportRow {
    let mut bytes = 0;
    let folder = std::fs::read_to_string(site.join("pkg.txt")).expect("a built site");
    for entry in std::fs::read_dir(site.join(folder.trim())).expect("a built site") {
        let entry = entry.expect("readable");
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(".wasm.br") || name.ends_with(".js.br") {
            bytes += entry.metadata().expect("readable").len();
        }
    }
    let kilobytes = bytes as f64 / 1000.0;
    let what = "WASM and JavaScript, brotli".to_owned();
    ReportRow {
        what,
        ours: format!("{kilobytes:.0} KB"),
        limit: "–".into(),
        ratio: None,
        goal: "≤ 250 KB".into(),
        met: bytes > 0 && kilobytes <= 250.0,
    }
}

pub(crate) fn itself(words: &[&str]) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("its own path"));
    command.args(words);
    command
}

/// Runs both three times in turn and returns the medians.
async fn in_turn(program: &Program, ours: Vec<Vec<u8>>, bare: &Program, limit: Vec<Vec<u8>>, callers: usize) -> (Outcome, Outcome) {
    let (mut a, mut b) = (Vec::new(), Vec::new());
    for _ in 0..3 {
        a.push(load::rounds(program.address, callers, ours.clone(), AWHILE).await);
        b.push(load::rounds(bare.address, callers, limit.clone(), AWHILE).await);
    }
    refuse_failures(&a.iter().chain(&b).collect::<Vec<_>>());
    (median(a), median(b))
}

fn median(mut outcomes: Vec<Outcome>) -> Outcome {
    outcomes.sort_by(|a, b| a.rate.total_cmp(&b.rate));
    outcomes.swap_remove(outcomes.len() / 2)
}

fn refuse_failures(outcomes: &[&Outcome]) {
    for outcome in outcomes {
        assert_eq!(outcome.failed, 0, "answers that were not 2xx, such as:\n{}", outcome.complaint.as_deref().unwrap_or_default());
    }
}

fn versus(what: &str, ours: &Outcome, limit: &Outcome, name: &str, goal: f64) -> ReportRow {
    let ratio = ours.rate / limit.rate;
    let told = |outcome: &Outcome| format!("{:.0}/s, p99 {}", outcome.rate, ms(outcome.p99));
    ReportRow {
        what: what.to_owned(),
        ours: told(ours),
        limit: format!("{} ({name})", told(limit)),
        ratio: Some(ratio),
        goal: format!("≥ {goal:.2} ×"),
        met: ratio >= goal,
    }
}

fn ms(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}
