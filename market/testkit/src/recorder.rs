//! Records which statements ran on which engine and who took locks out of order, for `tools/architecture`'s tests of coverage.

use std::collections::{HashMap, HashSet};
use std::fmt::Debug;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, Once};
use tracing::field::{Field, Visit};
use tracing::instrument::WithSubscriber;
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::set_global_default;
use tracing::{Event, Level, Metadata, Subscriber};

/// The variable that names the file to write to.
const VARIABLE: &str = "TEST_STATEMENTS";

/// The rows that acts lock by changing them, in the order of ARCHITECTURE.md's last law: how such a statement begins, and what else
/// it holds.
const LOCKS: [(usize, &str, &str); 7] = [
    (0, "update timer ", ""),
    (0, "delete from timer ", ""),
    (0, "with timer_lock ", ""),
    (1, "with timer_lock ", ""),
    (1, "update job ", ""),
    (2, "update application ", ""),
    (3, "update account ", ""),
];

/// Starts recording for this process, if that is asked for.
pub(crate) fn start() {
    static STARTED: Once = Once::new();
    STARTED.call_once(|| {
        let Some(path) = std::env::var_os(VARIABLE) else { return };
        let file = OpenOptions::new().create(true).append(true).open(path).expect("the file for statements opens");
        let recorder =
            Recorder { acts: AtomicU64::new(1), notes: Mutex::new(Notes { file, written: HashSet::new(), locks: HashMap::new() }) };
        // A suite that listens to the log itself goes without.
        let _ = set_global_default(recorder);
    });
}

struct Recorder {
    acts: AtomicU64,
    notes: Mutex<Notes>,
}

/// The file has a line `ran ENGINE PLACE` for each statement that ran, and a line `order PLACE PLACE` where the second locks what an
/// act should have locked before the first. Each stands there once.
struct Notes {
    file: File,
    written: HashSet<String>,
    /// The places of each act that is under way at which it first took each kind of lock.
    locks: HashMap<u64, Vec<(usize, String)>>,
}

impl Notes {
    fn write(&mut self, line: String) {
        if !self.written.contains(&line) {
            // One write a line: several processes append to the file.
            self.file.write_all(line.as_bytes()).expect("the file for statements takes a line");
            self.written.insert(line);
        }
    }

    fn lock(&mut self, act: u64, rank: usize, place: &str) {
        let locks = self.locks.entry(act).or_default();
        if locks.iter().any(|(taken, _)| *taken == rank) {
            return;
        }
        let late = locks.iter().find(|(taken, _)| *taken > rank).map(|(_, before)| format!("order {before} {place}\n"));
        locks.push((rank, place.to_owned()));
        if let Some(line) = late {
            self.write(line);
        }
    }
}

#[derive(Default)]
struct Statement {
    engine: String,
    place: String,
    text: String,
}

impl Statement {
    /// The kinds of locks that it takes.
    fn ranks(&self) -> impl Iterator<Item = usize> {
        let is_it = |begin: &str, hold: &str| self.text.starts_with(begin) && self.text.contains(hold);
        LOCKS.iter().filter(move |(_, begin, hold)| is_it(begin, hold)).map(|(rank, ..)| *rank)
    }
}

impl Visit for Statement {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "engine" => value.clone_into(&mut self.engine),
            "text" => value.clone_into(&mut self.text),
            _ => {}
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if field.name() == "place" {
            self.place = format!("{value:?}");
        }
    }
}

impl Subscriber for Recorder {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        *metadata.level() == Level::TRACE && metadata.target() == "sql"
    }

    fn event(&self, event: &Event<'_>) {
        let mut statement = Statement::default();
        event.record(&mut statement);
        let mut notes = self.notes.lock().expect("no recording panicked");
        notes.write(format!("ran {} {}\n", statement.engine, statement.place));
        if let (Some(act), "postgres") = (event.parent(), statement.engine.as_str()) {
            for rank in statement.ranks() {
                notes.lock(act.into_u64(), rank, &statement.place);
            }
        }
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(self.acts.fetch_add(1, Ordering::Relaxed))
    }

    fn try_close(&self, act: Id) -> bool {
        self.notes.lock().expect("no recording panicked").locks.remove(&act.into_u64());
        true
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

/// Runs a future on this thread and returns the statements that it ran, in their order.
pub async fn statements<F: Future>(future: F) -> (F::Output, Vec<String>) {
    let heard = Arc::<Mutex<Vec<String>>>::default();
    let done = future.with_subscriber(Listener(heard.clone())).await;
    let texts = std::mem::take(&mut *heard.lock().expect("no listener panicked"));
    (done, texts)
}

struct Listener(Arc<Mutex<Vec<String>>>);

impl Subscriber for Listener {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        *metadata.level() == Level::TRACE && metadata.target() == "sql"
    }

    fn event(&self, event: &Event<'_>) {
        let mut statement = Statement::default();
        event.record(&mut statement);
        self.0.lock().expect("no listener panicked").push(statement.text);
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}
