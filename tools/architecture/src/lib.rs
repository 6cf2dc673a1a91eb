//! Reading the project's own source. The rules themselves are the tests in `tests/it`.

mod functions;
mod imports;
mod lexer;

pub use functions::{Function, functions};
pub use imports::{Import, imports};
pub use lexer::{Text, read};

use std::path::{Path, PathBuf};

/// A source file: its path from the project's root, and its text.
pub struct Source {
    /// The path, with `/` between its parts.
    pub path: String,
    /// The text as it stands.
    pub text: String,
}

impl Source {
    /// Reports whether the file is compiled for tests and benchmarks alone.
    pub fn is_test(&self) -> bool {
        let path = &self.path;
        path.contains("/tests/") || path.ends_with("/tests.rs") || path.starts_with("market/testkit/") || path.starts_with("tools/")
    }
}

/// Returns the root of the project.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("the project's root")
}

/// Reads every file of the project with one of these extensions, in the order of their paths.
pub fn sources(extensions: &[&str]) -> Vec<Source> {
    let mut found = Vec::new();
    walk(root(), extensions, &mut found);
    found.sort();
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).expect("readable");
        Source { path: path.strip_prefix(root()).expect("below the root").to_string_lossy().into_owned(), text }
    };
    found.into_iter().map(read).collect()
}

fn walk(folder: &Path, extensions: &[&str], found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("readable") {
        let entry = entry.expect("readable");
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        // A link is not followed: it may lead anywhere.
        if entry.file_type().expect("readable").is_dir() {
            if !matches!(name.as_str(), "target" | "node_modules" | "data") && !name.starts_with('.') {
                walk(&path, extensions, found);
            }
        } else if extensions.iter().any(|extension| name.ends_with(extension)) && path.is_file() {
            found.push(path);
        }
    }
}

/// Compares the places that break a rule with the list of known ones: none may be added, and mended ones leave the list.
///
/// # Panics
/// Panics if the two differ.
#[track_caller]
pub fn hold(rule: &str, mut found: Vec<String>, known: &[&str]) {
    found.sort();
    found.dedup();
    let new: Vec<_> = found.iter().filter(|one| !known.contains(&one.as_str())).collect();
    let mended: Vec<_> = known.iter().filter(|one| !found.iter().any(|other| other == *one)).collect();
    assert!(new.is_empty(), "{rule}. Broken here:\n{new:#?}");
    assert!(mended.is_empty(), "{rule}. Mended, so strike from the list of exceptions:\n{mended:#?}");
}
