//! Rendered parts of the work: the data between rendering and the page.

use serde::{Deserialize, Serialize};

/// One rendered part of the work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RenderedWork {
    /// Markdown as HTML with text, structure and links only.
    Prose(String),
    /// Numbered lines.
    Lines(Lines),
    /// A table.
    Table(Table),
    /// The changes since the version before.
    Changes(Changes),
    /// A picture, shown from its address.
    Image,
    /// An audio file, played from its address.
    Audio,
    /// A video, played from its address.
    Video,
    /// A PDF file, shown from its address.
    Pages,
    /// A part that a page can't show, with the reason.
    Nothing(String),
}

/// Text as lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lines {
    /// The lines that are shown.
    pub text: String,
    /// The number of all lines, which may be more than are shown.
    pub total: usize,
}

/// A table parsed from text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// The columns' names, as many as are shown.
    pub heads: Vec<String>,
    /// The first rows, each with as many values as there are columns.
    pub rows: Vec<Vec<String>>,
    /// The number of all rows.
    pub total: usize,
    /// The number of all columns, which may be more than are shown.
    pub columns: usize,
    /// True if a value is too long to be shown whole.
    pub has_cut_values: bool,
}

/// The changes between two versions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changes {
    /// The number of added lines.
    pub added: usize,
    /// The number of removed lines.
    pub removed: usize,
    /// The groups of changed lines with their context.
    pub hunks: Vec<Hunk>,
    /// True if there are more changes than are shown.
    pub more: bool,
}

/// A group of changed lines with their context.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hunk {
    /// Its first line in the newer version.
    pub line: usize,
    /// The lines, in order.
    pub lines: Vec<ChangedLine>,
}

/// One line of a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangedLine {
    /// The kind of change.
    pub kind: ChangeKind,
    /// The line's number: in the older version if it was removed, else in the newer.
    pub number: usize,
    /// The line, without its end.
    pub text: String,
}

/// The kind of change of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChangeKind {
    /// The line is in both versions.
    Kept,
    /// The line was added.
    Added,
    /// The line was removed.
    Removed,
}
