//! The work as a reviewer reads it: which versions and pieces there are, and one of them, laid out.

use super::shown::Shown;
use market::Time;
use market::id::FileId;
use serde::{Deserialize, Serialize};

/// How a piece is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Look {
    /// What changed since the version before; the piece itself where there is none.
    #[default]
    Changes,
    /// The piece in its form.
    Whole,
    /// Its text as it is.
    Source,
}

impl Look {
    /// What the address says.
    pub const fn word(self) -> &'static str {
        match self {
            Look::Changes => "changes",
            Look::Whole => "whole",
            Look::Source => "source",
        }
    }
    /// Reads the address; changes come first, as long as there are some.
    pub fn parse(word: &str) -> Self {
        match word {
            "whole" => Look::Whole,
            "source" => Look::Source,
            _ => Look::Changes,
        }
    }
}

/// What the address asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// Which version; the newest when it is none there is.
    pub version: i64,
    /// Which file of it; its text when it is none there is.
    pub file: String,
    /// How it is looked at.
    pub look: Look,
    /// How many rows there are for things to change.
    pub rows: usize,
}

/// A file, as a page names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Its id.
    pub id: FileId,
    /// What people call it.
    pub name: String,
    /// In bytes.
    pub size: i64,
}

/// One version of the work, and one piece of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Work {
    /// All versions there are, newest first.
    pub versions: Vec<i64>,
    /// The one that is shown.
    pub version: i64,
    /// When it was handed in.
    pub created_at: Time,
    /// What the worker says about it.
    pub note: String,
    /// Whether it has text of its own, beside its files.
    pub has_text: bool,
    /// Its files.
    pub files: Vec<Named>,
    /// The file that is shown; the text if it is none.
    pub file: Option<Named>,
    /// The version that this one can be compared with.
    pub before: Option<i64>,
    /// How it is looked at.
    pub look: Look,
    /// Whether it can be looked at as it is, beside its form.
    pub has_source: bool,
    /// The piece.
    pub shown: Shown,
}

/// `900 bytes`, `1.2 MB`.
pub fn size(bytes: i64) -> String {
    let units = [(1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")];
    match units.into_iter().find(|(unit, _)| bytes >= *unit) {
        Some((unit, name)) if bytes < 10 * unit => format!("{}.{} {name}", bytes / unit, bytes % unit * 10 / unit),
        Some((unit, name)) => format!("{} {name}", bytes / unit),
        None if bytes == 1 => "1 byte".to_owned(),
        None => format!("{bytes} bytes"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_short() {
        let read = [1, 900, 1_234, 81_000, 1_290_000, 40_000_000, 2_000_000_000].map(size);
        assert_eq!(read, ["1 byte", "900 bytes", "1.2 kB", "81 kB", "1.2 MB", "40 MB", "2.0 GB"]);
    }

    #[test]
    fn looks_have_addresses() {
        for look in [Look::Changes, Look::Whole, Look::Source] {
            assert_eq!(Look::parse(look.word()), look);
        }
        assert_eq!(Look::parse("sideways"), Look::Changes);
    }
}
