//! Web addresses in plain text, found without any markup around them.

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    /// Text without an address.
    Text(&'t str),
    /// A web address.
    Address(&'t str),
}

/// Returns true if a text may have a web address.
pub(super) fn has_any(text: &str) -> bool {
    text.contains("://")
}

/// Cuts a text into addresses and the text between them, none of them empty.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut plain = 0;
    for (mark, _) in text.match_indices("://") {
        let Some(begins) = text.get(plain..mark).and_then(scheme).map(|length| mark - length) else { continue };
        let url = trimmed(text[begins..].split(ends).next().unwrap_or_default());
        // No letter or digit stands before an address, and something stands behind its scheme.
        if text[..begins].ends_with(char::is_alphanumeric) || url.ends_with("://") {
            continue;
        }
        pieces.extend((plain < begins).then(|| Piece::Text(&text[plain..begins])));
        pieces.push(Piece::Address(url));
        plain = begins + url.len();
    }
    pieces.extend((plain < text.len()).then(|| Piece::Text(&text[plain..])));
    pieces
}

/// Returns the length of the scheme that a text ends with.
fn scheme(text: &str) -> Option<usize> {
    ["https", "http"].into_iter().find(|scheme| text.ends_with(scheme)).map(str::len)
}

/// Returns true for a character that no address goes on with.
fn ends(c: char) -> bool {
    c.is_whitespace() || c.is_control() || "<>\"`|{}“”‘’«»".contains(c)
}

/// Drops the punctuation of the sentence around an address, and the brackets that it did not open.
fn trimmed(url: &str) -> &str {
    let count = |bracket: char| url.matches(bracket).count();
    let (mut round, mut square) = (count(')').saturating_sub(count('(')), count(']').saturating_sub(count('[')));
    url.trim_end_matches(|c: char| match c {
        ')' => take(&mut round),
        ']' => take(&mut square),
        c => ".,;:!?'*_~".contains(c),
    })
}

/// Counts one down; false if nothing is left.
fn take(left: &mut usize) -> bool {
    let any = *left > 0;
    *left = left.saturating_sub(1);
    any
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_cut_out_of_their_sentences() {
        let found = |text: &'static str| {
            let addresses = pieces(text).into_iter().filter_map(|piece| if let Piece::Address(url) = piece { Some(url) } else { None });
            addresses.collect::<Vec<_>>()
        };
        for (text, want) in [
            ("see https://a.example/x?y=1#z.", vec!["https://a.example/x?y=1#z"]),
            ("(http://a.example/b_(c))", vec!["http://a.example/b_(c)"]),
            ("https://a.example, https://b.example!", vec!["https://a.example", "https://b.example"]),
            ("\u{201c}https://a.example\u{201d}", vec!["https://a.example"]),
            ("https:// and xhttps://a.example", vec![]),
            ("no://thing", vec![]),
        ] {
            assert_eq!(found(text), want, "{text}");
        }
        assert_eq!(pieces("a https://b.example c"), [Piece::Text("a "), Piece::Address("https://b.example"), Piece::Text(" c")]);
    }
}
