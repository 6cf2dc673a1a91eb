//! Rules are pure: they know no database, and nothing of what is compiled depends on a feature.

use architecture::{hold, imports, read, sources};

/// The files directly in a crate's `src` that are about storage. Every other one there has the types and rules of a noun.
const STORAGE: &[&str] = &[
    "db.rs",
    "escrow.rs",
    "feed.rs",
    "idempotency.rs",
    "lib.rs",
    "market.rs",
    "mode.rs",
    "registry.rs",
    "schema.rs",
    "sequencer.rs",
    "timer.rs",
];

fn is_rules(path: &str) -> bool {
    let is_noun = |file: &str| !file.contains('/') && !STORAGE.contains(&file);
    match path.strip_prefix("market/").and_then(|inside| inside.split_once("src/")) {
        Some(("" | "platform/" | "identity/" | "webhooks/" | "work/", file)) => is_noun(file),
        Some(("kernel/", _)) => true,
        _ => false,
    }
}

#[test]
fn rules_are_pure() {
    let knows = |text: &str| {
        let code = read(text).code;
        let knows_db = imports(&code, &["crate", "platform"]).iter().any(|import| import.module == "db");
        knows_db || ["sqlx", "rusqlite", "async fn"].iter().any(|word| code.contains(word))
    };
    let found = sources(&[".rs"]).into_iter().filter(|file| is_rules(&file.path) && knows(&file.text)).map(|file| file.path);
    hold("A noun's rules know no database and wait for nothing", found.collect(), &[]);
}

#[test]
fn no_crate_has_features() {
    let manifests = sources(&["Cargo.toml"]).into_iter();
    let found = manifests.filter(|file| file.text.lines().any(|line| line.trim() == "[features]")).map(|file| file.path);
    hold("The target decides what is compiled, not a feature", found.collect(), &[]);
}
