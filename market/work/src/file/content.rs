//! The media type of a file: its name and its first bytes have to agree.

use super::name::ending;
use super::types::{FileType, OCTETS, Signature, file_type};
use kernel::{Error, Result};

/// The number of first bytes that are examined.
pub const HEAD: usize = 8192;
/// The formats whose first bytes are letters.
const LETTERED: [&str; 3] = ["pdf", "rtf", "ps"];
const PLAIN: &str = "text/plain";

/// Returns the media type of a file with this (clean) name and these first [`HEAD`] bytes. Fails when name and bytes contradict each
/// other.
pub fn content_type(name: &str, head: &[u8]) -> Result<&'static str> {
    if head.is_empty() {
        return Err(wrong("It is empty; send a file with something in it.".to_owned()));
    }
    let ending = ending(name).unwrap_or_default();
    let begins = beginning(head);
    match file_type(&ending) {
        Some(FileType { media, form: Signature::Bare, .. }) => Ok(media),
        Some(FileType { media, form: Signature::Text, .. }) if begins.is_none() && is_text(head) => Ok(media),
        Some(FileType { media, form: Signature::Magic(any), .. }) if begins.is_some_and(|begins| any.contains(&begins)) => Ok(media),
        Some(_) => Err(mismatch(&ending, begins, head)),
        None if begins.is_some() => Err(mismatch(&ending, begins, head)),
        None => Ok(if is_text(head) { PLAIN } else { OCTETS }),
    }
}

/// Detects the format of the first bytes, as its usual extension.
fn beginning(head: &[u8]) -> Option<&'static str> {
    let found = infer::get(head).filter(|found| found.matcher_type() != infer::MatcherType::Text).map(|found| found.extension());
    // Two letters are enough for some formats, and for many words: BMW is no bitmap.
    let found = found.filter(|found| LETTERED.contains(found) || !is_text(head));
    found.or_else(|| match head {
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => Some("mp4"),
        [0xff, second, ..] if second & 0xe6 == 0xe2 => Some("mp3"),
        _ => None,
    })
}

/// Returns true if the bytes are readable UTF-8; the last character may be cut.
fn is_text(head: &[u8]) -> bool {
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => std::str::from_utf8(&head[..error.valid_up_to()]).unwrap_or_default(),
        Err(_) => return false,
    };
    !text.is_empty() && !text.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}' | '\u{1b}'))
}

fn mismatch(ending: &str, begins: Option<&str>, head: &[u8]) -> Error {
    let claims = if ending.is_empty() { "Its name has no ending".to_owned() } else { format!("Its name says .{ending}") };
    let is = match begins {
        Some(begins) => format!("its first bytes say .{begins}"),
        None if is_text(head) => "it is text".to_owned(),
        None => "its first bytes say something else".to_owned(),
    };
    wrong(format!("{claims}, but {is}. Give it the name of what it is."))
}

fn wrong(message: String) -> Error {
    Error::field("file", message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01";
    const ZIP: &[u8] = b"PK\x03\x04\x14\0\0\0\x08\0abc";
    const PDF: &[u8] = b"%PDF-1.7\n1 0 obj";
    const EXE: &[u8] = b"MZ\x90\0\x03\0\0\0";

    #[test]
    fn name_and_bytes_agree() {
        for (name, head, media) in [
            ("a.png", PNG, "image/png"),
            ("a.PDF", PDF, "application/pdf"),
            ("a.zip", ZIP, "application/zip"),
            ("a.docx", ZIP, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            ("a.mp4", b"\0\0\0\x20ftypiso9\0\0\0\0", "video/mp4"),
            ("a.mp3", b"\xff\xf3\x40\xc4\0\0\0", "audio/mpeg"),
            ("a.exe", EXE, "application/vnd.microsoft.portable-executable"),
            ("a.md", b"# Title\n", "text/markdown"),
            ("a.csv", b"BM,MZ\n1,2\n", "text/csv"),
            ("a.html", b"<!DOCTYPE html><p>", "text/html"),
            ("a.svg", b"<?xml version=\"1.0\"?><svg/>", "image/svg+xml"),
            ("a.txt", "zażółć gęślą jaźń".as_bytes(), "text/plain"),
            ("a.bin", PDF, "application/octet-stream"),
            ("Makefile", b"all:\n\techo", "text/plain"),
            ("a.unheard", b"\0\x01\x02\x03", "application/octet-stream"),
        ] {
            assert_eq!(content_type(name, head), Ok(media), "{name}");
        }
    }

    #[test]
    fn what_contradicts_itself_is_refused_by_name() {
        for (name, head) in [
            ("a.png", PDF),
            ("a.png", b"not a picture"),
            ("a.pdf", ZIP),
            ("a.txt", PNG),
            ("a.txt", PDF),
            ("a.txt", b"a\0b"),
            ("a.md", b"\xff\xfeu\0t\0f\0"),
            ("a.jpg", EXE),
            ("a.svg", EXE),
            ("a.docx", b"word"),
            ("a.unheard", PDF),
            ("noending", EXE),
            ("a.txt", b""),
        ] {
            let error = content_type(name, head).expect_err(name);
            assert_eq!((error.kind.status(), error.fields[0].name.as_ref()), (400, "file"), "{name}");
        }
    }

    #[test]
    fn a_letter_that_the_sample_cuts_is_no_fault() {
        let text = "ü".repeat(HEAD);
        assert_eq!(content_type("a.txt", &text.as_bytes()[..HEAD - 1]), Ok("text/plain"));
    }

    proptest! {
        #[test]
        fn nothing_breaks_it(name in ".{0,9}\\.(pdf|txt|zip|docx|doc|mp4|png|x)", head in proptest::collection::vec(any::<u8>(), 0..200), lead in 0..6_usize) {
            let leads: [&[u8]; 6] = [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF", b"\0\0\0\x20ftyp", b"ustar"];
            let head = [leads[lead], &head].concat();
            let _ = content_type(&name, &head);
        }
    }
}
