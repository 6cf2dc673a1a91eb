//! The query string of a request.

use crate::response::ApiError;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use market::error::Field;
use market::{Error, Result};
use serde::de::DeserializeOwned;

/// The deserialised query string. An error names the parameter; unknown parameters are ignored.
#[derive(Debug)]
pub struct Query<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        Ok(Self(read(parts.uri.query().unwrap_or_default())?))
    }
}

fn read<T: DeserializeOwned>(query: &str) -> Result<T> {
    let pairs = || form_urlencoded::parse(query.as_bytes());
    if let Some((name, _)) = pairs().find(|(name, value)| name.contains('\0') || value.contains('\0')) {
        return Err(wrong(name.replace('\0', ""), "It must not contain the character NUL; remove it."));
    }
    // A form sends fields that were not filled in as empty: they count as absent.
    let filled: String =
        form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs().filter(|(_, value)| !value.is_empty())).finish();
    let reader = serde_urlencoded::Deserializer::new(form_urlencoded::parse(filled.as_bytes()));
    serde_path_to_error::deserialize(reader).map_err(|error| {
        let path = error.path().to_string();
        let told = error.into_inner().to_string();
        let twice = told.strip_prefix("duplicate field `").and_then(|rest| rest.strip_suffix('`'));
        match twice {
            Some(name) => wrong(name.to_owned(), "It came more than once; give it once."),
            None => wrong(path, &format!("It can't be read: {told}.")),
        }
    })
}

fn wrong(name: String, message: &str) -> Error {
    Error::fields(vec![Field { name: name.into(), message: message.to_owned().into() }])
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Asked {
        limit: Option<i64>,
        search: Option<String>,
    }

    #[test]
    fn a_query_is_read() {
        assert_eq!(read("limit=5&search=a%20b+c&x=1"), Ok(Asked { limit: Some(5), search: Some("a b c".into()) }));
        assert_eq!(read("limit=&search="), Ok(Asked { limit: None, search: None }));
    }

    #[test]
    fn a_wrong_parameter_is_named() {
        for (query, name) in [("limit=x", "limit"), ("limit=1&limit=2", "limit"), ("search=%00", "search"), ("limit=9e9", "limit")] {
            let error = read::<Asked>(query).expect_err(query);
            assert_eq!(error.fields[0].name, name);
        }
    }
}
