//! The measurements in their order, and what they share.

use crate::acts::People;
use crate::load::{self, Outcome, request};
use crate::program::{Program, address, guildhall};
use crate::report::{Goal, ReportRow};
use crate::{acts, boards, matching, postgres, raw, reads, seed, streams, uploads, webhooks, weights};
use market::db::Db;
use market::time::Clock;
use market::{Market, Rules};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

/// The time of one run of a rate.
pub(crate) const AWHILE: Duration = Duration::from_secs(3);
/// The number of a poster's payments into the wallet, enough for all jobs.
const PAYMENTS: usize = 100;
/// The names by which single measurements are chosen.
pub(crate) const NAMES: [&str; 11] =
    ["weights", "reads", "lists", "pages", "uploads", "streams", "acts", "postgres", "boards", "matching", "webhooks"];

/// Runs the measurements with these names, or all if there are none.
pub(crate) async fn all(binary: &Path, site: &Path, names: &[String]) -> Vec<ReportRow> {
    if let Some(unknown) = names.iter().find(|name| !NAMES.contains(&name.as_str())) {
        panic!("{unknown} is none of {NAMES:?}");
    }
    let wants = |name: &str| names.is_empty() || names.iter().any(|wanted| wanted == name);
    let folder = std::env::temp_dir().join(market::id::random("guildhall_bench_"));
    let mut rows = Vec::new();
    if NAMES[..7].iter().any(|name| wants(name)) {
        rows.extend(on_one_market(binary, site, &folder, &wants).await);
    }
    if wants("lists") {
        rows.push(reads::long_list(binary, &folder.join("many")).await.said());
    }
    if wants("postgres") {
        rows.extend(postgres::rows(binary, &folder.join("postgres")).await);
    }
    if wants("boards") {
        rows.extend(boards::rows(binary, &folder.join("boards")).await.into_iter().map(ReportRow::said));
    }
    if wants("matching") {
        rows.extend(matching::rows(binary, &folder.join("matching")).await.into_iter().map(ReportRow::said));
    }
    if wants("webhooks") {
        rows.extend(webhooks::rows(binary, &folder.join("webhooks")).await);
    }
    std::fs::remove_dir_all(&folder).expect("removes its folder");
    rows
}

/// Runs the measurements that share a market with 2,000 open jobs.
async fn on_one_market(binary: &Path, site: &Path, folder: &Path, wants: &impl Fn(&str) -> bool) -> Vec<ReportRow> {
    let market = open(folder).await;
    raw::prepare(&market).await.expect("the raw tables");
    let callers = seed::callers(&market, 256, PAYMENTS).await.expect("callers");
    let (worker, posters) = callers.split_last().expect("a worker");
    let open = seed::open(&market, posters, 2_000).await.expect("open jobs");
    seed::settle(&market).await.expect("notifications");
    let mut rows = Vec::new();
    // Start-up and memory are measured first, while the database is new.
    if wants("weights") {
        rows.extend(weights::idle(binary, folder).await.map(ReportRow::said));
        rows.push(weights::binary(binary).said());
        rows.push(weights::scripts(binary, folder, site, &open[0].0).await.said());
    }
    if wants("reads") {
        rows.push(reads::one(binary, folder, &open).await.said());
    }
    if wants("lists") {
        rows.push(reads::list(binary, folder, worker, open.len()).await.said());
    }
    if wants("pages") {
        rows.push(pages(binary, folder).await.said());
    }
    if wants("uploads") {
        rows.push(uploads::row(binary, folder, &open).await.said());
    }
    if wants("streams") {
        rows.extend(streams::rows(binary, folder, posters).await.map(ReportRow::said));
    }
    if wants("acts") {
        rows.extend(acts::rows(binary, folder, &market, &People { posters, worker }).await);
    }
    rows
}

/// The usual rules, but for the number of unfunded jobs: the seed posts thousands.
pub(crate) fn rules() -> Rules {
    Rules { unfunded_jobs_max: 1_000_000, ..Rules::default() }
}

/// Opens a market on a new file in a folder.
pub(crate) async fn open(folder: &Path) -> Market {
    std::fs::create_dir_all(folder).expect("a folder to work in");
    let db = Db::open(&format!("sqlite://{}", folder.join("guildhall.db").display())).await.expect("a database");
    Market::new(db, Clock::System, Arc::new(rules()), Arc::from(&[7_u8; 32][..]), &market::nouns::REGISTRY)
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
    let (mut ours, mut limit) = (Vec::new(), Vec::new());
    for _ in 0..3 {
        ours.push(load::rounds(program.address, 32, get(), AWHILE).await);
        limit.push(load::rounds(bare.address, 32, get(), AWHILE).await);
    }
    refuse_failures(ours.iter().chain(&limit));
    let (ours, limit) = (median(ours), median(limit));
    let ratio = ours.rate / limit.rate;
    let said = |outcome: &Outcome| format!("{:.0}/s, p99 {}", outcome.rate, ms(outcome.p99));
    ReportRow::new("the job list as a page, 32 callers", said(&ours), Goal { text: "≥ 0.25 × bare".into(), met: ratio >= 0.25 })
        .beside(format!("{} (same bytes as a string)", said(&limit)), ratio)
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

pub(crate) fn itself(words: &[&str]) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("its own path"));
    command.args(words);
    command
}

/// Returns the run with the median rate.
pub(crate) fn median(mut outcomes: Vec<Outcome>) -> Outcome {
    outcomes.sort_by(|a, b| a.rate.total_cmp(&b.rate));
    outcomes.swap_remove(outcomes.len() / 2)
}

/// Panics if an answer was an error: a rate of refusals says nothing.
pub(crate) fn refuse_failures<'o>(outcomes: impl IntoIterator<Item = &'o Outcome>) {
    for outcome in outcomes {
        assert_eq!(outcome.failed, 0, "answers that were not 2xx, such as:\n{}", outcome.complaint.as_deref().unwrap_or_default());
    }
}

/// Formats a time in milliseconds.
pub(crate) fn ms(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}
