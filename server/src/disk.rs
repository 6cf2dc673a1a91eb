//! The room on the database's disk, and the operator's limit for all files: beyond them nothing is written, and writing goes on by itself
//! when there is room again.

use market::{Market, file};
use std::path::{Path, PathBuf};
use std::time::Duration;
use storage::{FileStore, free_space};

/// The time between two looks at the disk.
const EVERY: Duration = Duration::from_secs(1);
/// The share of the free space kept for files that is kept for the database: it writes little at a time.
const SHARE: u64 = 16;

/// Returns the folder of an embedded database; none for one on another server, which watches its own disk.
pub(crate) fn of_database(url: &str) -> Option<PathBuf> {
    let file = Path::new(url.strip_prefix("sqlite://")?.split('?').next()?);
    Some(file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned())
}

/// Watches the disk of a folder for ever.
pub(crate) async fn watch(market: Market, folder: PathBuf, free_min: u64) {
    let mut looks = tokio::time::interval(EVERY);
    let mut was_full = false;
    loop {
        looks.tick().await;
        // An unreadable disk is no reason to stop.
        let is_full = free_space(&folder).is_ok_and(|free| free < free_min / SHARE);
        match (was_full, is_full) {
            (false, true) => tracing::error!("the disk of the database is full: nothing is written until there is room"),
            (true, false) => tracing::info!("the disk of the database has room again: writing goes on"),
            _ => {}
        }
        market.db.refuse_writes(is_full);
        was_full = is_full;
    }
}

/// The time between two sums of the sizes of all files.
const ADDED_UP_EVERY: Duration = Duration::from_secs(10);

/// Refuses uploads for as long as all files together take `total_max` bytes.
pub(crate) async fn watch_files(market: Market, files: FileStore, total_max: u64) {
    let mut looks = tokio::time::interval(ADDED_UP_EVERY);
    let mut was_full = false;
    loop {
        looks.tick().await;
        // A database that can't be read takes no uploads anyway.
        let Ok(total) = total(&market).await else { continue };
        let is_full = total.unsigned_abs() >= total_max;
        if is_full && !was_full {
            tracing::error!(total, total_max, "the files take as much as GUILDHALL_FILES_TOTAL_MAX allows: no more are taken");
        }
        files.refuse_uploads(is_full);
        was_full = is_full;
    }
}

async fn total(market: &Market) -> market::Result<i64> {
    file::total(&mut market.read().await?).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_embedded_database_has_a_folder() {
        assert_eq!(of_database("sqlite://data/guildhall.db"), Some("data".into()));
        assert_eq!(of_database("sqlite:///var/lib/g.db?mode=rwc"), Some("/var/lib".into()));
        assert_eq!(of_database("sqlite://g.db"), Some(".".into()));
        assert_eq!(of_database("postgres://db/guildhall"), None);
    }
}
