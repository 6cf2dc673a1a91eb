//! Measures the ranking of a hundred thousand open tasks for one worker, as the API answers it.

use crate::load::{self, request};
use crate::measure::{self, ms};
use crate::program::{Program, address, guildhall};
use crate::report::{Goal, ReportRow};
use crate::seed::{self, Caller};
use market::job::{Draft, TermsDraft};
use market::{Market, Result, job, preference};
use std::path::Path;
use std::time::{Duration, Instant};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

const TASKS: usize = 100_000;
const GOAL: Duration = Duration::from_millis(50);
const VISITS: usize = 300;
/// The number of tasks that one transaction posts.
const BATCH: usize = 500;
/// The skills that the tasks ask for, three each.
const SKILLS: [&str; 12] = ["rust", "sql", "go", "perl", "css", "excel", "figma", "french", "ocr", "pdf", "react", "latex"];
const CATEGORIES: [&str; 4] = ["coding", "data", "writing", "design"];

/// Measures on a separate market.
pub(crate) async fn rows(binary: &Path, folder: &Path) -> Vec<ReportRow> {
    let market = &measure::open(folder).await;
    let callers = seed::callers(market, 80, 1).await.expect("callers");
    let (worker, posters) = callers.split_last().expect("a worker");
    posted(market, &posters[..16]).await.expect("open tasks");
    prefer(market, worker).await.expect("preferences");
    seed::settle(market).await.expect("notifications");
    let listen = address();
    let program = Program::start(guildhall(binary, folder, listen), listen, "/api/health").await;
    let mut rows = Vec::new();
    for path in ["/api/tasks/recommended", "/api/tasks/matched?skills=rust,sql,pdf&budget_min=20", "/api/tasks/recommended?offset=10000"] {
        let get = request("GET", path, &[("X-API-Key", &worker.key)], None);
        let mut took = Vec::with_capacity(VISITS);
        // The first request builds the index.
        visit(program.address, &get).await;
        for _ in 0..VISITS {
            took.push(visit(program.address, &get).await);
        }
        took.sort_unstable();
        let (half, most) = (took[VISITS / 2], took[VISITS * 99 / 100]);
        let goal = Goal { text: format!("p99 ≤ {} ms", GOAL.as_millis()), met: most <= GOAL };
        rows.push(ReportRow::new(format!("{path} over {TASKS} tasks, 1 caller"), format!("p50 {}, p99 {}", ms(half), ms(most)), goal));
    }
    rows
}

/// Posts the tasks, by the posters in turn.
async fn posted(market: &Market, posters: &[Caller]) -> Result<()> {
    for first in (0..TASKS).step_by(BATCH) {
        let mut tx = market.begin().await?;
        for n in first..first + BATCH {
            job::post(&mut tx, &posters[n % posters.len()].actor, &draft(n)).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

fn draft(n: usize) -> Draft {
    let skills = [n, n / 5 + 1, n / 7 + 2].map(|n| SKILLS[n % SKILLS.len()].to_owned());
    let budget = 1_000 + i64::try_from(n % 997).unwrap_or_default() * 100;
    Draft {
        title: format!("Task number {n}"),
        description: "All 212 fixtures parse to the same rows; an unknown field is kept, not dropped.".into(),
        category: CATEGORIES[n % CATEGORIES.len()].into(),
        budget_max: Some(budget),
        terms: TermsDraft { skills: Some(skills.into()), ..TermsDraft::default() },
        ..Draft::default()
    }
}

/// The worker looks for tasks of all categories that there are.
async fn prefer(market: &Market, worker: &Caller) -> Result<()> {
    let words = |words: &[&str]| Some(words.iter().map(|&word| word.to_owned()).collect());
    let (skills, categories) = (words(&SKILLS[..8]), words(&CATEGORIES));
    let change = preference::Change { skills, categories, budget_min: Some(1_000), ..preference::Change::default() };
    let mut tx = market.begin().await?;
    preference::update(&mut tx, &worker.actor, &change).await?;
    tx.commit().await
}

/// Measures one request on a connection of its own.
async fn visit(address: std::net::SocketAddr, get: &[u8]) -> Duration {
    let mut stream = TcpStream::connect(address).await.expect("connects");
    stream.set_nodelay(true).expect("a TCP socket");
    let (begin, mut buffer) = (Instant::now(), Vec::new());
    stream.write_all(get).await.expect("sends");
    load::answer(&mut stream, &mut buffer).await;
    assert!(buffer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&buffer[..buffer.len().min(400)]));
    begin.elapsed()
}
