//! Measures the three screens over ten thousand rows.

use crate::load::{self, request};
use crate::measure::{self, ms};
use crate::program::{Program, address, guildhall};
use crate::report::{Goal, ReportRow};
use crate::seed::{self, Caller};
use market::{Duration, Market, Rules};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;
use testkit::PASSWORD;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// The number of the poster's jobs. The worker has [`HIRED`] of them; as many jobs of other posters look for proofers.
const JOBS: usize = 10_000;
const HIRED: usize = 4_000;
const GOAL: std::time::Duration = std::time::Duration::from_millis(15);
const VISITS: usize = 100;

/// Measures on a separate market.
pub(crate) async fn rows(binary: &Path, folder: &Path) -> Vec<ReportRow> {
    let market = &measure::open(folder).await;
    let callers = seed::callers(market, 4, 100).await.expect("callers");
    let [poster, proofer, others @ .., worker] = callers.as_slice() else { panic!("too few callers") };
    crowd(market, poster, worker).await;
    seed::unproofed(market, others, worker, JOBS).await.expect("jobs that look for proofers");
    seed::settle(market).await.expect("notifications");
    let listen = address();
    let program = Program::start(guildhall(binary, folder, listen), listen, "/api/health").await;
    let mut rows = Vec::new();
    for (caller, path, jobs) in [(poster, "/hire", JOBS), (worker, "/work", HIRED + JOBS), (proofer, "/proofing", JOBS)] {
        let cookie = signed_in(program.address, caller).await;
        let get = request("GET", path, &[("Accept", "text/html"), ("Cookie", &cookie)], None);
        let mut took = Vec::with_capacity(VISITS);
        for _ in 0..VISITS {
            took.push(visit(program.address, &get).await);
        }
        took.sort_unstable();
        let (half, most) = (took[VISITS / 2], took[VISITS * 99 / 100]);
        let what = format!("{path} over {jobs} jobs, the whole page, 1 caller");
        let goal = Goal { text: format!("p99 ≤ {} ms", GOAL.as_millis()), met: most <= GOAL };
        rows.push(ReportRow::new(what, format!("p50 {}, p99 {}", ms(half), ms(most)), goal));
    }
    rows
}

/// Creates the jobs of one poster: most are open, and a thousand each await funds, are in progress, delivered and paid.
async fn crowd(market: &Market, poster: &Caller, worker: &Caller) {
    // Without a cooldown an approved job is paid at once.
    let market = &Market { rules: Arc::new(Rules { release_delay: Duration::ZERO, ..Rules::clone(&market.rules) }), ..market.clone() };
    let posters = std::slice::from_ref(poster);
    seed::open(market, posters, JOBS - HIRED).await.expect("open jobs");
    let hired = seed::accepted(market, posters, worker, HIRED).await.expect("accepted jobs");
    let funded = &hired[HIRED / 4..];
    seed::fund(market, funded).await.expect("funded jobs");
    let delivered = &funded[HIRED / 4..];
    seed::deliver(market, worker, delivered).await.expect("deliveries");
    seed::approve(market, &delivered[HIRED / 4..]).await.expect("paid jobs");
}

/// Measures the time from the request to the last byte; a member's page is chunked and ends with an empty chunk.
async fn visit(address: SocketAddr, get: &[u8]) -> std::time::Duration {
    let mut stream = TcpStream::connect(address).await.expect("connects");
    stream.set_nodelay(true).expect("a TCP socket");
    let begin = Instant::now();
    stream.write_all(get).await.expect("sends");
    let mut buffer = Vec::with_capacity(256 * 1024);
    while !buffer.ends_with(b"0\r\n\r\n") {
        assert!(stream.read_buf(&mut buffer).await.expect("receives") > 0, "the server hung up");
    }
    assert!(buffer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&buffer[..buffer.len().min(400)]));
    begin.elapsed()
}

/// Signs a browser in and returns its cookie.
async fn signed_in(address: SocketAddr, caller: &Caller) -> String {
    let form = format!("email={}&password={}", caller.email.replace('@', "%40"), PASSWORD.replace(' ', "+"));
    let head = "POST /_fn/sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\nSec-Fetch-Site: same-origin\r\n";
    let form = format!("{head}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}", form.len());
    let mut stream = TcpStream::connect(address).await.expect("connects");
    stream.write_all(form.as_bytes()).await.expect("sends");
    let mut buffer = Vec::new();
    load::answer(&mut stream, &mut buffer).await;
    let answer = String::from_utf8_lossy(&buffer).into_owned();
    let cookie = answer.lines().find_map(|line| line.strip_prefix("set-cookie: ")).unwrap_or_else(|| panic!("not signed in:\n{answer}"));
    cookie.split(';').next().unwrap_or_default().to_owned()
}
