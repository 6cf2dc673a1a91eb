//! Multipart forms, well-formed and malformed.

/// Builds the media type and the body of a form with one file.
pub(super) fn form(name: &str, bytes: &[u8]) -> (String, Vec<u8>) {
    of(&[("file", Some(name), bytes)])
}

/// Builds the media type and the body of a form with any fields.
pub(super) fn of(fields: &[(&str, Option<&str>, &[u8])]) -> (String, Vec<u8>) {
    const BOUNDARY: &str = "----a-boundary-that-no-file-has";
    let mut body = Vec::new();
    for (field, file, bytes) in fields {
        let file = file.map(|name| format!("; filename=\"{name}\"")).unwrap_or_default();
        body.extend_from_slice(format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{field}\"{file}\r\n\r\n").as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    (format!("multipart/form-data; boundary={BOUNDARY}"), body)
}
