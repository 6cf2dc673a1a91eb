//! Tables parsed from separated values and JSON.

use super::json::{self, Members};
use crate::review::rendered::Table;
use std::collections::HashSet;

/// The most rows of a delivered table that are shown.
pub(crate) const ROWS_MAX: usize = 200;
/// The most columns of a table that is drawn from delivered data.
const COLUMNS_MAX: usize = 50;
/// The most characters of a table's value that are shown.
const CELL_MAX: usize = 500;

/// Splits a line into values; a quoted value may contain the separator, and two quotes mean one.
pub(super) fn cells(line: &str, by: char) -> Vec<String> {
    records(line, by).next().unwrap_or_default()
}

/// Iterates over the records of a text; a quoted value may contain line breaks.
fn records(text: &str, by: char) -> impl Iterator<Item = Vec<String>> {
    let mut chars = text.chars().peekable();
    std::iter::from_fn(move || {
        chars.peek()?;
        let (mut record, mut value, mut quoted) = (Vec::new(), String::new(), false);
        while let Some(c) = chars.next() {
            match c {
                '"' if quoted && chars.peek() == Some(&'"') => {
                    chars.next();
                    value.push('"');
                }
                '"' if quoted => quoted = false,
                '"' if value.is_empty() => quoted = true,
                '\r' if !quoted && chars.peek() == Some(&'\n') => {}
                '\n' if !quoted => break,
                c if c == by && !quoted => record.push(std::mem::take(&mut value)),
                c => value.push(c),
            }
        }
        record.push(value);
        Some(record)
    })
}

/// Parses a table from values separated by `by`; the first record names the columns.
pub(super) fn separated(text: &str, by: char) -> Option<Table> {
    let mut all = records(text, by).filter(|record| record.iter().any(|value| !value.is_empty()));
    let heads = all.next()?;
    let is_table = heads.len() > 1;
    let mut sheet = Table { columns: heads.len(), heads, ..Table::default() };
    for record in all {
        // A record may have more values than the first one has names.
        sheet.columns = sheet.columns.max(record.len());
        sheet.add(record.into_iter());
    }
    (is_table && sheet.total > 0).then(|| sheet.even())
}

/// Parses a table from a JSON list of objects.
pub(super) fn json(text: &str) -> Option<Table> {
    table(&json::objects(text)?)
}

/// Parses a table from JSON objects, one per line.
pub(super) fn json_lines(text: &str) -> Option<Table> {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let objects: Option<Vec<_>> = lines.map(json::object).collect();
    table(&objects?)
}

fn table(objects: &[Members<'_>]) -> Option<Table> {
    let mut sheet = Table::default();
    let mut known = HashSet::new();
    for (name, _) in objects.iter().flatten() {
        if known.insert(name) && sheet.heads.len() < COLUMNS_MAX {
            sheet.heads.push(name.clone());
        }
    }
    sheet.columns = known.len();
    let heads = sheet.heads.clone();
    for object in objects {
        let value = |head: &String| object.iter().find(|(name, _)| name == head).map(|(_, value)| json::cell(value));
        sheet.add(heads.iter().map(|head| value(head).unwrap_or_default()));
    }
    (!heads.is_empty() && sheet.total > 0).then(|| sheet.even())
}

impl Table {
    /// Counts a row, and stores it while there is room.
    fn add(&mut self, values: impl Iterator<Item = String>) {
        self.total += 1;
        if self.rows.len() < ROWS_MAX {
            let row: Vec<_> = values.take(COLUMNS_MAX).map(shortened).collect();
            self.has_cut_values |= row.iter().any(|(_, is_cut)| *is_cut);
            self.rows.push(row.into_iter().map(|(value, _)| value).collect());
        }
    }

    /// Gives the heads and every row as many values as columns are shown.
    fn even(mut self) -> Self {
        let shown = self.columns.min(COLUMNS_MAX);
        for row in self.rows.iter_mut().chain([&mut self.heads]) {
            row.resize(shown, String::new());
        }
        self
    }
}

/// Returns the beginning of a value, and true if that is not all of it.
fn shortened(value: String) -> (String, bool) {
    let end = value.char_indices().nth(CELL_MAX).map(|(end, _)| end);
    match end {
        Some(end) => (format!("{}…", &value[..end]), true),
        None => (value, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_hold_what_would_end_a_value() {
        let sheet = separated("name,said\r\nAda,\"a, \"\"b\"\"\nc\"\r\nBo\r\n", ',').expect("a table");
        assert_eq!(sheet.heads, ["name", "said"]);
        assert_eq!(sheet.rows, [vec!["Ada".to_owned(), "a, \"b\"\nc".to_owned()], vec!["Bo".to_owned(), String::new()]]);
        assert_eq!((sheet.total, sheet.columns, sheet.has_cut_values), (2, 2, false));
    }

    #[test]
    fn no_value_is_dropped_without_a_word() {
        let sheet = separated("a,b\n1,2,3\n4,5\n", ',').expect("a table");
        assert_eq!((sheet.heads, sheet.columns), (vec!["a".to_owned(), "b".to_owned(), String::new()], 3));
        assert_eq!(sheet.rows, [["1", "2", "3"].map(String::from).to_vec(), ["4", "5", ""].map(String::from).to_vec()]);
        let wide = vec!["x"; 60].join(",");
        let sheet = separated(&format!("{wide}\n{wide}\n"), ',').expect("a table");
        assert_eq!((sheet.heads.len(), sheet.rows[0].len(), sheet.columns), (50, 50, 60));
        let late = format!("[{}{{\"b\":1}}]", "{\"a\":1},".repeat(3_000));
        assert_eq!(json(&late).expect("a table").heads, ["a", "b"]);
    }

    #[test]
    fn long_tables_are_cut_and_say_how_long_they_are() {
        let text =
            std::iter::once("a,b".to_owned()).chain((0..10_000).map(|n| format!("{n},{}", "x".repeat(600)))).collect::<Vec<_>>().join("\n");
        let sheet = separated(&text, ',').expect("a table");
        assert_eq!((sheet.rows.len(), sheet.total, sheet.rows[0][1].chars().count()), (200, 10_000, 501));
        assert!(sheet.has_cut_values);
    }

    #[test]
    fn objects_are_rows_whatever_each_of_them_has() {
        let sheet = json(r#"[{"b":1,"a":"x"},{"a":null,"c":[1, 0.10]}]"#).expect("a table");
        assert_eq!(sheet.heads, ["b", "a", "c"], "in the order they are written");
        assert_eq!(sheet.rows, [["1", "x", ""].map(String::from).to_vec(), ["", "null", "[1, 0.10]"].map(String::from).to_vec()]);
        assert_eq!(json_lines("{\"a\":1}\n\n{\"a\":2}").expect("a table").total, 2);
        for no_table in ["{}", "[1,2]", "[]", "[{}]", r#"[{"a":1,"a":2}]"#, "nonsense"] {
            assert_eq!(json(no_table), None, "{no_table}");
        }
    }
}
