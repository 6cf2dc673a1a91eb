//! Request bodies: JSON objects of at most 1 MiB. An error names the field.

mod folding;
mod scan;

use crate::error_response::ErrorResponse;
use crate::header::once;
use crate::response::ApiError;
use axum::body::Bytes;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use folding::Folding;
use market::error::Field;
use market::text::capitalised;
use market::{Error, Result};
use serde::de::DeserializeOwned;
use serde_path_to_error::Track;

/// The largest body, in bytes.
pub const BODY_BYTES_MAX: usize = 1 << 20;

/// The body as it arrived, in the request's extensions, where extractors find it.
#[derive(Clone)]
pub struct Raw(pub Bytes);

/// Shows the length alone, because a body may hold a password.
impl std::fmt::Debug for Raw {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Raw({} bytes)", self.0.len())
    }
}

/// A JSON body. An empty one reads as `{}`.
#[derive(Debug)]
pub struct Body<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Body<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let bytes = parts.extensions.get::<Raw>().map_or(&b""[..], |raw| &raw.0);
        if bytes.is_empty() {
            return Ok(Self(read(b"{}")?));
        }
        must_be_json(&parts.headers)?;
        Ok(Self(read(bytes)?))
    }
}

fn must_be_json(headers: &HeaderMap) -> Result<(), ApiError> {
    let kind = once(headers, &header::CONTENT_TYPE)?.and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if essence == "application/json" || (essence.starts_with("application/") && essence.ends_with("+json")) {
        return Ok(());
    }
    Err(no_json().into())
}

/// The body is not announced as JSON.
pub(crate) fn no_json() -> ErrorResponse {
    let message = "Send JSON: add the header Content-Type: application/json.";
    ErrorResponse::http(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", message)
}

/// The body is not one JSON object.
pub(crate) fn no_object() -> Error {
    Error::invalid("invalid_json", "The body must be one JSON object: {\"name\": value, …}.")
}

/// Deserialises a body, whose fields may be named in snake_case or camelCase; the error names the field at fault as it was sent.
pub fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return Err(wrong(scan::field_at(bytes, error.valid_up_to()), "It is not valid UTF-8; encode text as UTF-8.")),
    };
    if !text.trim_start_matches(JSON_SPACE).starts_with('{') {
        return Err(no_object());
    }
    if let Some(at) = scan::too_deep(bytes) {
        let message = format!("It is nested too deeply; use {} levels at most.", scan::DEPTH_MAX);
        return Err(wrong(scan::field_at(bytes, at), message));
    }
    if let Some(path) = scan::nul(text) {
        return Err(wrong(path, "It must not contain the character NUL (\\u0000); remove it."));
    }
    let mut reader = serde_json::Deserializer::from_str(text);
    let mut track = Track::new();
    let value = T::deserialize(Folding::new(serde_path_to_error::Deserializer::new(&mut reader, &mut track)));
    let value = value.map_err(|error| unread(&serde_path_to_error::Error::new(track.path(), error), bytes))?;
    reader.end().map_err(|_| Error::invalid("invalid_json", "The body goes on after the JSON object; send one object only."))?;
    Ok(value)
}

const JSON_SPACE: [char; 4] = [' ', '\t', '\n', '\r'];

fn unread(error: &serde_path_to_error::Error<serde_json::Error>, bytes: &[u8]) -> Error {
    let inner = error.inner();
    if !inner.is_data() {
        let (line, column) = (inner.line(), inner.column());
        let message = format!("The body is not valid JSON: line {line}, column {column}. {}.", sentence(inner));
        let offset = bytes.split_inclusive(|b| *b == b'\n').take(line.saturating_sub(1)).map(<[u8]>::len).sum::<usize>() + column;
        let at = scan::field_at(bytes, offset);
        let fields = at.map(|name| Field { name: name.into(), message: message.clone().into() }).into_iter().collect();
        return Error { fields, ..Error::invalid("invalid_json", message) };
    }
    let path = error.path().to_string();
    let name = match path.as_str() {
        "." => named(inner).unwrap_or_default(),
        _ => path,
    };
    wrong(Some(name).filter(|name| !name.is_empty()), format!("{}.", sentence(inner)))
}

/// Extracts the field from serde's message when it gives no path: the field is missing or occurs twice.
fn named(error: &serde_json::Error) -> Option<String> {
    let told = error.to_string();
    let rest = told.strip_prefix("missing field `").or_else(|| told.strip_prefix("duplicate field `"))?;
    rest.split_once('`').map(|(name, _)| name.to_owned())
}

/// Formats serde's message as a sentence, without line and column.
fn sentence(error: &serde_json::Error) -> String {
    let told = error.to_string();
    capitalised(told.rsplit_once(" at line ").map_or(told.as_str(), |(words, _)| words).trim_end_matches('.'))
}

fn wrong(field: Option<String>, message: impl Into<String>) -> Error {
    let message = message.into();
    match field {
        Some(name) => Error::fields(vec![Field { name: name.into(), message: message.into() }]),
        None => Error::invalid("invalid_request", message),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::amount::Cents;
    use serde::Deserialize;
    use std::collections::BTreeMap;

    #[derive(Debug, Deserialize)]
    struct Order {
        #[serde(rename = "title")]
        _title: String,
        #[serde(rename = "parts", default)]
        _parts: Vec<Part>,
    }

    #[derive(Debug, Deserialize)]
    struct Part {
        #[serde(rename = "count")]
        _count: i64,
    }

    #[derive(Debug, Default, PartialEq, Deserialize)]
    #[serde(default)]
    struct Offer {
        price_min: Option<Cents>,
        #[serde(rename = "jobId")]
        job_id: String,
        more_items: Vec<Offer>,
        by_name: BTreeMap<String, i64>,
        any: serde_json::Value,
    }

    #[test]
    fn names_are_read_in_either_case() {
        let snake = br#"{"price_min": 5, "job_id": "a", "more_items": [{"job_id": "b"}]}"#;
        let camel = br#"{"priceMin": 5, "jobId": "a", "moreItems": [{"jobId": "b"}]}"#;
        let read = |body: &[u8]| read::<Offer>(body).expect("good");
        assert_eq!(read(snake), read(camel));
        assert_eq!(read(snake).more_items[0].job_id, "b");
        assert_eq!(read(br#"{"price_Min": 5, "PriceMin": 5, "PRICE_MIN": 5}"#), Offer::default(), "other spellings are other names");
    }

    #[test]
    fn keys_that_are_data_stay() {
        let read = read::<Offer>(br#"{"byName": {"aB": 1}, "any": {"priceMin": {"cD": 2}}}"#).expect("good");
        assert_eq!((read.by_name["aB"], &read.any["priceMin"]["cD"]), (1, &2.into()));
    }

    #[test]
    fn a_whole_number_may_have_a_zero_fraction() {
        let count = |text: &str| read::<Part>(format!("{{\"count\": {text}}}").as_bytes()).map(|part| part._count);
        for (text, whole) in [("3.0", 3), ("-3.00", -3), ("3", 3), ("1125899906842624.0", 1 << 50)] {
            assert_eq!(count(text), Ok(whole), "{text}");
        }
        for text in ["3.5", "\"3\"", "1125899906842625.0", "1e300"] {
            assert_eq!(count(text).expect_err(text).fields[0].name, "count", "{text}");
        }
        assert_eq!(read::<Offer>(br#"{"any": {"x": 3.0}}"#).expect("good").any["x"], serde_json::json!(3.0), "data stays as it is");
    }

    #[test]
    fn an_error_names_the_field_as_it_was_sent() {
        for (body, field) in [
            (r#"{"priceMin": "x"}"#, "priceMin"),
            (r#"{"price_min": "x"}"#, "price_min"),
            (r#"{"moreItems": [{}, {"jobId": 5}]}"#, "moreItems[1].jobId"),
            (r#"{"job_id": 5}"#, "job_id"),
            (r#"{"jobId": "a", "job_id": "b"}"#, "jobId"),
        ] {
            let error = read::<Offer>(body.as_bytes()).expect_err(body);
            assert_eq!(error.fields[0].name, field, "{body}");
        }
    }

    fn complaint(body: &[u8]) -> (String, String) {
        let error = read::<Order>(body).expect_err("it is wrong");
        let field = error.fields.first().map(|field| field.name.to_string()).unwrap_or_default();
        (field, error.message.to_string())
    }

    #[test]
    fn a_good_body_is_read() {
        read::<Order>(br#" {"title": "a \\u0000 that is none", "parts": [{"count": 2}], "more": {}} "#).expect("good");
    }

    #[test]
    fn the_field_in_the_way_is_named() {
        for (body, field) in [
            (&br#"{"title": 5}"#[..], "title"),
            (br#"{"parts": []}"#, "title"),
            (br#"{"title": "a", "parts": [{"count": 1}, {"count": "2"}]}"#, "parts[1].count"),
            (br#"{"title": "a", "title": "b"}"#, "title"),
            (br#"{"title": "a\u0000b"}"#, "title"),
            (br#"{"title": "a", "parts": [{"count": 1, "note": "\u0000"}]}"#, "parts[0].note"),
            (b"{\"title\": \"a\", \"note\": \"\xff\"}", "note"),
            (br#"{"title": "\ud800"}"#, "title"),
        ] {
            assert_eq!(complaint(body).0, field, "{}", String::from_utf8_lossy(body));
        }
    }

    #[test]
    fn nesting_is_bounded_even_where_nobody_reads() {
        let body = format!(r#"{{"title": "a", "junk": {}{}}}"#, "[".repeat(500_000), "]".repeat(500_000));
        let (field, message) = complaint(body.as_bytes());
        assert_eq!(field, "junk");
        assert!(message.contains("nested too deeply"), "{message}");
    }

    #[test]
    fn only_one_object_will_do() {
        for body in ["[]", "null", "\"x\"", "7", "{} {}", "{\"title\": \"a\"", "{'title': 1}", "{\"title\":\"a\",}"] {
            assert!(read::<Order>(body.as_bytes()).is_err(), "{body}");
        }
    }
}
