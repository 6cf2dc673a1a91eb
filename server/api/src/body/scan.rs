//! Scanning a body before it is deserialised: its nesting depth, and the field at an offset.

use serde_json::Value;

/// The deepest nesting that is accepted.
pub(super) const DEPTH_MAX: usize = 64;

/// Returns the offset at which the nesting exceeds the limit. Deserialisers skip unknown fields without counting depth.
pub(super) fn too_deep(bytes: &[u8]) -> Option<usize> {
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for (at, byte) in bytes.iter().enumerate() {
        match (quoted, byte) {
            (true, _) if escaped => escaped = false,
            (true, b'\\') => escaped = true,
            (_, b'"') => quoted = !quoted,
            (false, b'[' | b'{') => {
                depth += 1;
                if depth > DEPTH_MAX {
                    return Some(at);
                }
            }
            (false, b']' | b'}') => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

/// Returns the outermost field that contains the byte at `offset`.
pub(super) fn field_at(bytes: &[u8], offset: usize) -> Option<String> {
    let (mut depth, mut start, mut escaped) = (0_usize, None, false);
    let (mut word, mut field) = (None, None);
    for (at, byte) in bytes.iter().enumerate().take(offset) {
        match (start, byte) {
            (Some(_), _) if escaped => escaped = false,
            (Some(_), b'\\') => escaped = true,
            (Some(from), b'"') => {
                word = Some(&bytes[from..at]);
                start = None;
            }
            (None, b'"') => start = Some(at + 1),
            (None, b':') if depth == 1 => field = word,
            (None, b'[' | b'{') => depth += 1,
            (None, b']' | b'}') => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    field.map(|name| String::from_utf8_lossy(name).chars().filter(|c| !c.is_control()).take(64).collect())
}

/// Returns the path of the first string that contains a NUL: SQL text can't store one.
pub(super) fn nul(text: &str) -> Option<Option<String>> {
    if !text.contains("\\u0000") {
        return None;
    }
    let value = serde_json::from_str(text).ok()?;
    path_to_nul(&value).map(|path| Some(path).filter(|path| !path.is_empty()))
}

fn path_to_nul(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => text.contains('\0').then(String::new),
        Value::Array(items) => items.iter().enumerate().find_map(|(i, item)| path_to_nul(item).map(|rest| joined(format!("[{i}]"), &rest))),
        Value::Object(fields) => fields.iter().find_map(|(name, item)| match name.contains('\0') {
            true => Some(name.replace('\0', "\\u0000")),
            false => path_to_nul(item).map(|rest| joined(name.clone(), &rest)),
        }),
        _ => None,
    }
}

fn joined(name: String, rest: &str) -> String {
    match rest {
        "" => name,
        index if index.starts_with('[') => name + index,
        field => format!("{name}.{field}"),
    }
}
