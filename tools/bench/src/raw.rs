//! The bare limit of writing: group commit with a job's hold in plain statements. It has no rules, events, timers, hash chain or
//! HTTP: nine statements and one durable commit.

mod store;

use market::Market;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Creates the tables, and a wallet for each caller.
pub(crate) async fn prepare(market: &Market) -> market::Result<()> {
    store::prepare(market).await
}

/// Measures the durable holds per second.
pub(crate) async fn rate(market: &Market, callers: usize, how_long: Duration) -> f64 {
    let (end, done, numbers) = (Instant::now() + how_long, Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
    let round = market::id::random("r");
    let tasks: Vec<_> = (0..callers)
        .map(|caller| {
            let (market, done, numbers, round) = (market.clone(), done.clone(), numbers.clone(), round.clone());
            tokio::spawn(async move {
                while Instant::now() < end {
                    let id = format!("{round}_{}", numbers.fetch_add(1, Ordering::Relaxed));
                    let mut tx = market.begin().await.expect("begins");
                    store::hold(&mut tx, &id, &format!("wallet:{caller}")).await.expect("holds");
                    tx.commit().await.expect("commits");
                    done.fetch_add(1, Ordering::Relaxed);
                }
            })
        })
        .collect();
    let begin = Instant::now();
    for task in tasks {
        task.await.expect("a caller does not panic");
    }
    done.load(Ordering::Relaxed) as f64 / begin.elapsed().as_secs_f64()
}
