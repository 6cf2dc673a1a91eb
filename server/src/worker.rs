//! Background workers: they run due timers, send mail and delete what has expired. The acts are the market's.

use crate::mail::MailTransport;
use crate::metrics::Metrics;
use api::Services;
use market::db::Tx;
use market::key::Uses;
use market::live::Hub;
use market::nouns::REGISTRY;
use market::outbound::Client;
use market::{
    Duration, Market, Result, SWEEP_BATCH, Time, address, approval, delivery, event, hallmark, idempotency, invitation, lapse, login,
    member, notification, payment, reset, second_factor, session, timer, unsent, verification,
};
use storage::FileStore;
use tokio::sync::watch;
use tokio::task::JoinSet;

mod money;
mod privacy;
mod webhooks;

/// The longest wait before timers are looked up again, for those set meanwhile.
const LOOK_AGAIN: Duration = Duration::seconds(1);
/// The pause after a failure, such as a database that can't be reached.
const PAUSE: std::time::Duration = std::time::Duration::from_secs(5);
const CLEANUP_EVERY: std::time::Duration = std::time::Duration::from_secs(600);
const FILE_CLEANUPS_A_DAY: u32 = 144;
const KEY_USAGE_EVERY: std::time::Duration = std::time::Duration::from_secs(60);
const UPKEEP_EVERY: std::time::Duration = std::time::Duration::from_secs(5);
/// The longest a worker may take to finish its current step when the server stops.
const FINISH_WITHIN: std::time::Duration = std::time::Duration::from_secs(1);

pub(crate) fn spawn(services: &Services, mailer: MailTransport, client: Client, metrics: &Metrics) -> JoinSet<()> {
    let Services { market, files, hub, uses, draining, .. } = services;
    let mut workers = JoinSet::new();
    workers.spawn(until(draining.clone(), timers(market.clone())));
    workers.spawn(until(draining.clone(), emails(market.clone(), mailer)));
    workers.spawn(until(draining.clone(), notifications(market.clone())));
    workers.spawn(until(draining.clone(), cleanup(market.clone())));
    workers.spawn(until(draining.clone(), hallmarks(market.clone())));
    workers.spawn(until(draining.clone(), file_cleanup(market.clone(), files.clone())));
    money::spawn(&mut workers, services);
    privacy::spawn(&mut workers, services);
    webhooks::spawn(&mut workers, services, client);
    workers.spawn(until(draining.clone(), key_usage(market.clone(), uses.clone())));
    workers.spawn(until(draining.clone(), metrics_upkeep(metrics.clone(), hub.clone())));
    workers.spawn(streams(draining.clone(), market.clone(), hub.clone()));
    workers
}

/// Ends when a worker panicked; never ends while all workers run or have ended normally.
pub(crate) async fn broken(workers: &mut JoinSet<()>) {
    while let Some(ended) = workers.join_next().await {
        if ended.is_err() {
            // The panic hook has logged what and where.
            return;
        }
    }
    std::future::pending().await
}

/// Waits briefly for the workers to end: an interrupted step is rolled back, or runs again after the next start.
pub(crate) async fn finish(mut workers: JoinSet<()>, services: &Services) {
    let all = async {
        while workers.join_next().await.is_some() {}
        flush(&services.market, &services.uses).await;
    };
    if tokio::time::timeout(FINISH_WITHIN, all).await.is_err() {
        tracing::debug!("a worker was cut off");
    }
}

/// Works until the server stops.
pub(crate) async fn until(mut draining: watch::Receiver<bool>, work: impl Future<Output = ()>) {
    tokio::select! {
        _ = draining.wait_for(|draining| *draining) => {}
        () = work => {}
    }
}

/// Returns the pause after a round of work: none while there is more of it.
fn wait(round: Result<bool>, usual: std::time::Duration, failure: &'static str) -> std::time::Duration {
    match round {
        Ok(true) => std::time::Duration::ZERO,
        Ok(false) => usual,
        Err(error) => {
            tracing::error!(code = %error.code, "{failure}");
            PAUSE
        }
    }
}

async fn timers(market: Market) {
    loop {
        let wait = match timer::run_due(&market).await {
            Ok(next) => next.map_or(LOOK_AGAIN, |due: Time| due.since(market.clock.now()).min(LOOK_AGAIN)).std(),
            Err(error) => {
                tracing::error!(code = %error.code, "timers could not be run");
                PAUSE
            }
        };
        tokio::time::sleep(wait).await;
    }
}

/// Sends mail as soon as this process queues it, and polls for mail of other processes and for repetitions.
async fn emails(market: Market, mailer: MailTransport) {
    loop {
        let wait = match timer::send_due(&market, &mailer).await {
            Ok(()) => LOOK_AGAIN.std(),
            Err(error) => {
                tracing::error!(code = %error.code, "letters could not be sent");
                PAUSE
            }
        };
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            () = market.db.something_due() => {}
        }
    }
}

/// Tells members what happened, soon after it did.
async fn notifications(market: Market) {
    loop {
        match notification::follow(&market).await {
            Ok(true) => {}
            Ok(false) => tokio::time::sleep(LOOK_AGAIN.std()).await,
            Err(error) => {
                tracing::error!(code = %error.code, "members could not be told what happened");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

/// Issues the hallmarks of jobs that were paid before there were hallmarks, once after the start.
async fn hallmarks(market: Market) {
    if let Err(error) = hallmark::issue_all_missing(&market).await {
        tracing::warn!(code = %error.code, "some hallmarks could not be issued; the next start tries again");
    }
}

async fn cleanup(market: Market) {
    loop {
        for expirable in Expirable::ALL {
            if let Err(error) = sweep(&market, expirable).await {
                tracing::warn!(code = %error.code, ?expirable, "sweeping up failed");
            }
        }
        tokio::time::sleep(CLEANUP_EVERY).await;
    }
}

/// Deletes broken and removed uploads every few minutes, and files without a row once a day, because that lists the whole storage.
async fn file_cleanup(market: Market, files: FileStore) {
    loop {
        if let Err(error) = storage::sweep_orphans(&market, &files).await {
            tracing::warn!(code = %error.code, "looking for files that no row tells of failed");
        }
        for _ in 0..FILE_CLEANUPS_A_DAY {
            if let Err(error) = storage::sweep(&market, &files).await {
                tracing::warn!(code = %error.code, "sweeping up files failed");
            }
            tokio::time::sleep(CLEANUP_EVERY).await;
        }
    }
}

/// Writes the recorded uses of API keys; writing them in each request would slow it down.
async fn key_usage(market: Market, uses: Uses) {
    loop {
        tokio::time::sleep(KEY_USAGE_EVERY).await;
        flush(&market, &uses).await;
    }
}

/// Runs the hub, and closes all streams when the server stops, so that they don't delay it; clients reconnect.
async fn streams(draining: watch::Receiver<bool>, market: Market, hub: Hub) {
    until(draining, hub.clone().run(market)).await;
    hub.stop();
}

async fn metrics_upkeep(metrics: Metrics, hub: Hub) {
    loop {
        tokio::time::sleep(UPKEEP_EVERY).await;
        metrics.listened(hub.count());
        metrics.upkeep();
    }
}

async fn flush(market: &Market, uses: &Uses) {
    if let Err(error) = uses.flush(market).await {
        tracing::warn!(code = %error.code, "the last uses of some keys were not written down");
    }
}

/// The kinds of rows that expire.
#[derive(Clone, Copy, Debug)]
enum Expirable {
    Sessions,
    /// Forms whose session had ended.
    Unsent,
    Links,
    /// Links to a new password.
    Resets,
    /// Sign-ins that wait for a code.
    Challenges,
    /// Links that keep an account.
    Closings,
    /// Wrong passwords and known networks.
    Logins,
    /// Accounts whose address was never verified.
    Accounts,
    /// Links to confirm a new address.
    Addresses,
    /// Invitations that ended long ago.
    Invitations,
    Answers,
    /// The news of a payment provider.
    PaymentNews,
    Events,
    /// Lines of audit logs.
    Audit,
    Notifications,
    /// Deliveries of webhooks.
    Deliveries,
    /// Approvals of spends that ended long ago.
    Approvals,
}

impl Expirable {
    const ALL: [Self; 17] = [
        Self::Sessions,
        Self::Unsent,
        Self::Links,
        Self::Resets,
        Self::Challenges,
        Self::Closings,
        Self::Logins,
        Self::Accounts,
        Self::Addresses,
        Self::Invitations,
        Self::Answers,
        Self::PaymentNews,
        Self::Events,
        Self::Audit,
        Self::Notifications,
        Self::Deliveries,
        Self::Approvals,
    ];

    /// Returns the most rows that one transaction deletes.
    const fn batch(self) -> i64 {
        match self {
            Self::Accounts => lapse::BATCH,
            _ => SWEEP_BATCH,
        }
    }

    /// Deletes one batch of expired rows and returns their number.
    async fn sweep(self, tx: &mut Tx) -> Result<u64> {
        match self {
            Self::Sessions => session::sweep(tx).await,
            Self::Unsent => unsent::sweep(tx).await,
            Self::Links => verification::sweep(tx).await,
            Self::Resets => reset::sweep(tx).await,
            Self::Challenges => second_factor::sweep(tx).await,
            Self::Closings => member::sweep(tx).await,
            Self::Logins => login::sweep(tx).await,
            Self::Accounts => lapse::sweep(tx).await,
            Self::Addresses => address::sweep(tx).await,
            Self::Invitations => invitation::sweep(tx).await,
            Self::Answers => idempotency::forget_old(tx).await,
            Self::PaymentNews => payment::forget_old(tx).await,
            Self::Events => event::sweep(tx, &REGISTRY.events).await,
            Self::Audit => event::sweep_audit(tx, &REGISTRY.events).await,
            Self::Notifications => notification::sweep(tx).await,
            Self::Deliveries => delivery::sweep(tx).await,
            Self::Approvals => approval::sweep(tx).await,
        }
    }
}

/// Deletes all expired rows in batches, each in its own transaction, so that other writers get their turn.
async fn sweep(market: &Market, expirable: Expirable) -> Result<()> {
    loop {
        let mut tx = market.begin().await?;
        let swept = expirable.sweep(&mut tx).await?;
        tx.commit().await?;
        if swept < expirable.batch().unsigned_abs() {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use testkit::TestApp;

    #[tokio::test(flavor = "multi_thread")]
    async fn a_sweep_leaves_nothing_however_much_there_is() {
        let app = TestApp::sqlite().await;
        app.newcomer("ada").await;
        let market = &app.market;
        let mut tx = market.begin().await.unwrap();
        for n in 0..2 * SWEEP_BATCH + 1 {
            session::create(&mut tx, &n.to_string(), "{}", market.clock.now()).await.unwrap();
            let ticket = idempotency::Ticket::new("ada".into(), &n.to_string(), &market.secret, &[]).unwrap();
            idempotency::claim(&mut tx, &ticket).await.unwrap();
            idempotency::keep(&mut tx, &idempotency::Answer { status: 200, body: String::new() }).await.unwrap();
        }
        tx.commit().await.unwrap();
        market.clock.advance(Duration::days(60));
        let working = tokio::spawn(cleanup(market.clone()));
        let left = async || {
            let mut left = 0;
            for expirable in Expirable::ALL {
                // The sweep is not committed, so it only counts.
                left += expirable.sweep(&mut market.begin().await.unwrap()).await.unwrap();
            }
            left
        };
        testkit::eventually("nothing is left", async || left().await == 0).await;
        working.abort();
        app.close().await;
    }

    #[tokio::test]
    async fn a_panic_is_noticed_and_a_good_end_is_none() {
        let mut workers = JoinSet::new();
        workers.spawn(async {});
        let soon = std::time::Duration::from_millis(50);
        assert!(tokio::time::timeout(soon, broken(&mut workers)).await.is_err(), "nothing is broken");
        workers.spawn(std::future::pending());
        workers.spawn(async { panic!("on purpose") });
        tokio::time::timeout(std::time::Duration::from_secs(20), broken(&mut workers)).await.expect("the panic is noticed");
    }
}
