//! The check of a request's fields. It is the one door for text from outside: line ends are folded to LF, and letters to one spelling.

use super::unicode::{has_visible, is_direction_control, nfc, stray, trimmed, unix_lines};
use crate::error::{Error, Field, Result};
use std::borrow::Cow;
use std::ops::RangeInclusive;

/// The most errors that one answer tells: a request can have more wrong fields than anybody reads.
const ERRORS_MAX: usize = 50;

/// Collects the errors of a request, field by field, so that the caller gets all of them at once, but for those beyond the first fifty.
#[derive(Debug, Default)]
pub struct Check {
    fields: Vec<Field>,
}

impl Check {
    /// Creates a check without errors.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the error of a field, unless there are enough of them.
    pub fn wrong(&mut self, name: &'static str, message: impl Into<Cow<'static, str>>) {
        if self.fields.len() < ERRORS_MAX {
            self.fields.push(Field { name: Cow::Borrowed(name), message: message.into() });
        }
    }

    /// Checks one line of text: trimmed, in normalisation form C, its length in characters within the range. Control characters,
    /// characters that change the direction of text and characters that cannot be seen are refused.
    pub fn line(&mut self, name: &'static str, text: &str, length: RangeInclusive<usize>) -> String {
        let text = nfc(trimmed(text));
        if text.chars().any(|c| c.is_control() || is_separator(c)) {
            self.wrong(name, "It must be one line without control characters; remove them.");
        } else if let Some(c) = stray(&text) {
            let what = if is_direction_control(c) { "changes the direction of text" } else { "cannot be seen" };
            self.wrong(name, format!("It contains the character U+{:04X}, which {what}; remove it.", u32::from(c)));
        }
        self.within(name, &text, length);
        text.into_owned()
    }

    /// Checks text of several lines: trimmed, in normalisation form C, lines ended by LF, no control characters except tabs.
    pub fn prose(&mut self, name: &'static str, text: &str, length: RangeInclusive<usize>) -> String {
        let text = unix_lines(text).replace(is_separator, "\n");
        let text = nfc(text.trim()).into_owned();
        self.without_controls(name, &text);
        self.within(name, &text, length);
        text
    }

    /// Checks work that is handed in as text: its letters and its indentation stay as they are. Lines are ended by LF, and blank lines
    /// around the work are dropped.
    pub fn work(&mut self, name: &'static str, text: &str, length: RangeInclusive<usize>) -> String {
        let text = without_blank_lines(&unix_lines(text)).to_owned();
        self.without_controls(name, &text);
        self.within(name, &text, length);
        text
    }

    /// Returns the value, or adds the error that it is missing.
    pub fn some<T>(&mut self, name: &'static str, value: Option<T>, wanted: &str) -> Option<T> {
        if value.is_none() {
            self.wrong(name, format!("It is required: {wanted}."));
        }
        value
    }

    /// Returns the value, or adds its error.
    pub fn take<T>(&mut self, result: Result<T>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(error) => {
                self.fields.extend(error.fields.into_iter().take(ERRORS_MAX - self.fields.len()));
                None
            }
        }
    }

    /// Fails if any error was added.
    pub fn done(self) -> Result<()> {
        if self.fields.is_empty() { Ok(()) } else { Err(Error::fields(self.fields)) }
    }

    fn without_controls(&mut self, name: &'static str, text: &str) {
        if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
            self.wrong(name, "It must not contain control characters such as NUL; remove them.");
        }
    }

    fn within(&mut self, name: &'static str, text: &str, length: RangeInclusive<usize>) {
        let count = text.chars().count();
        let (least, most) = (*length.start(), *length.end());
        if count == 0 && least > 0 {
            self.wrong(name, format!("It is required: {least} to {most} characters."));
        } else if !length.contains(&count) {
            let s = if count == 1 { "" } else { "s" };
            self.wrong(name, format!("It has {count} character{s}. Use {least} to {most} characters."));
        } else if least > 0 && !has_visible(text) {
            self.wrong(name, "It contains nothing that can be seen; write at least one visible character.");
        }
    }
}

/// Returns true for the separators of lines and paragraphs, which end a line as LF does.
fn is_separator(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}')
}

/// Drops the blank lines before and after a text.
fn without_blank_lines(text: &str) -> &str {
    let blank = text.len() - text.trim_start().len();
    let begins = text[..blank].rfind('\n').map_or(0, |at| at + 1);
    let text = &text[begins..];
    if text.trim().is_empty() {
        return "";
    }
    let ends = text.trim_end().len();
    text[ends..].find('\n').map_or(text, |at| &text[..ends + at])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Result<String> {
        let mut check = Check::new();
        let kept = check.line("name", text, 1..=80);
        check.done().map(|()| kept)
    }

    fn prose(text: &str) -> Result<String> {
        let mut check = Check::new();
        let kept = check.prose("body", text, 1..=80);
        check.done().map(|()| kept)
    }

    fn work(text: &str) -> Result<String> {
        let mut check = Check::new();
        let kept = check.work("content", text, 0..=80);
        check.done().map(|()| kept)
    }

    #[test]
    fn every_wrong_field_is_named_at_once() {
        let mut check = Check::new();
        check.line("title", "a\0b", 3..=5);
        check.prose("body", "", 1..=9);
        assert_eq!(check.prose("note", " fine\n ", 0..=9), "fine");
        let error = check.done().expect_err("two fields are wrong");
        assert_eq!(error.fields.iter().map(|f| f.name.as_ref()).collect::<Vec<_>>(), ["title", "body"]);
    }

    #[test]
    fn lengths_are_counted_in_characters() {
        let mut check = Check::new();
        check.line("title", "äöü", 3..=3);
        check.line("title", "a\u{308}o\u{308}u\u{308}", 3..=3);
        check.prose("body", "a\r\nb", 3..=3);
        check.done().expect("three characters each, as a browser counts them");
    }

    #[test]
    fn a_name_can_be_seen_and_turns_nothing_around() {
        for bad in [
            "\u{200b}",
            "\u{3164}",
            "\u{2800}\u{2800}",
            "\u{ad}",
            "\u{301}",
            "Ada\u{202e} evil",
            "Ada\u{2066}",
            "A\u{200b}da",
            "Ada\u{e0041}",
            "A \u{200d}b",
            "A\u{200d}\u{200d}b",
            "two\u{2028}lines",
            "two\u{2029}lines",
            "two\nlines",
        ] {
            assert_eq!(line(bad).expect_err(bad).fields[0].name, "name", "{bad:?}");
        }
        let error = line("Ada\u{202e} evil").expect_err("turns");
        assert_eq!(error.fields[0].message, "It contains the character U+202E, which changes the direction of text; remove it.");
        for good in ["می\u{200c}خواهم", "👩\u{200d}💻", "🏳\u{fe0f}\u{200d}🌈 flag", "क्\u{200d}ष", "葛\u{e0100}城", "تحليل الفواتير 123"]
        {
            assert_eq!(line(good).as_deref(), Ok(good));
        }
        assert_eq!(line("\u{feff} Ada\u{200d} ").as_deref(), Ok("Ada"), "what joins nothing at an end is trimmed like a space");
    }

    #[test]
    fn letters_have_one_spelling() {
        assert_eq!(line("Zoe\u{308}").as_deref(), Ok("Zo\u{eb}"));
        assert_eq!(prose("cafe\u{301}").as_deref(), Ok("caf\u{e9}"));
    }

    #[test]
    fn lines_have_one_end() {
        assert_eq!(prose("a\r\nb\rc\nd\u{2028}e\u{2029}f\tg").as_deref(), Ok("a\nb\nc\nd\ne\nf\tg"));
        assert_eq!(prose("\u{feff}a").as_deref(), Ok("a"), "a byte order mark is no letter");
        prose("\u{200b}").expect_err("nothing to be seen");
    }

    #[test]
    fn work_is_kept_as_it_was_handed_in() {
        for (sent, kept) in [
            ("\r\n    indented: 1\r\n    too: 2\r\n\r\n", "    indented: 1\n    too: 2"),
            ("cafe\u{301} = '\u{2028}'", "cafe\u{301} = '\u{2028}'"),
            ("a\tb\t\n1\t2\t\n", "a\tb\t\n1\t2\t"),
            ("\u{feff}\"Name, first\",City", "\"Name, first\",City"),
            (" \n\t\n", ""),
            ("", ""),
            ("one", "one"),
        ] {
            assert_eq!(work(sent).as_deref(), Ok(kept), "{sent:?}");
        }
        work("a\0b").expect_err("NUL");
    }
}
