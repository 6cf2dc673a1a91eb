//! Detection of a text's form. Text that is handed in has no media type; files have one.

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

/// Detects the form of a text without a media type.
pub(crate) fn detect(text: &str) -> TextFormat {
    let start = text.trim_start();
    if start.starts_with(['{', '[']) && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok() {
        return TextFormat::Json;
    }
    for by in ['\t', ','] {
        if is_separated(text, by) {
            return TextFormat::Separated(by);
        }
    }
    if text.lines().take(LOOKED_AT * 4).any(is_marked) { TextFormat::Markdown } else { TextFormat::Plain }
}

/// Returns true if the text has at least three lines with the same number of values, more than one.
fn is_separated(text: &str, by: char) -> bool {
    let mut widths = text.lines().filter(|line| !line.is_empty()).take(LOOKED_AT).map(|line| cells(line, by).len());
    let Some(first) = widths.next().filter(|width| *width > 1) else { return false };
    let rest: Vec<_> = widths.collect();
    rest.len() >= 2 && rest.iter().all(|width| *width == first)
}

/// Returns true if a line has Markdown syntax that plain texts and programs rarely have.
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
            ("210 of 212 fixtures are equal.", TextFormat::Plain),
            ("fn main() {\n    let a = [1, 2];\n}", TextFormat::Plain),
            ("# Report\n\nAll is well.", TextFormat::Markdown),
            ("Done:\n- one\n- two", TextFormat::Markdown),
            ("See [the log](https://example.org).", TextFormat::Markdown),
            ("a,b\n1,2\n3,4", TextFormat::Separated(',')),
            ("a\tb\n1\t2\n\"3\"\t4", TextFormat::Separated('\t')),
            ("Dear poster,\n\nthe work, as asked, is done,\nand more", TextFormat::Plain),
            ("{\"a\": [1, 2]}", TextFormat::Json),
            ("[not json", TextFormat::Plain),
            ("", TextFormat::Plain),
        ] {
            assert_eq!(detect(text), form, "{text}");
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
