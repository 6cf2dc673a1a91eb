//! The work on the review page: the list of versions and parts, and one rendered part.

use super::rendered::RenderedWork;
use market::Time;
use market::id::FileId;
use serde::{Deserialize, Serialize};

/// The view of a part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ArtifactMode {
    /// The changes since the version before; the whole part if there is none.
    #[default]
    Changes,
    /// The part rendered in its form.
    Whole,
    /// The plain text.
    Source,
}

impl ArtifactMode {
    /// Returns the word for the query parameter.
    pub const fn word(self) -> &'static str {
        match self {
            ArtifactMode::Changes => "changes",
            ArtifactMode::Whole => "whole",
            ArtifactMode::Source => "source",
        }
    }
    /// Parses the query parameter; changes are the default.
    pub fn parse(word: &str) -> Self {
        match word {
            "whole" => ArtifactMode::Whole,
            "source" => ArtifactMode::Source,
            _ => ArtifactMode::Changes,
        }
    }
}

/// The query parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArtifactParams {
    /// The version; the newest if it does not exist.
    pub version: i64,
    /// The file's id; the version's text if it does not exist.
    pub file: String,
    /// The view of the part.
    pub look: ArtifactMode,
    /// The number of rows for revision items.
    pub rows: usize,
}

/// A file's name and size, for links.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileName {
    /// Its id.
    pub id: FileId,
    /// The file's name.
    pub name: String,
    /// The size in bytes.
    pub size: i64,
}

/// One version of the work, and one part of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Work {
    /// The numbers of all versions, newest first.
    pub versions: Vec<i64>,
    /// The version that is shown.
    pub version: i64,
    /// The time of delivery.
    pub created_at: Time,
    /// The worker's note.
    pub note: String,
    /// True if the version has text besides its files.
    pub has_text: bool,
    /// Its files.
    pub files: Vec<FileName>,
    /// The file that is shown; none for the version's text.
    pub file: Option<FileName>,
    /// The version that this one can be compared with.
    pub before: Option<i64>,
    /// The view of the part.
    pub look: ArtifactMode,
    /// True if the plain text can be shown besides the rendered part.
    pub has_source: bool,
    /// The rendered part.
    pub shown: RenderedWork,
}

/// Formats a size: `900 bytes`, `1.2 MB`.
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
        for look in [ArtifactMode::Changes, ArtifactMode::Whole, ArtifactMode::Source] {
            assert_eq!(ArtifactMode::parse(look.word()), look);
        }
        assert_eq!(ArtifactMode::parse("sideways"), ArtifactMode::Changes);
    }
}
