//! Rendering of text as numbered lines, with a limit.

use crate::review::rendered::Lines;

/// The most lines that are shown.
const LINES_MAX: usize = 10_000;

/// Returns the first lines of a text, and the number of all its lines.
pub(super) fn lines(text: &str) -> Lines {
    let total = text.lines().count();
    let text = if total > LINES_MAX { text.lines().take(LINES_MAX).collect::<Vec<_>>().join("\n") } else { text.to_owned() };
    Lines { text, total }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut_and_say_how_long_they_are() {
        assert_eq!(lines("a\nb\n"), Lines { text: "a\nb\n".into(), total: 2 });
        let long = lines(&"x\n".repeat(12_000));
        assert_eq!((long.text.lines().count(), long.total), (10_000, 12_000));
    }
}
