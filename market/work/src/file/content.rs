//! The media type of a file: its name and its first bytes have to agree.

use super::name::ending;
use super::types::{FileType, OCTETS, Signature, file_type};
use kernel::{Error, Result};

/// The number of first bytes that are examined.
pub const HEAD: usize = 8192;
/// The formats whose first bytes are letters.
const LETTERED: [&str; 3] = ["pdf", "rtf", "ps"];
const PLAIN: &str = "text/plain";

/// Returns the media type of a file with this (clean) name and these first [`HEAD`] bytes.
///
/// Fails when bytes of a known format contradict a known ending. A file that is not what its ending means, but no known format either,
/// is octets: text in another encoding than UTF-8, for example.
pub fn content_type(name: &str, head: &[u8]) -> Result<&'static str> {
    let ending = ending(name).unwrap_or_default();
    let begins = beginning(head);
    match file_type(&ending) {
        Some(FileType { media, form: Signature::Bare, .. }) => Ok(media),
        Some(FileType { media, form: Signature::Text, .. }) if begins.is_none() => Ok(if is_text(head) { media } else { OCTETS }),
        Some(FileType { media, form: Signature::Magic(any), .. }) if begins.is_some_and(|begins| any.contains(&begins)) => Ok(media),
        Some(_) => Err(mismatch(&ending, begins, head)),
        None if begins.is_none() && is_text(head) => Ok(PLAIN),
        None => Ok(OCTETS),
    }
}

/// Returns true if a file is taken as octets although its ending means text: its encoding is not UTF-8.
pub fn is_foreign_text(name: &str, content_type: &str) -> bool {
    let is_named_text = ending(name).and_then(|ending| file_type(&ending)).is_some_and(|known| matches!(known.form, Signature::Text));
    is_named_text && content_type == OCTETS
}

/// Detects the format of the first bytes, as its usual extension.
fn beginning(head: &[u8]) -> Option<&'static str> {
    let found = Some(head)
        .filter(|head| !head.is_empty())
        .and_then(infer::get)
        .filter(|found| found.matcher_type() != infer::MatcherType::Text)
        .map(|found| found.extension());
    // Two letters are enough for some formats, and for many words: BMW is no bitmap.
    let found = found.filter(|found| LETTERED.contains(found) || !is_legible(head));
    found.or_else(|| match head {
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => Some("mp4"),
        [0xff, second, ..] if second & 0xe6 == 0xe2 => Some("mp3"),
        _ => None,
    })
}

/// Returns true if the bytes are readable UTF-8; the last character may be cut. No bytes are an empty text.
fn is_text(head: &[u8]) -> bool {
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => std::str::from_utf8(&head[..error.valid_up_to()]).unwrap_or_default(),
        Err(_) => return false,
    };
    (head.is_empty() || !text.is_empty()) && !text.chars().any(|c| c.is_control() && !is_layout(c))
}

/// Returns true if the bytes are readable in an encoding with a byte for each letter, as UTF-8, Latin-1 and Windows-1252 are.
fn is_legible(head: &[u8]) -> bool {
    !head.iter().any(|byte| byte.is_ascii_control() && !is_layout(char::from(*byte)))
}

fn is_layout(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{c}' | '\u{1b}')
}

/// Builds the refusal of a known ending whose bytes are something else.
fn mismatch(ending: &str, begins: Option<&str>, head: &[u8]) -> Error {
    let is = match begins {
        _ if head.is_empty() => "it is empty".to_owned(),
        Some(begins) => format!("its first bytes say .{begins}"),
        None if is_text(head) => "it is text".to_owned(),
        None => "its first bytes say something else".to_owned(),
    };
    wrong(format!("Its name says .{ending}, but {is}. Give it the name of what it is."))
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
    const OLE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\xff\0\xff";
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
            ("a.m4b", b"\0\0\0\x20ftypM4B \0\0\0\0", "audio/mp4"),
            ("a.3gp", b"\0\0\0\x20ftyp3gp4\0\0\0\0", "video/3gpp"),
            ("protected.xlsx", OLE, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ] {
            assert_eq!(content_type(name, head), Ok(media), "{name}");
        }
    }

    #[test]
    fn an_unknown_ending_with_a_known_format_is_octets() {
        let (tif, gzip) = (b"II*\0\x08\0\0\0\0\xff", b"\x1f\x8b\x08\0\0\0\0\0\0\x03");
        for (name, head) in [
            ("report.xlsm", ZIP),
            ("net.keras", ZIP),
            ("plan.mpp", OLE),
            ("logo.ai", PDF),
            ("photo.dng", tif),
            ("photo.cr2", b"II*\0\x10\0\0\0CR\x02\0\xff\xff"),
            ("icon.svgz", gzip),
            ("a.unheard", PDF),
            ("noending", EXE),
        ] {
            assert_eq!(content_type(name, head), Ok(OCTETS), "{name}");
        }
    }

    #[test]
    fn text_in_another_encoding_is_octets_and_said_to_be() {
        let utf16: Vec<u8> = "\u{feff}Name;Ort\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for (name, head) in [
            ("umsatz.csv", &b"BMW;Ort\r\nM\xfcller;K\xf6ln\r\n"[..]),
            ("movie.srt", b"1\r\n00:00:01,000 --> 00:00:02,000\r\nSalu\xe9\r\n"),
            ("export.csv", &utf16),
            ("a.txt", b"a\0b"),
        ] {
            let media = content_type(name, head);
            assert_eq!((media.as_deref(), is_foreign_text(name, OCTETS)), (Ok(OCTETS), true), "{name}");
        }
        assert!(!is_foreign_text("a.bin", OCTETS) && !is_foreign_text("a.csv", "text/csv") && !is_foreign_text("noending", OCTETS));
    }

    #[test]
    fn empty_files_are_taken_where_nothing_is_needed() {
        for (name, media) in [("__init__.py", PLAIN), ("rows.csv", "text/csv"), ("LICENSE", PLAIN), (".gitkeep", PLAIN), ("a.bin", OCTETS)]
        {
            assert_eq!(content_type(name, b""), Ok(media), "{name}");
        }
        let error = content_type("a.png", b"").expect_err("no picture");
        assert_eq!(error.fields[0].message, "Its name says .png, but it is empty. Give it the name of what it is.");
    }

    #[test]
    fn what_contradicts_itself_is_refused_by_name() {
        for (name, head) in [
            ("a.png", PDF),
            ("a.png", b"not a picture"),
            ("a.pdf", ZIP),
            ("a.txt", PNG),
            ("a.txt", PDF),
            ("a.jpg", EXE),
            ("a.svg", EXE),
            ("a.docx", b"word"),
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
