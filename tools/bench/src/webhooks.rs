//! Measures the sender of webhooks: deliveries a second, the time from an act to the receipt of its event, what a receiver that hangs
//! costs the others, and what endpoints cost acts. The receivers are HTTP servers of this process.

pub(crate) mod bare;
mod receivers;
mod store;

use crate::acts::posts;
use crate::load::{self, request};
use crate::measure::{self, itself, median, ms, refuse_failures};
use crate::program::{Program, address, guildhall};
use crate::report::{Goal, ReportRow};
use crate::seed::{self, Caller};
use market::Market;
use receivers::Receivers;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// The teams with endpoints, and the endpoints of each: every event of a team goes to all of them.
const TEAMS: usize = 5;
const OF_A_TEAM: usize = 10;
const ENDPOINTS: usize = TEAMS * OF_A_TEAM;
/// The number of jobs whose events wait for the program when it starts.
const WAITING: usize = 2_000;
/// The time for which events come at a steady pace, and the deliveries a second of that pace.
const STEADY_FOR: Duration = Duration::from_secs(8);
const STEADY_RATE: usize = 500;
/// The callers that post jobs at once, and the jobs that each round posts.
const CALLERS: usize = 64;
const POSTED: usize = 4_000;
const ROUNDS: usize = 3;
/// The teams that post with endpoints, and as many without.
const POSTERS: usize = 16;
/// The goals.
const RATE_GOAL: f64 = 4_000.0;
const SHARE_GOAL: f64 = 0.10;
const RECEIPT_GOAL: Duration = Duration::from_millis(100);
const HANGING_GOAL: f64 = 1.5;
const ACTS_GOAL: f64 = 0.95;

/// A market with endpoints, and the way to start the program on it.
struct Place<'a> {
    market: Market,
    binary: &'a Path,
    folder: PathBuf,
    /// The database; none for the file in the folder.
    database: Option<String>,
    /// The engine before the name of a row; nothing for SQLite.
    engine: &'static str,
}

impl Place<'_> {
    async fn start(&self) -> Program {
        let listen = address();
        let mut command: Command = guildhall(self.binary, &self.folder, listen);
        if let Some(database) = &self.database {
            command.env("GUILDHALL_DATABASE", database);
        }
        Program::start(command, listen, "/api/health").await
    }

    fn named(&self, what: &str) -> String {
        format!("{}{what}", self.engine)
    }
}

/// Measures on markets of their own: on SQLite, and the first two rows on PostgreSQL if there is a server.
pub(crate) async fn rows(binary: &Path, folder: &Path) -> Vec<ReportRow> {
    let mut rows = Vec::new();
    let market = measure::open(&folder.join("sent")).await;
    let place = Place { market, binary, folder: folder.join("sent"), database: None, engine: "" };
    rows.extend(sent(&place).await);
    let market = measure::open(&folder.join("acts")).await;
    let place = Place { market, binary, folder: folder.join("acts"), database: None, engine: "" };
    rows.push(acts(&place).await.said());
    if let Some((database, market)) = crate::postgres::another("guildhall_webhooks").await {
        let place = Place { market, binary, folder: folder.join("postgres"), database: Some(database), engine: "PostgreSQL: " };
        rows.extend(sent(&place).await);
    }
    rows
}

/// Measures the rate, the time to the receipt, and what a receiver that hangs changes.
async fn sent(place: &Place<'_>) -> Vec<ReportRow> {
    let teams = seed::callers(&place.market, TEAMS, 0).await.expect("callers");
    let teams = &teams[..TEAMS];
    let receivers = Receivers::open(ENDPOINTS).await;
    let program = place.start().await;
    for (n, team) in teams.iter().enumerate() {
        register(&program, team, &receivers.urls()[n * OF_A_TEAM..(n + 1) * OF_A_TEAM]).await;
    }
    // PostgreSQL plans for empty tables until autovacuum looks at them, within a minute or two.
    steady(&program, teams, &receivers, 0).await;
    store::analyze(&place.market).await.expect("PostgreSQL or SQLite analyzes");
    // Events come while the program runs, and nothing else does.
    let quiet = steady(&program, teams, &receivers, 1).await;
    let again = steady(&program, teams, &receivers, 2).await;
    let quiet = quiet.min(again);
    let receipt = Goal { text: format!("p99 ≤ {} ms", RECEIPT_GOAL.as_millis()), met: quiet.p99 <= RECEIPT_GOAL };
    let what = place.named(&format!("from the begin of an act to the receipt of its event, {STEADY_RATE} deliveries/s to {ENDPOINTS}"));
    let mut rows = vec![ReportRow::new(what, quiet.said(), receipt).said()];
    receivers.hang(Some(0));
    let beside = steady(&program, teams, &receivers, 3).await.min(steady(&program, teams, &receivers, 4).await);
    receivers.hang(None);
    let ratio = beside.p99.as_secs_f64() / quiet.p99.as_secs_f64();
    let met = ratio <= HANGING_GOAL;
    let what = place.named(&format!("the same for {} receivers while one hangs", ENDPOINTS - 1));
    let row = ReportRow::new(what, beside.said(), Goal { text: format!("p99 ≤ {HANGING_GOAL} × without"), met });
    rows.push(row.beside(format!("{} (none hangs)", quiet.said()), ratio).said());
    drop(program);
    rows.push(rate(place, teams, &receivers).await.said());
    rows
}

/// Registers a team's endpoints over HTTP, as its bots do.
async fn register(program: &Program, team: &Caller, urls: &[String]) {
    let body = |url: &String| format!(r#"{{"url": "{url}", "events": ["job.posted"]}}"#);
    let made = urls.iter().map(|url| request("POST", "/v1/webhooks", &[("X-API-Key", &team.key)], Some(&body(url)))).collect();
    refuse_failures([&load::each(program.address, 1, made).await]);
}

/// The times from acts to receipts.
#[derive(Clone, Copy)]
struct Receipts {
    p50: Duration,
    p99: Duration,
}

impl Receipts {
    fn of(mut took: Vec<Duration>) -> Self {
        took.sort_unstable();
        let at = |share: f64| took.get((took.len() as f64 * share) as usize).copied().expect("something was received");
        Self { p50: at(0.5), p99: at(0.99) }
    }

    /// Returns the better of two runs: the machine does other things, too.
    fn min(self, other: Self) -> Self {
        if self.p99 <= other.p99 { self } else { other }
    }

    fn said(self) -> String {
        format!("p50 {}, p99 {}", ms(self.p50), ms(self.p99))
    }
}

/// Posts jobs at a steady pace, by the teams in turn, and returns the times until their events were received.
async fn steady(program: &Program, teams: &[Caller], receivers: &Receivers, round: usize) -> Receipts {
    let every = Duration::from_secs(OF_A_TEAM as u64) / u32::try_from(STEADY_RATE).expect("a small number");
    let jobs = (STEADY_FOR.as_secs_f64() / every.as_secs_f64()) as usize;
    receivers.forget();
    let mut pace = tokio::time::interval(every);
    let mut posted = Vec::new();
    for one in posts(teams, jobs, 1_000_000 + round) {
        pace.tick().await;
        let address = program.address;
        posted.push(tokio::spawn(async move { load::each(address, 1, vec![one]).await }));
    }
    for one in posted {
        refuse_failures([&one.await.expect("a caller does not panic")]);
    }
    receivers.until((jobs as f64 * receivers.of_each(OF_A_TEAM, TEAMS)) as usize).await;
    Receipts::of(receivers.took())
}

/// Measures the deliveries of waiting events a second, from the program's start until the database has all of them as delivered.
async fn rate(place: &Place<'_>, teams: &[Caller], receivers: &Receivers) -> ReportRow {
    seed::open(&place.market, teams, WAITING).await.expect("open jobs");
    seed::settle(&place.market).await.expect("notifications");
    store::lapse(&place.market).await.expect("leases that are over");
    let all = WAITING * OF_A_TEAM;
    receivers.forget();
    let (begin, program) = (Instant::now(), place.start().await);
    receivers.until(all).await;
    while store::waiting(&place.market).await.expect("reads") > 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let ours = all as f64 / begin.elapsed().as_secs_f64();
    drop(program);
    let limit = bare_rate(place, receivers).await;
    let ratio = ours / limit;
    let met = ours >= RATE_GOAL && ratio >= SHARE_GOAL;
    let goal = Goal { text: format!("≥ {RATE_GOAL:.0}/s, ≥ {SHARE_GOAL:.2} × bare"), met };
    let what = place.named(&format!("deliveries of {WAITING} waiting events to {OF_A_TEAM} each of {ENDPOINTS} endpoints, durable"));
    ReportRow::new(what, format!("{ours:.0}/s"), goal).beside(format!("{limit:.0}/s (signed and posted, no database)"), ratio)
}

/// Measures signing and posting of the last body that came, without a database.
async fn bare_rate(place: &Place<'_>, receivers: &Receivers) -> f64 {
    let body = place.folder.join("body.json");
    std::fs::create_dir_all(&place.folder).expect("a folder to work in");
    std::fs::write(&body, receivers.last_body()).expect("keeps the body");
    let mut words = vec!["bare-webhooks".to_owned(), body.display().to_string()];
    words.extend(receivers.urls().iter().cloned());
    let words: Vec<_> = words.iter().map(String::as_str).collect();
    let mut bare = itself(&words).spawn().expect("it starts");
    // The connections are opened first.
    receivers.forget();
    receivers.until(ENDPOINTS * 20).await;
    let before = receivers.count();
    let begin = Instant::now();
    tokio::time::sleep(measure::AWHILE).await;
    let rate = (receivers.count() - before) as f64 / begin.elapsed().as_secs_f64();
    bare.kill().expect("it runs");
    bare.wait().expect("it ends");
    rate
}

/// Measures posting by teams with [`OF_A_TEAM`] endpoints on every event, beside posting by as many teams without. The rounds take turns,
/// so that both kinds of teams have as many jobs.
async fn acts(place: &Place<'_>) -> ReportRow {
    let callers = seed::callers(&place.market, 2 * POSTERS, 0).await.expect("callers");
    let groups = callers[..2 * POSTERS].split_at(POSTERS);
    let receivers = Receivers::open(OF_A_TEAM).await;
    let program = place.start().await;
    for team in groups.1 {
        register(&program, team, receivers.urls()).await;
    }
    let (mut without, mut with) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        for (n, (posters, outcomes)) in [(groups.0, &mut without), (groups.1, &mut with)].into_iter().enumerate() {
            outcomes.push(load::each(program.address, CALLERS, posts(posters, POSTED, 2_000_000 + round * 2 + n)).await);
        }
    }
    refuse_failures(without.iter().chain(&with));
    let (without, with) = (median(without), median(with));
    let ratio = with.rate / without.rate;
    let goal = Goal { text: format!("≥ {ACTS_GOAL} × without"), met: ratio >= ACTS_GOAL };
    let said = |outcome: &load::Outcome| format!("{:.0}/s, p99 {}", outcome.rate, ms(outcome.p99));
    let what = format!("post over HTTP, {CALLERS} callers, {OF_A_TEAM} endpoints on every event");
    eprintln!("{} deliveries were received meanwhile", receivers.count());
    ReportRow::new(what, said(&with), goal).beside(format!("{} (without endpoints)", said(&without)), ratio)
}
