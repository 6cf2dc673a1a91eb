//! Rendering of text as numbered lines, with a limit.

use crate::review::rendered::Lines;
use pulldown_cmark_escape::escape_html_body_text;

/// The most lines of a delivered text that are shown.
pub(super) const LINES_MAX: usize = 10_000;
/// The length in bytes after which no further line is begun.
pub(super) const BYTES_MAX: usize = 1 << 20;

/// Returns the first lines of a text, and the number of all its lines.
pub(super) fn lines(text: &str) -> Lines {
    let total = text.lines().count();
    let text = if total > LINES_MAX { text.lines().take(LINES_MAX).collect::<Vec<_>>().join("\n") } else { text.to_owned() };
    Lines { text, total }
}

/// Renders a text as a block of lines.
pub(super) fn html(text: &str) -> String {
    let mut escaped = String::new();
    // Writing to a String can't fail.
    let _ = escape_html_body_text(&mut escaped, text);
    format!("<pre><code>{escaped}</code></pre>\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut_and_say_how_long_they_are() {
        assert_eq!(lines("a\nb\n"), Lines { text: "a\nb\n".into(), total: 2 });
        let long = lines(&"x\n".repeat(12_000));
        assert_eq!(html("if a < b && c:"), "<pre><code>if a &lt; b &amp;&amp; c:</code></pre>\n");
        assert_eq!((long.text.lines().count(), long.total), (10_000, 12_000));
    }
}
