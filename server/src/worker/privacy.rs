//! The workers that build copies of members' data, and that delete accounts whose time is over.

use super::{until, wait};
use api::Services;
use market::{Market, deletion};
use std::time::Duration;
use storage::FileStore;
use tokio::task::JoinSet;

/// The pause between two looks for exports: a person waits for one.
const EXPORTS_EVERY: Duration = Duration::from_secs(2);
const DELETIONS_EVERY: Duration = Duration::from_secs(60);

pub(super) fn spawn(workers: &mut JoinSet<()>, services: &Services) {
    let Services { market, files, draining, .. } = services;
    workers.spawn(until(draining.clone(), exports(market.clone(), files.clone())));
    workers.spawn(until(draining.clone(), deletions(market.clone())));
}

/// Builds exports, and removes those whose time is over.
async fn exports(market: Market, files: FileStore) {
    loop {
        let round = storage::export_due(&market, &files).await;
        tokio::time::sleep(wait(round, EXPORTS_EVERY, "exports could not be looked up")).await;
    }
}

/// Erases the words of closed accounts.
async fn deletions(market: Market) {
    loop {
        let round = deletion::erase_due(&market).await;
        tokio::time::sleep(wait(round, DELETIONS_EVERY, "an account could not be deleted")).await;
    }
}
