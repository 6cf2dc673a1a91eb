//! What goes on without being asked: timers and mail as they fall due, and sweeping up. The acts are the market's.

use crate::mail::Post;
use crate::metrics::Numbers;
use market::key::Uses;
use market::{Market, Result, Span, Time, idempotency, session, timer};
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinSet;

/// True once the server began to stop.
pub(crate) type Draining = watch::Receiver<bool>;

/// Timers set meanwhile are seen this much later at most.
const LOOK_AGAIN: Span = Span::seconds(1);
/// After a failure, such as a database out of reach.
const PAUSE: Duration = Duration::from_secs(5);
const SWEEP_EVERY: Duration = Duration::from_secs(600);
const NOTE_EVERY: Duration = Duration::from_secs(60);
const FOLD_EVERY: Duration = Duration::from_secs(5);
/// How long a worker may take to finish what it is at.
const FINISH_WITHIN: Duration = Duration::from_secs(1);

pub(crate) fn spawn(market: &Market, mailer: Post, numbers: &Numbers, uses: &Uses, draining: &Draining) -> JoinSet<()> {
    let mut workers = JoinSet::new();
    workers.spawn(until(draining.clone(), timers(market.clone(), mailer)));
    workers.spawn(until(draining.clone(), sweeps(market.clone())));
    workers.spawn(until(draining.clone(), notes(market.clone(), uses.clone())));
    workers.spawn(until(draining.clone(), folds(numbers.clone())));
    workers
}

/// Waits for the workers, but not for long: whatever they leave half done never happened, or is done again.
pub(crate) async fn finish(mut workers: JoinSet<()>, market: &Market, uses: &Uses) {
    let all = async {
        while workers.join_next().await.is_some() {}
        flush(market, uses).await;
    };
    if tokio::time::timeout(FINISH_WITHIN, all).await.is_err() {
        tracing::debug!("a worker was cut off");
    }
}

async fn until(mut draining: Draining, work: impl Future<Output = ()>) {
    tokio::select! {
        _ = draining.wait_for(|draining| *draining) => {}
        () = work => {}
    }
}

async fn timers(market: Market, mailer: Post) {
    loop {
        let wait = match timer::run_due(&market, &mailer).await {
            Ok(next) => next.map_or(LOOK_AGAIN, |due: Time| due.since(market.clock.now()).min(LOOK_AGAIN)).std(),
            Err(error) => {
                tracing::error!(code = %error.code, "timers could not be run");
                PAUSE
            }
        };
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            () = market.db.something_due() => {}
        }
    }
}

async fn sweeps(market: Market) {
    loop {
        if let Err(error) = sweep(&market).await {
            tracing::warn!(code = %error.code, "sweeping up failed");
        }
        tokio::time::sleep(SWEEP_EVERY).await;
    }
}

/// What requests only noted, because writing it down then and there would have slowed them.
async fn notes(market: Market, uses: Uses) {
    loop {
        tokio::time::sleep(NOTE_EVERY).await;
        flush(&market, &uses).await;
    }
}

async fn folds(numbers: Numbers) {
    loop {
        tokio::time::sleep(FOLD_EVERY).await;
        numbers.fold();
    }
}

async fn flush(market: &Market, uses: &Uses) {
    if let Err(error) = uses.flush(market).await {
        tracing::warn!(code = %error.code, "the last uses of some keys were not written down");
    }
}

async fn sweep(market: &Market) -> Result<()> {
    let mut tx = market.begin().await?;
    session::sweep(&mut tx).await?;
    idempotency::forget_old(&mut tx).await?;
    tx.commit().await
}
