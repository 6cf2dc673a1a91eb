//! Rules about the source itself: where SQL may stand, how long a file may be, what an edge may know.

use std::path::{Path, PathBuf};

fn sources(below: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(below).expect("readable") {
        let path = entry.expect("readable").path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if path.is_dir() && !matches!(name, "target" | "node_modules" | "data") && !name.starts_with('.') {
            sources(&path, found);
        } else if name.ends_with(".rs") {
            found.push(path);
        }
    }
}

/// Every Rust file of the project with its text, by its path from the root.
fn all() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the project's root");
    let mut found = Vec::new();
    sources(root, &mut found);
    found.sort();
    assert!(found.len() > 50, "the search found the project");
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).expect("readable");
        (path.strip_prefix(root).expect("below the root").to_string_lossy().into_owned(), text)
    };
    found.into_iter().map(read).collect()
}

fn offenders(is_wrong: impl Fn(&str, &str) -> bool) -> Vec<String> {
    all().into_iter().filter(|(path, text)| is_wrong(path, text)).map(|(path, _)| path).collect()
}

const NONE: Vec<String> = Vec::new();

#[test]
fn no_file_is_longer_than_400_lines() {
    assert_eq!(offenders(|_, text| text.lines().count() > 400), NONE);
}

#[test]
fn sql_stands_in_stores_alone() {
    let may = |path: &str| path.ends_with("store.rs") || path.starts_with("market/src/db") || path.contains("/tests/");
    let has_sql = |path: &str, text: &str| !may(path) && (text.contains("sql(\"") || text.contains("sqlx::query"));
    assert_eq!(offenders(has_sql), NONE);
}

#[test]
fn the_edges_know_no_database() {
    let edges = ["server/api/src/", "app/src/", "frontend/src/"];
    let knows =
        |path: &str, text: &str| edges.iter().any(|edge| path.starts_with(edge)) && (text.contains("sqlx") || text.contains("rusqlite"));
    assert_eq!(offenders(knows), NONE);
}

#[test]
fn the_api_never_sees_leptos() {
    assert_eq!(offenders(|path, text| path.starts_with("server/api/") && text.contains("leptos")), NONE);
}

#[test]
fn dialects_do_not_decide_what_may_happen_next() {
    assert_eq!(offenders(|path, text| path.starts_with("server/api/src/") && text.contains(".after(Step")), NONE);
}

#[test]
fn money_is_never_a_float() {
    // A column may be one, and both engines' drivers read it.
    let may = |path: &str| path.starts_with("market/src/db") || path == "market/kernel/src/value.rs";
    let is_business = |path: &str| path.starts_with("market/src/") || path.starts_with("market/kernel/src/");
    let floats = |path: &str, text: &str| is_business(path) && !may(path) && (text.contains("f64") || text.contains("f32"));
    assert_eq!(offenders(floats), NONE);
}
