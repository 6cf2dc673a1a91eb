//! Text by lines, as many as a page can hold.

use crate::proof::shown::Lines;

/// How many lines are shown.
const LINES_MOST: usize = 10_000;

/// The first lines of a text, and how many it has.
pub(super) fn lines(text: &str) -> Lines {
    let total = text.lines().count();
    let text = if total > LINES_MOST { text.lines().take(LINES_MOST).collect::<Vec<_>>().join("\n") } else { text.to_owned() };
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
