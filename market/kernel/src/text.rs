//! Words and sentences: enums that are stored as one lowercase word, and the validation of text from outside.

use crate::error::{Error, Result};

mod check;
mod unicode;
pub use check::Check;
pub use unicode::{is_direction_control, is_invisible, is_joiner, nfc, nfkc, unix_lines};

/// Defines an enum that is stored, sent and shown as one lowercase word.
#[macro_export]
macro_rules! text_enum {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $word)] $variant),+ }
        impl $name {
            /// Every value, in the order it is declared.
            pub const ALL: &[$name] = &[$($name::$variant),+];
            /// Returns the word that is stored and sent.
            pub const fn as_str(self) -> &'static str { match self { $($name::$variant => $word),+ } }
            /// Parses a word; none if it is unknown.
            pub fn parse(word: &str) -> Option<Self> { match word { $($word => Some($name::$variant),)+ _ => None } }
        }
        impl $crate::text::Word for $name {
            const ALL: &'static [Self] = Self::ALL;
            fn as_str(self) -> &'static str { self.as_str() }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.as_str()) }
        }
    };
}

/// An enum of words, as [`text_enum!`](crate::text_enum) defines them.
pub trait Word: Copy + 'static {
    /// Every value, in the order it is declared.
    const ALL: &'static [Self];
    /// Returns the word that is stored and sent.
    fn as_str(self) -> &'static str;
    /// Returns the word as a sentence has it: `in_review` is spoken `in review`.
    fn spoken(self) -> String {
        self.as_str().replace('_', " ")
    }
    /// Reads a field of a request; the error lists every word.
    fn read(field: &'static str, text: &str) -> Result<Self> {
        let known = || any_of(Self::ALL.iter().map(|word| word.as_str()));
        let found = Self::ALL.iter().copied().find(|word| word.as_str() == text);
        found.ok_or_else(|| Error::field(field, format!("It must be {}.", known())))
    }
}

/// Formats bytes as lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// Shortens a caller's text for a message that quotes it: the first characters, without those that control the text around them.
pub fn clip(text: &str, characters_max: usize) -> String {
    text.chars().filter(|c| !c.is_control() && !is_direction_control(*c)).take(characters_max).collect()
}

/// Begins a text with a capital, as a sentence does.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Joins words for a message: `a, b or c`.
pub fn any_of<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<_> = words.into_iter().collect();
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        Some((last, _)) => (*last).to_owned(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_and_spoken() {
        #[derive(Clone, Copy, Debug, PartialEq)]
        enum Colour {
            Red,
            DarkBlue,
        }
        impl Word for Colour {
            const ALL: &'static [Self] = &[Colour::Red, Colour::DarkBlue];
            fn as_str(self) -> &'static str {
                if self == Colour::Red { "red" } else { "dark_blue" }
            }
        }
        assert_eq!((Colour::read("colour", "dark_blue"), Colour::DarkBlue.spoken()), (Ok(Colour::DarkBlue), "dark blue".to_owned()));
        let error = Colour::read("colour", "Red").expect_err("no such word");
        assert_eq!((error.fields[0].name.as_ref(), error.fields[0].message.as_ref()), ("colour", "It must be red or dark_blue."));
    }

    #[test]
    fn sentences_begin_with_a_capital() {
        assert_eq!((capitalised("job moved"), capitalised("")), ("Job moved".to_owned(), String::new()));
    }

    #[test]
    fn quotations_are_short_and_plain() {
        assert_eq!((clip("äö\u{202e}ü\n!", 4), clip("", 4)), ("äöü!".to_owned(), String::new()));
    }
}
