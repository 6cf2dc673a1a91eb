//! Detection of a text's form. Text that is handed in has no media type; files have one.

mod code;
pub(crate) use code::is_likely as is_program;

use super::table::cells;

/// The form of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextFormat {
    /// Plain text.
    Plain,
    /// Markdown.
    Markdown,
    /// Values with this separator.
    Separated(char),
    /// JSON.
    Json,
    /// JSON with one value per line.
    JsonLines,
}

/// Returns the form of a media type; none if it is not text.
pub(crate) fn of_type(media: &str) -> Option<TextFormat> {
    Some(match media {
        "text/markdown" => TextFormat::Markdown,
        "text/csv" => TextFormat::Separated(','),
        "text/tab-separated-values" => TextFormat::Separated('\t'),
        "application/json" => TextFormat::Json,
        "application/x-ndjson" => TextFormat::JsonLines,
        "application/yaml" | "application/toml" | "application/xml" | "application/sql" | "image/svg+xml" => TextFormat::Plain,
        text if text.starts_with("text/") => TextFormat::Plain,
        _ => return None,
    })
}

/// The number of lines that the detection reads.
const LOOKED_AT: usize = 50;

/// Detects the form of a text without a media type. Lines as they are never mislead, so every other form needs clear signs.
pub(crate) fn detect(text: &str) -> TextFormat {
    let start = text.trim_start();
    if start.starts_with(['{', '[']) && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok() {
        return TextFormat::Json;
    }
    if is_program(text) {
        return TextFormat::Plain;
    }
    for by in ['\t', ','] {
        if is_separated(text, by) {
            return TextFormat::Separated(by);
        }
    }
    if is_markdown(text) { TextFormat::Markdown } else { TextFormat::Plain }
}

/// Returns true if the text has at least three lines with the same number of values, more than one, and a name in each of the first.
/// A space after a comma is a sentence's.
fn is_separated(text: &str, by: char) -> bool {
    let mut lines = text.lines().filter(|line| !line.is_empty()).take(LOOKED_AT).map(|line| cells(line, by));
    let Some(heads) = lines.next().filter(|heads| heads.len() > 1) else { return false };
    let rest: Vec<_> = lines.collect();
    let are_names = heads.iter().all(|head| !head.trim().is_empty() && !head.starts_with(' '));
    are_names && rest.len() >= 2 && rest.iter().all(|row| row.len() == heads.len() && !row.iter().any(|value| value.starts_with(' ')))
}

/// Returns true if a text has Markdown syntax that plain texts and programs rarely have.
fn is_markdown(text: &str) -> bool {
    let lines: Vec<_> = text.lines().take(LOOKED_AT * 4).collect();
    lines
        .iter()
        .enumerate()
        .any(|(at, line)| is_marked(line) || is_heading(line) && lines.get(at + 1).is_none_or(|next| next.trim().is_empty()))
}

/// Returns true for a heading. Comments of programs look like one, but seldom stand between blank lines.
fn is_heading(line: &str) -> bool {
    let text = line.trim_start_matches('#');
    (1..=6).contains(&(line.len() - text.len())) && text.starts_with(' ')
}

fn is_marked(line: &str) -> bool {
    let line = line.trim_start();
    let is_item = ["- ", "* ", "1. ", "> "].iter().any(|mark| line.starts_with(mark));
    is_item || line.starts_with("```") || is_bold(line) || line.contains("](http")
}

/// Returns true if a part of the line stands between two pairs of asterisks, without spaces inside them.
fn is_bold(line: &str) -> bool {
    let Some((_, rest)) = line.split_once("**") else { return false };
    rest.split_once("**").is_some_and(|(inside, _)| !inside.is_empty() && inside.trim() == inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_told_apart() {
        for (text, form) in [
            ("210 of 212 fixtures are equal.", TextFormat::Plain),
            ("fn main() {\n    let a = [1, 2];\n}", TextFormat::Plain),
            ("# Report\n\nAll is well.", TextFormat::Markdown),
            ("Done:\n- one\n- two", TextFormat::Markdown),
            ("See [the log](https://example.org).", TextFormat::Markdown),
            ("a,b\n1,2\n3,4", TextFormat::Separated(',')),
            ("a\tb\n1\t2\n\"3\"\t4", TextFormat::Separated('\t')),
            ("\tgo test\tall\n\tgo vet\tall\n\tgo run\tall", TextFormat::Plain),
            ("Thanks, Ada\nIt works, mostly\nBye, Bob", TextFormat::Plain),
            ("This is **bold** text.", TextFormat::Markdown),
            ("Dear poster,\n\nthe work, as asked, is done,\nand more", TextFormat::Plain),
            ("{\"a\": [1, 2]}", TextFormat::Json),
            ("[not json", TextFormat::Plain),
            ("", TextFormat::Plain),
        ] {
            assert_eq!(detect(text), form, "{text}");
        }
    }

    #[test]
    fn programs_are_shown_line_by_line() {
        let python =
            "# Parse invoices\nimport re\n\ndef total(*args, **kwargs):\n    __cache__ = {}\n    return sum(a * b for a, b in args)\n";
        for program in [
            python,
            "# Deploy\n\nservice: web\nsteps:\n  - run: make\n  - run: make install\n",
            "- name: web\n  image: nginx\n- name: db\n  image: postgres\n",
            "# install\napt-get update\nmake all\n",
            "#!/bin/sh\n# all of it\n\nset -e\n",
            "/**\n * Adds two numbers.\n * - the first\n */\nint add(int a, int b);\n",
            "## Constants\n\nPI = 3.14\n",
            "# Settings\n\n[server]\nport = 80\n",
            "# Squares\n\nfor n in range(9):\n    print(n ** 2, n ** 3)\n",
            "# Query\n\nSELECT a, b FROM t\nWHERE a > 1\n",
            "--- a/x\n+++ b/x\n@@ -1 +1 @@\n- one\n+ two\n",
            "x = [1,2]\ny = [3,4]\nz = [5,6]\n",
        ] {
            assert_eq!(detect(program), TextFormat::Plain, "{program}");
        }
        for report in [
            "# Report\n\nI ran this:\n\n```python\nimport re\nx = 1;\n```\n\nAll is well.",
            "## What I did\n\n- read the brief; then\n- wrote it\n\nNote: it's done.",
            "Result:\n\n1. It parses.\n2. It is fast.",
            "1. Changes:\n   - one\n   - two",
            "Changes made:\n  - one\n  - two",
        ] {
            assert_eq!(detect(report), TextFormat::Markdown, "{report}");
        }
    }

    #[test]
    fn types_say_what_can_be_read() {
        assert_eq!(of_type("text/markdown"), Some(TextFormat::Markdown));
        assert_eq!(of_type("text/html"), Some(TextFormat::Plain), "its source, never the page");
        assert_eq!(of_type("image/svg+xml"), Some(TextFormat::Plain));
        assert_eq!(of_type("application/pdf"), None);
    }
}
