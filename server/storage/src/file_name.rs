//! The name of a file in a form's `Content-Disposition`: `filename*=utf-8''r%C3%A9sum%C3%A9.txt`, which older programs send, before
//! `filename="…"`.

use axum::http::{HeaderMap, header};
use multer::Field;

/// Returns the name as it was sent.
pub(crate) fn sent(field: &Field<'_>) -> Option<String> {
    extended(field.headers()).or_else(|| field.file_name().map(str::to_owned))
}

/// Returns the value of `filename*` (RFC 8187); none if it is missing, malformed or in an unknown encoding.
fn extended(headers: &HeaderMap) -> Option<String> {
    let line = String::from_utf8_lossy(headers.get(header::CONTENT_DISPOSITION)?.as_bytes()).into_owned();
    let mut pairs = parameters(&line).into_iter().filter_map(|parameter| parameter.split_once('='));
    let (_, value) = pairs.find(|(name, _)| name.trim().eq_ignore_ascii_case("filename*"))?;
    let mut parts = value.trim().splitn(3, '\'');
    let (encoding, _language, text) = (parts.next()?, parts.next()?, parts.next()?);
    let bytes = unescaped(text)?;
    match encoding.to_ascii_lowercase().as_str() {
        "utf-8" => String::from_utf8(bytes).ok(),
        "iso-8859-1" => Some(bytes.into_iter().map(char::from).collect()),
        _ => None,
    }
}

/// Splits a header's value at the semicolons outside quotes.
fn parameters(line: &str) -> Vec<&str> {
    let (mut parameters, mut begins, mut is_quoted, mut is_escaped) = (Vec::new(), 0, false, false);
    for (at, c) in line.char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' if is_quoted => is_escaped = true,
            '"' => is_quoted = !is_quoted,
            ';' if !is_quoted => {
                parameters.push(&line[begins..at]);
                begins = at + 1;
            }
            _ => {}
        }
    }
    parameters.push(&line[begins..]);
    parameters
}

/// Reads `%C3%A9` as bytes; none if two hexadecimal digits are missing after a percent sign.
fn unescaped(text: &str) -> Option<Vec<u8>> {
    let mut bytes = text.bytes();
    let mut plain = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        let byte = if byte == b'%' { digit(bytes.next()?)? << 4 | digit(bytes.next()?)? } else { byte };
        plain.push(byte);
    }
    Some(plain)
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn an_extended_name_is_read() {
        let read = |line: &str| {
            let value = HeaderValue::from_bytes(line.as_bytes()).expect("a header");
            extended(&HeaderMap::from_iter([(header::CONTENT_DISPOSITION, value)]))
        };
        for (line, name) in [
            ("form-data; name=\"file\"; filename*=utf-8''r%C3%A9sum%C3%A9.txt", Some("résumé.txt")),
            ("form-data; name=\"file\"; filename=\"resume.txt\"; FileName*=UTF-8'fr'r%c3%a9sum%c3%a9.txt", Some("résumé.txt")),
            ("form-data; filename*=iso-8859-1''r%E9sum%E9.txt", Some("résumé.txt")),
            ("form-data; filename=\"a; filename*=utf-8''b.txt\"", None),
            ("form-data; filename=\"a\\\"; filename*=utf-8''b.txt\"", None),
            ("form-data; filename*=utf-8''%C3", None),
            ("form-data; filename*=utf-8''%zz", None),
            ("form-data; filename*=koi8-r''a.txt", None),
            ("form-data; filename=\"é.txt\"", None),
            ("form-data; filename*=a.txt", None),
        ] {
            assert_eq!(read(line).as_deref(), name, "{line}");
        }
    }
}
