//! The inventory: which rows of each table are about a member, which of their columns an export shows, and which a deletion erases. A
//! test compares it with the schema of both engines, so no table and no column can be left out.

mod store;
pub use store::{TABLES, Whose, erase, rows};
pub(crate) use store::{ids, own_jobs, own_teams, words};

/// A table of the database, and what of it is a member's.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// The table's name.
    pub name: &'static str,
    /// The rows that are about a member; none if no row is.
    pub parts: &'static [Part],
    /// The columns that no export shows, each list of names with the reason.
    pub hides: &'static [Reason],
    /// The columns of text that outlive a deletion, each list of names with the reason.
    pub keeps: &'static [Reason],
    /// The reason why no row of the table is about a member; empty if some are.
    pub nothing: &'static str,
}

/// Names of columns with spaces between them, and a reason.
pub type Reason = (&'static str, &'static str);

/// Rows of one table that are about a member for the same reason.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// The name of the file that shows them in an export; empty if none does.
    pub file: &'static str,
    /// The condition of SQL on the row `t`: `$1` is the member, `$2` the address, `$3` the hash by which logins are counted.
    pub whose: &'static str,
    /// The columns that the file shows, with spaces between them. The first two tell the rows apart.
    pub shows: &'static str,
    /// The treatment at a deletion.
    pub erases: Erases,
}

/// The treatment of a member's rows when the account is deleted.
#[derive(Clone, Copy, Debug)]
pub enum Erases {
    /// They stay as they are.
    Nothing,
    /// They are deleted.
    Rows,
    /// Columns get other values, each an expression of SQL.
    Columns(&'static [(&'static str, &'static str)]),
}

impl Part {
    const fn new(whose: &'static str, erases: Erases) -> Self {
        Self { file: "", whose, shows: "", erases }
    }

    const fn shown(self, file: &'static str, shows: &'static str) -> Self {
        Self { file, shows, ..self }
    }
}

impl Table {
    const fn new(name: &'static str, parts: &'static [Part]) -> Self {
        Self { name, parts, hides: &[], keeps: &[], nothing: "" }
    }

    const fn nothing(name: &'static str, reason: &'static str) -> Self {
        Self { name, parts: &[], hides: &[], keeps: &[], nothing: reason }
    }

    const fn hides(self, hides: &'static [Reason]) -> Self {
        Self { hides, ..self }
    }

    const fn keeps(self, keeps: &'static [Reason]) -> Self {
        Self { keeps, ..self }
    }
}
