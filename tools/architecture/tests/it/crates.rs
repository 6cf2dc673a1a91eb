//! Arrows between crates, read from their manifests.

use architecture::{hold, sources};
use std::collections::BTreeMap;

/// The crates of this project that each may name; what those may name, it may too.
const MAY_USE: &[(&str, &[&str])] = &[
    ("kernel", &[]),
    ("outbound", &["kernel"]),
    ("platform", &["kernel", "outbound"]),
    ("identity", &["platform"]),
    ("payments", &["identity"]),
    ("webhooks", &["identity"]),
    ("work", &["identity"]),
    ("crowd", &["identity"]),
    // Agents hire.
    ("agents", &["identity", "work"]),
    ("market", &["payments", "webhooks", "work", "crowd", "agents"]),
    ("storage", &["market"]),
    ("islands", &["kernel"]),
    ("app", &["market", "islands", "storage"]),
    ("frontend", &["islands"]),
    ("api", &["market", "storage"]),
    ("dialect", &["api"]),
    ("dialects", &["dialect"]),
    ("provider", &["market"]),
    ("server", &["app", "dialects", "provider"]),
    ("testkit", &["market"]),
    ("site", &[]),
    ("architecture", &[]),
    ("bench", &["testkit"]),
    ("soak", &["testkit"]),
    ("fake-stripe", &["kernel"]),
];

struct Manifest {
    path: String,
    name: String,
    dependencies: Vec<String>,
}

/// The crate's place in the table: dialects and protocols stand in one row, and so do providers.
fn row(manifest: &Manifest) -> &str {
    match manifest.path.as_str() {
        // The list of all of them.
        path if path.starts_with("server/dialects/all/") => "dialects",
        path if path.starts_with("server/dialects/") || path.starts_with("server/protocols/") => "dialect",
        path if path.starts_with("server/providers/") => "provider",
        _ => &manifest.name,
    }
}

/// Everything that a row of the table may use.
fn reach(row: &str) -> Vec<&'static str> {
    let mut found: Vec<&str> = MAY_USE.iter().find(|(name, _)| *name == row).map(|(_, uses)| uses.to_vec()).unwrap_or_default();
    let mut at = 0;
    while at < found.len() {
        let further = MAY_USE.iter().find(|(name, _)| *name == found[at]).map_or(&[][..], |(_, uses)| uses);
        for name in further {
            if !found.contains(name) {
                found.push(name);
            }
        }
        at += 1;
    }
    found
}

fn manifests() -> Vec<Manifest> {
    let read = |path: String, text: &str| {
        let (mut section, mut name, mut dependencies) = (String::new(), String::new(), Vec::new());
        for line in text.lines().map(str::trim) {
            if let Some(header) = line.strip_prefix('[') {
                section = header.trim_end_matches(']').to_owned();
            } else if let Some((key, value)) = line.split_once('=') {
                if section == "package" && key.trim() == "name" {
                    name = value.trim().trim_matches('"').to_owned();
                } else if section == "dependencies" || (section.starts_with("target.") && section.ends_with(".dependencies")) {
                    dependencies.push(key.trim().split('.').next().unwrap_or_default().to_owned());
                }
            }
        }
        Manifest { path, name, dependencies }
    };
    let files = sources(&["Cargo.toml"]).into_iter().filter(|file| file.path != "Cargo.toml");
    files.map(|file| read(file.path, &file.text)).collect()
}

#[test]
fn crates_use_what_lies_below_them() {
    let manifests = manifests();
    assert!(manifests.len() > 7, "the search found the crates");
    let rows: BTreeMap<_, _> = manifests.iter().map(|manifest| (manifest.name.as_str(), row(manifest))).collect();
    let mut found = Vec::new();
    for manifest in &manifests {
        let row = row(manifest);
        if !MAY_USE.iter().any(|(name, _)| *name == row) {
            found.push(format!("{} has no place in the table", manifest.name));
        }
        let reach = reach(row);
        for used in &manifest.dependencies {
            if rows.get(used.as_str()).is_some_and(|used| !reach.contains(used)) {
                found.push(format!("{} -> {used}", manifest.name));
            }
        }
    }
    hold("A crate uses those below it, and `testkit` is for tests alone", found, &[]);
}
