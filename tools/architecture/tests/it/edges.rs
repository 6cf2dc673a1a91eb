//! The crates and words that pages and dialects may use.

use architecture::{hold, read, sources};

fn mentioning(below: &[&str], words: &[&str]) -> Vec<String> {
    let files = sources(&[".rs"]).into_iter().filter(|file| below.iter().any(|folder| file.path.starts_with(folder)));
    let mentions = |text: &str| words.iter().any(|word| read(text).code.contains(word));
    files.filter(|file| !file.path.contains("/tests/") && mentions(&file.text)).map(|file| file.path).collect()
}

const EDGES: &[&str] = &["app/", "frontend/", "server/api/", "server/dialects/", "server/protocols/"];

/// The edges that answer in JSON.
const JSON: &[&str] = &["server/api/", "server/dialects/", "server/protocols/"];

#[test]
fn the_edges_know_no_database() {
    hold("Pages and dialects call acts and queries", mentioning(EDGES, &["sqlx", "rusqlite", "market::db::sql", "db::Query"]), &[]);
}

#[test]
fn the_json_never_sees_leptos() {
    hold("The API compiles without pages", mentioning(JSON, &["leptos"]), &[]);
}

#[test]
fn dialects_do_not_decide_what_may_happen_next() {
    hold("A step is taken by an act", mentioning(JSON, &[".after(Step", ".after(job::Step"]), &[]);
}

#[test]
fn the_market_names_no_route() {
    let is_route = |text: &str| ["GET /", "POST /", "PUT /", "PATCH /", "DELETE /"].iter().any(|method| text.contains(method));
    let files = sources(&[".rs"]).into_iter().filter(|file| file.path.starts_with("market/") && !file.is_test());
    let found = files.filter(|file| read(&file.text).strings.iter().any(|(_, text)| is_route(text))).map(|file| file.path);
    hold("A refusal carries `next`; edges turn it into their own route or link", found.collect(), &[]);
}
