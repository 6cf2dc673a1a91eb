//! Unicode in texts from outside: one spelling of each letter, one end of each line, and the characters that cannot be seen.

use std::borrow::Cow;
use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Returns a text in normalisation form C, in which a letter and its accents are one character where there is one.
pub fn nfc(text: &str) -> Cow<'_, str> {
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => Cow::Borrowed(text),
        _ => Cow::Owned(text.nfc().collect()),
    }
}

/// Returns a text in normalisation form KC, in which characters that only look different are the same. It is for secrets that people
/// type on different keyboards.
pub fn nfkc(text: &str) -> String {
    text.nfkc().collect()
}

/// Returns a text whose lines are ended by LF alone, without the byte order mark that some programs write before it.
pub fn unix_lines(text: &str) -> Cow<'_, str> {
    let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    if text.contains('\r') { Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")) } else { Cow::Borrowed(text) }
}

const BYTE_ORDER_MARK: char = '\u{feff}';

/// Returns true for the characters that change the direction of the text around them.
pub fn is_direction_control(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Returns true for the characters that cannot be seen and that no script needs inside a name.
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}' | '\u{200b}' | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}'
        | '\u{3164}' | BYTE_ORDER_MARK | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e00ff}' | '\u{e01f0}'..='\u{e0fff}')
}

/// Returns true for the joiner and the non-joiner, which Persian, Indian scripts and emoji need between two characters.
pub fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// Returns true for the characters that choose a variant of the character before them.
fn is_selector(c: char) -> bool {
    matches!(c, '\u{180b}'..='\u{180d}' | '\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Trims white space, byte order marks, and joiners that have nothing to join.
pub(super) fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || c == BYTE_ORDER_MARK || is_joiner(c))
}

/// Returns the first character of a line that turns or hides text: a direction control, an invisible character, or a joiner or
/// selector without the neighbours that it is for.
pub(super) fn stray(line: &str) -> Option<char> {
    let mut before: Option<char> = None;
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        let follows = before.is_some_and(|before| !before.is_whitespace() && !is_joiner(before));
        let leads = chars.peek().is_some_and(|next| !next.is_whitespace());
        let is_placed = match c {
            c if is_joiner(c) => follows && leads,
            c if is_selector(c) => follows && !before.is_some_and(is_selector),
            c => !is_direction_control(c) && !is_invisible(c),
        };
        if !is_placed {
            return Some(c);
        }
        before = Some(c);
    }
    None
}

/// Returns true if a text has a character that can be seen.
pub(super) fn has_visible(text: &str) -> bool {
    let is_blank = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || is_direction_control(c)
            || is_invisible(c)
            || is_joiner(c)
            || is_selector(c)
            || is_combining_mark(c)
            // The fillers of Hangul, and the cell of braille without a dot.
            || matches!(c, '\u{115f}' | '\u{1160}' | '\u{2800}')
    };
    !text.chars().all(is_blank)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_in_form_is_not_copied() {
        assert!(matches!(nfc("caf\u{e9}"), Cow::Borrowed(_)));
        assert!(matches!(unix_lines("a\nb"), Cow::Borrowed("a\nb")));
        assert_eq!(nfkc("\u{fb01}p\u{a0}a\u{308}"), "fip \u{e4}");
    }
}
