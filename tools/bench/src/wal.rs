//! The number of pages that are written to SQLite's log, counted while it is written.
//!
//! The log begins anew after a checkpoint, with new salts in its head; frames with the old salts are what is left of the time before.

use rusqlite::{Connection, OpenFlags};
use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

const HEAD: u64 = 32;
const FRAME_HEAD: u64 = 24;
/// The time between two looks: shorter than the log takes to grow to a checkpoint.
const PAUSE: Duration = Duration::from_millis(20);

/// A log that is being followed.
pub(crate) struct Log {
    stop: oneshot::Sender<()>,
    task: JoinHandle<Pages>,
}

/// How often each page was written, by the page's number.
#[derive(Default)]
pub(crate) struct Pages(HashMap<u32, u64>);

impl Pages {
    /// Returns the number of pages that were written, each time they were.
    pub(crate) fn total(&self) -> u64 {
        self.0.values().sum()
    }

    /// Adds those that were counted at another time.
    pub(crate) fn and(mut self, more: &Self) -> Self {
        for (page, n) in &more.0 {
            *self.0.entry(*page).or_default() += n;
        }
        self
    }

    /// Says which tables and indexes of `database` the pages belong to, those written most first.
    pub(crate) fn by_tree(&self, database: &Path) -> rusqlite::Result<Vec<(String, u64)>> {
        let conn = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let mut statement = conn.prepare("select pageno, name from dbstat")?;
        let trees: HashMap<u32, String> = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
        let mut counts = BTreeMap::<&str, u64>::new();
        for (page, n) in &self.0 {
            // A page of no tree is a free one.
            *counts.entry(trees.get(page).map_or("(free)", String::as_str)).or_default() += n;
        }
        let mut counts: Vec<_> = counts.into_iter().map(|(name, n)| (name.to_owned(), n)).collect();
        counts.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        Ok(counts)
    }
}

impl Log {
    /// Starts counting the pages that are written from now on.
    pub(crate) fn follow(path: &Path) -> Self {
        let (stop, mut stopped) = oneshot::channel();
        let mut count = Count { path: path.to_owned(), salts: None, frames: 0, written: Pages::default() };
        count.look();
        count.written = Pages::default();
        let task = tokio::spawn(async move {
            while stopped.try_recv().is_err() {
                count.look();
                tokio::time::sleep(PAUSE).await;
            }
            count.look();
            count.written
        });
        Self { stop, task }
    }

    /// Stops counting and returns the pages.
    pub(crate) async fn pages(self) -> Pages {
        // The task ends only when it is told to.
        let _ = self.stop.send(());
        self.task.await.expect("counting does not panic")
    }
}

struct Count {
    path: PathBuf,
    salts: Option<[u8; 8]>,
    /// The number of frames that were seen with these salts.
    frames: u64,
    written: Pages,
}

impl Count {
    fn look(&mut self) {
        let Ok(file) = File::open(&self.path) else { return };
        let (mut head, mut salts) = ([0; HEAD as usize], [0; 8]);
        if file.read_exact_at(&mut head, 0).is_err() {
            return;
        }
        salts.copy_from_slice(&head[16..24]);
        let page = u64::from(u32::from_be_bytes([head[8], head[9], head[10], head[11]]));
        if self.salts != Some(salts) {
            // The last frames of the time before, unless new ones lie upon them already.
            if let Some(old) = self.salts {
                self.advance(&file, page, old);
            }
            (self.salts, self.frames) = (Some(salts), 0);
        }
        self.advance(&file, page, salts);
    }

    /// Counts the frames with these salts that follow those already seen.
    fn advance(&mut self, file: &File, page: u64, salts: [u8; 8]) {
        // The page's number, the size of the database after a commit, and the salts.
        let mut head = [0; 16];
        while file.read_exact_at(&mut head, HEAD + self.frames * (FRAME_HEAD + page)).is_ok() && head[8..] == salts {
            self.frames += 1;
            *self.written.0.entry(u32::from_be_bytes([head[0], head[1], head[2], head[3]])).or_default() += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn pages_are_counted_across_checkpoints() {
        let folder = std::env::temp_dir().join(market::id::random("wal_"));
        std::fs::create_dir_all(&folder).expect("a folder");
        let conn = Connection::open(folder.join("a.db")).expect("opens");
        conn.execute_batch("pragma journal_mode = wal; create table t (n integer primary key, text text)").expect("a table");
        let log = Log::follow(&folder.join("a.db-wal"));
        // Each row changes one page: the table is a single leaf.
        for n in 0..10 {
            conn.execute("insert into t (n, text) values (?1, 'x')", [n]).expect("a row");
        }
        // The counter runs on this thread, too.
        tokio::task::yield_now().await;
        conn.execute_batch("pragma wal_checkpoint(restart)").expect("a checkpoint");
        for n in 10..15 {
            conn.execute("insert into t (n, text) values (?1, 'x')", [n]).expect("a row");
        }
        let pages = log.pages().await;
        assert_eq!(pages.total(), 15);
        assert_eq!(pages.by_tree(&folder.join("a.db")).expect("reads"), [("t".to_owned(), 15)]);
        std::fs::remove_dir_all(&folder).expect("removes its folder");
    }
}
