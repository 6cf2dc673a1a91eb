//! What a text is. Work that is handed in as text says nothing about its form; files say it by their type.

use super::sheet::cells;

/// How a text is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// As it is.
    Plain,
    /// Markdown.
    Markdown,
    /// Values with this between them.
    Separated(char),
    /// JSON.
    Json,
    /// JSON, a value a line.
    JsonLines,
}

/// The form of a media type; none for what is no text.
pub(crate) fn of_type(media: &str) -> Option<Form> {
    Some(match media {
        "text/markdown" => Form::Markdown,
        "text/csv" => Form::Separated(','),
        "text/tab-separated-values" => Form::Separated('\t'),
        "application/json" => Form::Json,
        "application/x-ndjson" => Form::JsonLines,
        "application/yaml" | "application/toml" | "application/xml" | "application/sql" | "image/svg+xml" => Form::Plain,
        text if text.starts_with("text/") => Form::Plain,
        _ => return None,
    })
}

/// How many lines are looked at.
const LOOKED_AT: usize = 50;

/// The form that a text without a type seems to have.
pub(crate) fn guess(text: &str) -> Form {
    let start = text.trim_start();
    if start.starts_with(['{', '[']) && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok() {
        return Form::Json;
    }
    for by in ['\t', ','] {
        if is_separated(text, by) {
            return Form::Separated(by);
        }
    }
    if text.lines().take(LOOKED_AT * 4).any(is_marked) { Form::Markdown } else { Form::Plain }
}

/// At least three lines, and all with the same number of values, several.
fn is_separated(text: &str, by: char) -> bool {
    let mut widths = text.lines().filter(|line| !line.is_empty()).take(LOOKED_AT).map(|line| cells(line, by).len());
    let Some(first) = widths.next().filter(|width| *width > 1) else { return false };
    let rest: Vec<_> = widths.collect();
    rest.len() >= 2 && rest.iter().all(|width| *width == first)
}

/// Whether a line has something of Markdown that plain texts and programs rarely have.
fn is_marked(line: &str) -> bool {
    let line = line.trim_start();
    let heading = line.trim_start_matches('#');
    let level = line.len() - heading.len();
    let is_heading = (2..=6).contains(&level) && heading.starts_with(' ') || line.starts_with("# ");
    let is_item = ["- ", "* ", "1. ", "> "].iter().any(|mark| line.starts_with(mark));
    is_heading || is_item || line.starts_with("```") || line.contains("**") || line.contains("](http")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_told_apart() {
        for (text, form) in [
            ("210 of 212 fixtures are equal.", Form::Plain),
            ("fn main() {\n    let a = [1, 2];\n}", Form::Plain),
            ("# Report\n\nAll is well.", Form::Markdown),
            ("Done:\n- one\n- two", Form::Markdown),
            ("See [the log](https://example.org).", Form::Markdown),
            ("a,b\n1,2\n3,4", Form::Separated(',')),
            ("a\tb\n1\t2\n\"3\"\t4", Form::Separated('\t')),
            ("Dear poster,\n\nthe work, as asked, is done,\nand more", Form::Plain),
            ("{\"a\": [1, 2]}", Form::Json),
            ("[not json", Form::Plain),
            ("", Form::Plain),
        ] {
            assert_eq!(guess(text), form, "{text}");
        }
    }

    #[test]
    fn types_say_what_can_be_read() {
        assert_eq!(of_type("text/markdown"), Some(Form::Markdown));
        assert_eq!(of_type("text/html"), Some(Form::Plain), "its source, never the page");
        assert_eq!(of_type("image/svg+xml"), Some(Form::Plain));
        assert_eq!(of_type("application/pdf"), None);
    }
}
