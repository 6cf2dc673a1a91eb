//! The life of a server: start, graceful stop, and an immediate stop when the state of the disk is unknown.

use crate::config::Mode;
use crate::listen::{self, ConnectionLimits};
use crate::{Server, disk, router, worker};
use std::pin::pin;
use std::time::Duration;
use tokio::task::JoinSet;

/// The longest that running requests may take to finish.
const FINISH_WITHIN: Duration = Duration::from_secs(8);
/// The time between "not ready" and the end of listening, in which load balancers notice it.
const NOTICE: Duration = Duration::from_secs(1);

/// The reason why a server ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExitReason {
    /// The operator stopped it.
    Stopped,
    /// A commit failed and the state of the disk is unknown: only a restart finds out.
    Poisoned,
    /// A worker panicked: timers, mail or cleanup would no longer run.
    Broken,
}

impl ExitReason {
    /// The exit code for the supervisor; 70 is `EX_SOFTWARE`.
    pub fn exit_code(self) -> u8 {
        match self {
            ExitReason::Stopped => 0,
            ExitReason::Poisoned | ExitReason::Broken => 70,
        }
    }
}

pub(crate) async fn run(server: Server, stop: impl Future<Output = ()> + Send + 'static) -> ExitReason {
    let mut workers = worker::spawn(&server.services, server.mailer.clone(), server.outbound.clone(), &server.metrics);
    if let Some(folder) = disk::of_database(&server.config.database) {
        let watch = disk::watch(server.services.market.clone(), folder, server.config.free_space_min);
        workers.spawn(worker::until(server.services.draining.clone(), watch));
    }
    let files = disk::watch_files(server.services.market.clone(), server.services.files.clone(), server.config.files_total_max);
    workers.spawn(worker::until(server.services.draining.clone(), files));
    serve(server, workers, stop).await
}

async fn serve(server: Server, mut workers: JoinSet<()>, stop: impl Future<Output = ()> + Send + 'static) -> ExitReason {
    let Server { services, drain, config, listener, connections, metrics, .. } = server;
    let router = router::router(&services, &config, &metrics);
    let notice = if config.mode == Mode::Production { NOTICE } else { Duration::ZERO };
    let told = async move {
        stop.await;
        tracing::info!("stopping: no longer ready, finishing what is under way");
        drain.send_replace(true);
        tokio::time::sleep(notice).await;
    };
    let per_address = config.connections_per_address.filter(|_| !config.trust_proxy);
    let limits = ConnectionLimits { in_all: connections, per_address, ..ConnectionLimits::default() };
    let mut serving = pin!(listen::serve(listener, router, limits, told));
    let mut draining = services.draining.clone();
    let late = async {
        // The sender is not dropped before the drain begins.
        let _ = draining.wait_for(|draining| *draining).await;
        tokio::time::sleep(notice + FINISH_WITHIN).await;
    };
    tokio::select! {
        biased;
        () = services.market.db.poisoned() => {
            tracing::error!("a commit failed and nobody knows what the disk holds; start again to find out");
            return ExitReason::Poisoned;
        }
        () = worker::broken(&mut workers) => {
            tracing::error!("a worker broke; start again, so that timers and mail are seen to");
            return ExitReason::Broken;
        }
        () = &mut serving => {}
        () = late => tracing::warn!("some requests did not finish in time and were cut off"),
    }
    worker::finish(workers, &services).await;
    ExitReason::Stopped
}

/// Returns a future that ends at SIGTERM or SIGINT. The signals are caught from this call on, even before it is awaited.
pub(crate) fn signals() -> impl Future<Output = ()> + Send + 'static {
    use tokio::signal::unix::{SignalKind, signal};
    let (terminate, interrupt) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt()));
    async move {
        match (terminate, interrupt) {
            (Ok(mut terminate), Ok(mut interrupt)) => {
                tokio::select! { _ = terminate.recv() => {}, _ = interrupt.recv() => {} }
            }
            // Without handlers the signals end the process by themselves.
            _ => std::future::pending().await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Parser)]
    struct Said {
        #[command(flatten)]
        settings: crate::Settings,
    }

    #[tokio::test]
    async fn a_broken_worker_ends_it_with_a_failure() {
        let folder = std::env::temp_dir().join(market::id::random("guildhall_broken_"));
        let line = ["guildhall", "--listen", "127.0.0.1:0", "--data", folder.to_str().unwrap()];
        let server = Server::open(Said::parse_from(line).settings.check().unwrap()).await.unwrap();
        let mut workers = JoinSet::new();
        workers.spawn(std::future::pending());
        workers.spawn(async { panic!("on purpose") });
        let running = serve(server, workers, std::future::pending());
        let ending = tokio::time::timeout(Duration::from_secs(20), running).await.expect("it ends");
        assert_eq!((ending, ending.exit_code()), (ExitReason::Broken, 70));
        std::fs::remove_dir_all(folder).unwrap();
    }
}
