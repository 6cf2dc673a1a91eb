//! The modules that a file uses.

/// A module that a file uses, with the crate (or `crate`) it belongs to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Import {
    /// The crate, or `crate`.
    pub from: String,
    /// The first module below it.
    pub module: String,
}

/// Finds every `crate::module`, in a `use` or in the code, for each of these crates.
pub fn imports(code: &str, crates: &[&str]) -> Vec<Import> {
    let mut found = Vec::new();
    for name in crates {
        let start = format!("{name}::");
        let mut from = 0;
        while let Some(at) = code[from..].find(&start).map(|at| from + at) {
            from = at + start.len();
            let before = code[..at].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | ':' | '$')) {
                continue;
            }
            for module in heads(&code[from..]) {
                found.push(Import { from: (*name).to_owned(), module });
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

fn word(text: &str) -> String {
    text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// Returns the first word of a path, or those of a group of paths.
fn heads(rest: &str) -> Vec<String> {
    let Some(group) = rest.strip_prefix('{') else { return vec![word(rest)] };
    let (mut depth, mut heads, mut begins) = (0, Vec::new(), 0);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                heads.push(word(&group[begins..at]));
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                heads.push(word(&group[begins..at]));
                begins = at + 1;
            }
            _ => {}
        }
    }
    heads.retain(|head| !head.is_empty());
    heads
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_and_paths_are_read() {
        let found = imports("use crate::{event::{self, Kind}, db, Actor};\nlet x = crate::timer::set(); use a_crate::no;", &["crate"]);
        let modules: Vec<_> = found.into_iter().map(|import| import.module).collect();
        assert_eq!(modules, ["Actor", "db", "event", "timer"]);
    }
}
