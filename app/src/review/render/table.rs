//! Tables parsed from separated values and JSON.

use crate::review::rendered::Table;
use serde_json::{Map, Value};

/// The most rows that are shown.
pub(crate) const ROWS_MAX: usize = 200;
const COLUMNS_MAX: usize = 50;
/// The most characters of a value that are shown.
const CELL_MAX: usize = 500;
/// The number of JSON objects that are searched for columns.
const LOOKED_AT: usize = 1000;

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
    let heads: Vec<_> = all.next()?.into_iter().take(COLUMNS_MAX).collect();
    let mut sheet = Table { heads, ..Table::default() };
    for record in all {
        sheet.add(record.into_iter());
    }
    (sheet.heads.len() > 1 && sheet.total > 0).then_some(sheet)
}

/// Parses a table from a JSON list of objects.
pub(super) fn json(text: &str) -> Option<Table> {
    let Value::Array(list) = serde_json::from_str(text).ok()? else { return None };
    let objects: Vec<_> = list.into_iter().map(|one| if let Value::Object(object) = one { Some(object) } else { None }).collect();
    objects.into_iter().collect::<Option<Vec<_>>>().and_then(|objects| table(&objects))
}

/// Parses a table from JSON objects, one per line.
pub(super) fn json_lines(text: &str) -> Option<Table> {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let objects: Option<Vec<Map<String, Value>>> = lines.map(|line| serde_json::from_str(line).ok()).collect();
    table(&objects?)
}

/// Formats JSON with indentation.
pub(super) fn pretty(text: &str) -> Option<String> {
    serde_json::to_string_pretty(&serde_json::from_str::<Value>(text).ok()?).ok()
}

fn table(objects: &[Map<String, Value>]) -> Option<Table> {
    let mut heads: Vec<String> = Vec::new();
    for name in objects.iter().take(LOOKED_AT).flat_map(Map::keys) {
        if heads.len() < COLUMNS_MAX && !heads.contains(name) {
            heads.push(name.clone());
        }
    }
    let mut sheet = Table { heads, ..Table::default() };
    for object in objects {
        let values: Vec<_> = sheet.heads.iter().map(|name| object.get(name).map(word).unwrap_or_default()).collect();
        sheet.add(values.into_iter());
    }
    (!sheet.heads.is_empty() && sheet.total > 0).then_some(sheet)
}

fn word(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

impl Table {
    /// Counts a row, and stores it while there is room.
    fn add(&mut self, values: impl Iterator<Item = String>) {
        self.total += 1;
        if self.rows.len() < ROWS_MAX {
            let short = |value: String| {
                if value.chars().count() > CELL_MAX { value.chars().take(CELL_MAX).chain(['…']).collect() } else { value }
            };
            self.rows.push(values.map(short).chain(std::iter::repeat(String::new())).take(self.heads.len()).collect());
        }
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
        assert_eq!(sheet.total, 2);
    }

    #[test]
    fn long_tables_are_cut_and_say_how_long_they_are() {
        let text =
            std::iter::once("a,b".to_owned()).chain((0..10_000).map(|n| format!("{n},{}", "x".repeat(600)))).collect::<Vec<_>>().join("\n");
        let sheet = separated(&text, ',').expect("a table");
        assert_eq!((sheet.rows.len(), sheet.total, sheet.rows[0][1].chars().count()), (200, 10_000, 501));
    }

    #[test]
    fn objects_are_rows_whatever_each_of_them_has() {
        let sheet = json(r#"[{"a":1,"b":"x"},{"b":null,"c":[1,2]}]"#).expect("a table");
        assert_eq!(sheet.heads, ["a", "b", "c"]);
        assert_eq!(sheet.rows, [["1", "x", ""].map(String::from).to_vec(), ["", "", "[1,2]"].map(String::from).to_vec()]);
        assert_eq!(json_lines("{\"a\":1}\n\n{\"a\":2}").expect("a table").total, 2);
        for no_table in ["{}", "[1,2]", "[]", "[{}]", "nonsense"] {
            assert_eq!(json(no_table), None, "{no_table}");
        }
    }
}
