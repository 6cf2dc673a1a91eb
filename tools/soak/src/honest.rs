//! The honest callers: they read, list and post at a steady pace, and measure each request from the moment at which it was due.

use crate::people::Cast;
use crate::wire;
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval};

/// The time between two requests.
const EVERY: Duration = Duration::from_millis(40);
/// The range of the honest callers' addresses.
const RANGE: u8 = 9;

/// The jobs whose posting was acknowledged.
#[derive(Default)]
pub(crate) struct Acknowledged(Vec<String>);

impl Acknowledged {
    pub(crate) fn ids(&self) -> &[String] {
        &self.0
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }
}

/// The latencies of the honest callers during one attack.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// The median.
    pub p50: Duration,
    /// The latency that 99 % of the requests keep.
    pub p99: Duration,
    /// The number of requests.
    pub sent: usize,
    /// The complaints about requests that did not get their answer.
    pub failed: Vec<String>,
}

/// Sends requests for a while, and notes the jobs that were acknowledged.
pub(crate) async fn measured(to: SocketAddr, cast: &Cast, lasts: Duration, acknowledged: &mut Acknowledged) -> Outcome {
    let (mut ticks, end) = (interval(EVERY), Instant::now() + lasts);
    // A late tick is made up for: a caller does not wait because another one is served slowly.
    ticks.set_missed_tick_behavior(MissedTickBehavior::Burst);
    let mut asked = JoinSet::new();
    for n in 0_usize.. {
        let due = ticks.tick().await;
        if Instant::now() >= end {
            break;
        }
        let (request, posts) = request(n, cast);
        let from = wire::source(RANGE, n % cast.honest.len());
        asked.spawn(async move {
            let answer = wire::ask(from, to, &request).await;
            (due.elapsed(), posts, answer)
        });
    }
    let (mut took, mut failed) = (Vec::new(), Vec::new());
    while let Some(one) = asked.join_next().await {
        let (time, posts, answer) = one.expect("a caller does not panic");
        took.push(time);
        match answer {
            Ok(answer) if (200..300).contains(&answer.status) => acknowledged.0.extend(posts.then(|| id(&answer.text)).flatten()),
            Ok(answer) => failed.push(format!("{} {}", answer.status, answer.text.lines().last().unwrap_or_default())),
            Err(error) => failed.push(error.to_string()),
        }
    }
    took.sort_unstable();
    let at = |share: f64| took.get((took.len() as f64 * share) as usize).copied().unwrap_or_default();
    Outcome { p50: at(0.5), p99: at(0.99), sent: took.len(), failed }
}

/// Returns the `n`-th request, and true if it posts a job.
fn request(n: usize, cast: &Cast) -> (Vec<u8>, bool) {
    let caller = &cast.honest[n % cast.honest.len()];
    let key = format!("x-api-key: {}\r\ncontent-type: application/json\r\n", caller.key);
    let get = |path: &str, headers: &str| (wire::request("GET", path, headers, b""), false);
    // The turn and the caller rise together, and every caller has each turn in time.
    match (n + n / cast.honest.len()) % 4 {
        0 => get(&format!("/api/jobs/{}", caller.job), &key),
        1 => get("/jobs", "accept: text/html\r\n"),
        2 => get("/api/agent/jobs/available?limit=20", &key),
        _ => {
            let title = format!("Proofread the minutes of meeting {n}");
            let job = serde_json::json!({ "title": title, "description": "Names stay.", "category": "translation", "budget_max": 3000 });
            (wire::request("POST", "/api/agent/jobs", &key, job.to_string().as_bytes()), true)
        }
    }
}

/// Returns the id of a posted job.
fn id(answer: &str) -> Option<String> {
    let (_, body) = answer.split_once("\r\n\r\n")?;
    let body: serde_json::Value = serde_json::from_str(body).ok()?;
    Some(body.get("job").unwrap_or(&body).get("id")?.as_str()?.to_owned())
}
