//! SQL stands in stores alone, as a call, a constant or a piece of `concat!`.

use architecture::{Source, hold, read, sources};

fn may_hold_sql(file: &Source) -> bool {
    let path = &file.path;
    let is_store = path.ends_with("/store.rs") || path.contains("/store/") || path.contains("/src/db/") || path.ends_with("/src/db.rs");
    // The kit of the tests is no test: others build on it.
    is_store || (file.is_test() && !path.starts_with("market/testkit/"))
}

/// The recorder of locks compares the beginnings of statements, and runs none.
const COMPARED: &[&str] = &["market/testkit/src/recorder.rs"];

/// Reports whether a string begins as a statement does. English does not: `select` and a table, in lower case.
fn is_statement(string: &str) -> bool {
    let string = string.trim_start_matches(|c: char| c.is_whitespace() || c == '\\').to_owned() + " ";
    let has = |words: &str| string.contains(words);
    let begins = |words: &str| string.starts_with(words);
    begins("insert into ")
        || begins("delete from ")
        || begins("create table ")
        || begins("create index ")
        || begins("create unique ")
        || begins("alter table ")
        || begins("drop table ")
        || begins("pragma ")
        || (begins("select ") && (has(" from ") || has("(") || has(" as ") || has(",") || has("_")))
        || (begins("update ") && has(" set "))
        || (begins("with ") && has(" as ("))
        || begins("from ") && has(" where ")
}

#[test]
fn sql_stands_in_stores_alone() {
    let mut found = Vec::new();
    for file in sources(&[".rs"]).iter().filter(|file| !may_hold_sql(file)) {
        let text = read(&file.text);
        let calls =
            |name: &str| text.code.match_indices(name).any(|(at, _)| !text.code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'));
        if calls("sql(") || calls("sqlx::query") || calls("raw_sql(") || text.strings.iter().any(|(_, string)| is_statement(string)) {
            found.push(file.path.clone());
        }
    }
    hold("SQL stands in store.rs", found, COMPARED);
}

/// The words of a job's status that no other noun has.
const JOB_STATUSES: &[&str] = &[
    "pending_escrow",
    "in_progress",
    "delivered",
    "pending_proof",
    "in_review",
    "approved",
    "releasing",
    "completed",
    "revision_requested",
    "rejected",
    "disputed",
    "cancelled",
    "expired",
];

#[test]
fn job_statuses_in_sql_come_from_their_groups() {
    let mut found = Vec::new();
    for file in sources(&[".rs"]).iter().filter(|file| may_hold_sql(file) && !file.is_test()) {
        let strings = read(&file.text).strings;
        let is_status =
            |string: &str| JOB_STATUSES.iter().any(|word| string.contains(&format!("'{word}'"))) || string.contains("j.status = 'open'");
        if strings.iter().any(|(_, string)| is_status(string)) {
            found.push(file.path.clone());
        }
    }
    hold("A job's status in SQL is written by job_status! or job_statuses!", found, &[]);
}

#[test]
fn statements_are_told_from_sentences() {
    for statement in
        ["select id from job", "\\\n        update job set a = 1", "with x as (select 1)", "insert into job (id)", "select count(*)"]
    {
        assert!(is_statement(statement), "{statement}");
    }
    for sentence in ["select a file", "update your profile", "with care", "delete it", "from nowhere to a paid job"] {
        assert!(!is_statement(sentence), "{sentence}");
    }
}
