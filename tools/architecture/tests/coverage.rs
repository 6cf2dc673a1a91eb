//! Rules for the tests as a whole. tools/test runs these after all the others, which leave their traces in files.

use architecture::{functions, hold, read, root, sources};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::Path;

/// Statements that one engine has no use for.
const ONE_ENGINE: &[&str] = &[
    // SQLite has one writer: there is nothing to lock.
    "market/identity/src/team/store.rs hold sqlite",
    "market/identity/src/team/store.rs hold_home sqlite",
    "market/platform/src/idempotency/store.rs lock_and_find sqlite",
    "market/work/src/job/store.rs lock sqlite",
    // It numbers entries and events as it writes them, and PostgreSQL's sequencer does so afterwards.
    "market/platform/src/event/store.rs write_numbered postgres",
    "market/platform/src/event/store.rs latest_of_both postgres",
    "market/platform/src/event/store.rs write_waiting sqlite",
    "market/platform/src/sequencer/store.rs is_needed sqlite",
    "market/platform/src/sequencer/store.rs lock sqlite",
    "market/platform/src/sequencer/store.rs number_events sqlite",
    "market/platform/src/sequencer/store.rs save_links sqlite",
    "market/platform/src/sequencer/store.rs waiting_entries sqlite",
];

/// Locks that are taken out of order yet.
const OUT_OF_ORDER: &[&str] = &[];

/// Snapshots that belong to what is no test of `cargo test`.
const UNASKED: &[&str] = &[];

fn left_behind(variable: &str) -> String {
    let path = std::env::var(variable).unwrap_or_else(|_| panic!("{variable} is not set: this test is run by tools/test"));
    std::fs::read_to_string(path).expect("the other tests left a file")
}

/// The byte ranges of the macros whose bodies start statements, by the macros' names: by themselves, or by another such macro.
fn macros(code: &str) -> Vec<(String, Range<usize>)> {
    let definitions = code.match_indices("macro_rules! ").map(|(at, _)| {
        let name: String = code[at + 13..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        let end = code[at..].find("\n}").map_or(code.len(), |length| at + length);
        (name, at..end)
    });
    let definitions: Vec<_> = definitions.collect();
    let mut found: Vec<(String, Range<usize>)> = Vec::new();
    loop {
        let names: Vec<_> = std::iter::once("sql(".to_owned()).chain(found.iter().map(|(name, _)| format!("{name}!"))).collect();
        let starts = |range: &Range<usize>| names.iter().any(|name| calls(&code[range.clone()], name).next().is_some());
        let known = found.len();
        found = definitions.iter().filter(|(_, range)| starts(range)).cloned().collect();
        if found.len() == known {
            return found;
        }
    }
}

/// Where a function or macro is called.
fn calls<'c>(code: &'c str, name: &'c str) -> impl Iterator<Item = usize> + 'c {
    let places = code.match_indices(name).map(|(at, _)| at);
    places.filter(|at| {
        let before = &code[..*at];
        !before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '.')) && !before.ends_with("fn ")
    })
}

/// Where statements start outside tests, as the compiler tells it (`file:line`), with the function around each. A statement in a
/// macro starts where the macro is called.
fn statements() -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for file in sources(&[".rs"]).iter().filter(|file| !file.is_test()) {
        let code = read(&file.text).code;
        let (macros, functions) = (macros(&code), functions(&code));
        let names = std::iter::once("sql(".to_owned()).chain(macros.iter().map(|(name, _)| format!("{name}!")));
        for name in names {
            for at in calls(&code, &name).filter(|at| !macros.iter().any(|(_, range)| range.contains(at))) {
                let line = code[..at].matches('\n').count() + 1;
                let around = functions.iter().rfind(|function| (function.line..function.line + function.lines).contains(&line));
                let function = around.map_or(name.as_str(), |function| function.name.as_str());
                found.insert(format!("{}:{line}", file.path), format!("{} {function}", file.path));
            }
        }
    }
    found
}

/// The notes of a kind that `testkit` took while the tests ran.
fn notes(kind: &str) -> Vec<[String; 2]> {
    let text = left_behind("TEST_STATEMENTS");
    let words = text.lines().map(|line| line.split(' ').map(str::to_owned).collect::<Vec<_>>());
    words.filter(|words| words[0] == kind).map(|words| [words[1].clone(), words[2].clone()]).collect()
}

/// A place without its column.
fn line_of(place: &str) -> String {
    place.rsplit_once(':').expect("a place and its column").0.to_owned()
}

#[test]
fn locks_are_taken_in_one_order() {
    let statements = statements();
    let name = |place: &str| statements.get(&line_of(place)).cloned().unwrap_or_else(|| place.to_owned());
    let found = notes("order").into_iter().map(|[before, after]| {
        println!("{after} is run after {before}");
        format!("{} after {}", name(&after), name(&before))
    });
    hold("Locks are taken in the order of ARCHITECTURE.md", found.collect(), OUT_OF_ORDER);
}

#[test]
fn every_statement_runs_on_both_engines() {
    let mut ran: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for [engine, place] in notes("ran") {
        ran.entry(line_of(&place)).or_default().insert(engine);
    }
    let statements = statements();
    assert!(statements.len() > 150, "the search found the statements");
    let mut missing = Vec::new();
    for (place, name) in statements {
        for engine in ["sqlite", "postgres"] {
            if ran.get(&place).is_none_or(|engines| !engines.contains(engine)) {
                println!("{place} does not run on {engine}");
                missing.push(format!("{name} {engine}"));
            }
        }
    }
    hold("Every statement is run by a test on both engines", missing, ONE_ENGINE);
}

#[test]
fn every_snapshot_is_asked_for() {
    let asked: BTreeSet<_> =
        left_behind("INSTA_SNAPSHOT_REFERENCES_FILE").lines().filter_map(|line| Path::new(line).canonicalize().ok()).collect();
    let snapshots = sources(&[".snap", ".snap.new"]);
    assert!(snapshots.len() > 20, "the search found the snapshots");
    let unasked = snapshots.into_iter().filter(|file| root().join(&file.path).canonicalize().is_ok_and(|path| !asked.contains(&path)));
    hold("Every snapshot is asked for by a test", unasked.map(|file| file.path).collect(), UNASKED);
}
