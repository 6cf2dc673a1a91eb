//! JSON as its author wrote it: numbers, strings, the order of names and repeated names stay; only the white space between tokens is
//! ours. A value tree would round numbers, sort names and drop repeated ones.

use super::lines::{BYTES_MAX, LINES_MAX};
use crate::review::rendered::Lines;
use serde::de::IgnoredAny;
use std::collections::HashSet;

/// Indents a JSON text, up to the most lines and bytes that are shown; none if it is not JSON.
pub(super) fn indented(text: &str) -> Option<Lines> {
    must_be_json(text)?;
    let mut page = IndentedPage::default();
    let mut tokens = tokens(text).peekable();
    while let Some(token) = tokens.next() {
        match token {
            "{" | "[" if tokens.peek().is_some_and(|next| matches!(*next, "}" | "]")) => {
                page.write(token);
                page.write(tokens.next().unwrap_or_default());
            }
            "{" | "[" => {
                page.write(token);
                page.depth += 1;
                page.break_line();
            }
            "}" | "]" => {
                page.depth -= 1;
                page.break_line();
                page.write(token);
            }
            "," => {
                page.write(token);
                page.break_line();
            }
            ":" => page.write(": "),
            token => page.write(token),
        }
    }
    Some(Lines { text: page.text, total: page.lines })
}

/// The names of an object with their values, in the order they are written; each value is a piece of the text.
pub(super) type Members<'t> = Vec<(String, &'t str)>;

/// Parses a list of objects; none if it is another value, or if a name stands twice in an object.
pub(super) fn objects(text: &str) -> Option<Vec<Members<'_>>> {
    must_be_json(text)?;
    let mut tokens = positioned(text).peekable();
    tokens.next().filter(|(_, token)| *token == "[")?;
    let mut all = Vec::new();
    loop {
        match tokens.next()? {
            (_, "{") => all.push(members(text, &mut tokens)?),
            (_, ",") => {}
            (_, "]") => return Some(all),
            _ => return None,
        }
    }
}

/// Parses one object, like one of [`objects`].
pub(super) fn object(text: &str) -> Option<Members<'_>> {
    must_be_json(text)?;
    let mut tokens = positioned(text).peekable();
    tokens.next().filter(|(_, token)| *token == "{")?;
    members(text, &mut tokens)
}

/// Returns a value as a table's cell shows it: a string without its quotes, every other value as it is written.
pub(super) fn cell(value: &str) -> String {
    serde_json::from_str::<String>(value).unwrap_or_else(|_| value.to_owned())
}

/// Reads the members of an object whose opening brace is read.
fn members<'t>(text: &'t str, tokens: &mut impl Iterator<Item = (usize, &'t str)>) -> Option<Members<'t>> {
    let mut all = Members::new();
    let mut names = HashSet::new();
    loop {
        match tokens.next()? {
            (_, "}") => return Some(all),
            (_, ",") => {}
            (_, name) => {
                let name = cell(name);
                if !names.insert(name.clone()) {
                    return None;
                }
                tokens.next().filter(|(_, token)| *token == ":")?;
                all.push((name, value(text, tokens)?));
            }
        }
    }
}

/// Returns the piece of the text that is one value.
fn value<'t>(text: &'t str, tokens: &mut impl Iterator<Item = (usize, &'t str)>) -> Option<&'t str> {
    let (begins, mut token) = tokens.next()?;
    let (mut ends, mut depth) = (begins + token.len(), 0_usize);
    loop {
        match token {
            "{" | "[" => depth += 1,
            "}" | "]" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return text.get(begins..ends);
        }
        let (at, next) = tokens.next()?;
        (ends, token) = (at + next.len(), next);
    }
}

fn must_be_json(text: &str) -> Option<()> {
    serde_json::from_str::<IgnoredAny>(text).ok().map(|IgnoredAny| ())
}

fn tokens(text: &str) -> impl Iterator<Item = &str> {
    positioned(text).map(|(_, token)| token)
}

/// Iterates over the tokens of a valid JSON text, each with its place.
fn positioned(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let begins = at + rest.find(|c: char| !c.is_ascii_whitespace())?;
        let rest = text.get(begins..)?;
        let length = match rest.as_bytes().first()? {
            b'{' | b'}' | b'[' | b']' | b',' | b':' => 1,
            b'"' => string_length(rest.as_bytes()),
            _ => rest.find(|c: char| c.is_ascii_whitespace() || ",:]}".contains(c)).unwrap_or(rest.len()),
        };
        at = begins + length;
        Some((begins, rest.get(..length)?))
    })
}

/// Returns the length of the string that the bytes begin with, with both quotes.
fn string_length(bytes: &[u8]) -> usize {
    let mut at = 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// Lines that are written until there are too many; the rest is only counted.
struct IndentedPage {
    text: String,
    lines: usize,
    depth: usize,
    is_full: bool,
}

impl Default for IndentedPage {
    fn default() -> Self {
        Self { text: String::new(), lines: 1, depth: 0, is_full: false }
    }
}

impl IndentedPage {
    fn write(&mut self, token: &str) {
        if !self.is_full {
            self.text.push_str(token);
        }
    }

    fn break_line(&mut self) {
        self.is_full |= self.lines >= LINES_MAX || self.text.len() >= BYTES_MAX;
        self.lines += 1;
        if !self.is_full {
            self.text.push('\n');
            self.text.extend(std::iter::repeat_n("  ", self.depth));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_names_and_strings_stay_as_they_are_written() {
        let text = r#"{"zeta":1,"alpha": 12345678901234567890123,"pi":3.14159265358979323846,
            "exact":0.1000,"big":1E400,"dup":1,"dup":2,"text":"a\"{\u00e9}, [\\","none":{},"empty":[ ],"list":[-0,[true,null]]}"#;
        let lines = indented(text).expect("JSON");
        let want = r#"{
  "zeta": 1,
  "alpha": 12345678901234567890123,
  "pi": 3.14159265358979323846,
  "exact": 0.1000,
  "big": 1E400,
  "dup": 1,
  "dup": 2,
  "text": "a\"{\u00e9}, [\\",
  "none": {},
  "empty": [],
  "list": [
    -0,
    [
      true,
      null
    ]
  ]
}"#;
        assert_eq!((lines.text.as_str(), lines.total), (want, want.lines().count()));
        for no_json in ["{\"a\": 1", "nonsense", "", "{} {}"] {
            assert_eq!(indented(no_json), None, "{no_json}");
        }
        assert_eq!(indented(" 0.10 ").expect("a number").text, "0.10");
    }

    #[test]
    fn a_deep_list_is_cut_long_before_it_fills_the_memory() {
        let deep = format!("{}{}{}", "[".repeat(126), vec!["1"; 300_000].join(","), "]".repeat(126));
        let lines = indented(&deep).expect("JSON");
        assert!(lines.text.len() < BYTES_MAX + 1_000, "{}", lines.text.len());
        assert_eq!(lines.total, 300_000 + 2 * 126);
        let flat = indented(&format!("[{}]", vec!["1"; 20_000].join(","))).expect("JSON");
        assert_eq!((flat.text.lines().count(), flat.total), (LINES_MAX, 20_002));
    }

    #[test]
    fn objects_keep_their_order_and_their_values() {
        let all = objects(r#"[{"z": 0.1000, "a": {"b": [1, 2]}}, {"z": "x\ny"}]"#).expect("objects");
        assert_eq!(all[0], [("z".to_owned(), "0.1000"), ("a".to_owned(), "{\"b\": [1, 2]}")]);
        assert_eq!(cell(all[1][0].1), "x\ny");
        for other in [r#"[{"a":1,"a":2}]"#, "[1]", "{}", "[[]]", "7", "[{}"] {
            assert_eq!(objects(other), None, "{other}");
        }
        assert_eq!(object("{\"a\": [1, 2]}"), Some(vec![("a".to_owned(), "[1, 2]")]));
    }
}
