//! How a piece of the work is laid out for reading. Made on the server, where the work is; drawn anywhere.

use serde::{Deserialize, Serialize};

/// One piece, ready to be drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shown {
    /// Markdown, as HTML that holds nothing but its own text, structure and links.
    Prose(String),
    /// Lines as they are, with their numbers.
    Lines(Lines),
    /// Rows and columns.
    Sheet(Sheet),
    /// What changed since the version before.
    Changes(Changes),
    /// A picture, by its address.
    Image,
    /// Something to listen to, by its address.
    Audio,
    /// Something to watch, by its address.
    Video,
    /// Pages, by the address of their PDF.
    Pages,
    /// Nothing that a page can show; why.
    Nothing(String),
}

/// Text by lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lines {
    /// The lines that are shown.
    pub text: String,
    /// How many there are; some are left out where this is more.
    pub total: usize,
}

/// A table that was read from text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// The columns' names.
    pub heads: Vec<String>,
    /// The first rows, each as wide as the heads.
    pub rows: Vec<Vec<String>>,
    /// How many rows there are.
    pub total: usize,
}

/// What changed between two versions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changes {
    /// How many lines came.
    pub added: usize,
    /// How many lines went.
    pub removed: usize,
    /// Where something changed, with the lines around it.
    pub hunks: Vec<Hunk>,
    /// Whether there are more changes than are shown.
    pub more: bool,
}

/// A place where something changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hunk {
    /// Its first line in the newer version.
    pub line: usize,
    /// The lines, in order.
    pub lines: Vec<Changed>,
}

/// One line of a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    /// What became of it.
    pub kind: Kind,
    /// Its number: in the older version if it went, else in the newer.
    pub number: usize,
    /// The line, without its end.
    pub text: String,
}

/// What became of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// It is in both.
    Kept,
    /// It came.
    Added,
    /// It went.
    Removed,
}
