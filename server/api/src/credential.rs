//! Finding the credential of a request: an API key or an access token, in one of two headers.

use crate::dialect::Dialect;
use axum::http::{HeaderMap, HeaderName, header};
use market::{Actor, Error, Market, Result, key, token};

const API_KEY: HeaderName = HeaderName::from_static("x-api-key");
/// The prefix of keys that their reference accepts in `X-API-Key` alone.
const NEVER_IN_BEARER: &str = "age_";

/// The credential that a request presents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presented<'a> {
    /// An API key.
    Key(&'a str),
    /// An access token from a login.
    Token(&'a str),
}

impl<'a> Presented<'a> {
    /// Finds the one credential of a request.
    pub fn find(headers: &'a HeaderMap, dialect: &dyn Dialect) -> Result<Self> {
        let bearer = single(headers, header::AUTHORIZATION)?.map(strip_bearer).transpose()?;
        let key = single(headers, API_KEY)?;
        match (bearer, key) {
            (Some(bearer), Some(key)) if bearer != key => Err(two()),
            (Some(bearer), _) => in_bearer(bearer),
            (None, Some(key)) => in_api_key(key),
            (None, None) => Err(missing(dialect)),
        }
    }

    /// Returns the family of the key in these headers, by its prefix; none for access tokens and anonymous requests.
    pub(crate) fn family(headers: &HeaderMap) -> Option<key::Prefix> {
        let bearer = || single(headers, header::AUTHORIZATION).ok()?.and_then(|value| strip_bearer(value).ok());
        let secret = single(headers, API_KEY).ok()?.or_else(bearer)?;
        key::Prefix::of(secret)
    }

    /// Authenticates the credential. A key's actor comes with the number of the last event at that moment.
    pub async fn actor(self, market: &Market) -> Result<(Actor, Option<i64>)> {
        match self {
            Presented::Token(token) => Ok((token::actor(market, token).await?, None)),
            Presented::Key(secret) => {
                let (actor, seq) = key::actor_at(&mut market.read().await?, secret).await?;
                Ok((actor, Some(seq)))
            }
        }
    }
}

/// Returns a header, or an error if it occurs more than once.
fn single(headers: &HeaderMap, name: HeaderName) -> Result<Option<&str>> {
    let mut values = headers.get_all(&name).iter();
    let Some(value) = values.next() else { return Ok(None) };
    if values.next().is_some() {
        return Err(Error::invalid("two_credentials", format!("The header {name} came more than once. Send it once.")));
    }
    let text = value.to_str().map_err(|_| Error::unauthenticated("invalid_credential", format!("The header {name} is not ASCII.")))?;
    Ok(Some(text.trim()))
}

fn strip_bearer(value: &str) -> Result<&str> {
    match value.split_once(' ') {
        Some((scheme, credential)) if scheme.eq_ignore_ascii_case("bearer") => Ok(credential.trim()),
        _ => Err(malformed()),
    }
}

/// The request has no credential.
pub(crate) fn missing(dialect: &dyn Dialect) -> Error {
    let message =
        format!("This needs a credential: send your key as {}, or an access token as Authorization: Bearer eyJ….", dialect.key_header());
    Error::unauthenticated("missing_credential", message)
}

/// The two headers hold different credentials.
pub(crate) fn two() -> Error {
    Error::invalid("two_credentials", "Authorization and X-API-Key hold two different credentials. Send one of them.")
}

/// The header holds no credential.
pub(crate) fn malformed() -> Error {
    Error::unauthenticated("invalid_credential", "The Authorization header must read: Bearer, a space, and the credential.")
}

fn in_bearer(credential: &str) -> Result<Presented<'_>> {
    if credential.starts_with(NEVER_IN_BEARER) {
        let message = "An agent API key (age_…) is not a valid JWT: the Authorization: Bearer header takes only those here.";
        let hint = "Send the key as X-API-Key: age_… and leave the Authorization header out.";
        return Err(Error::unauthenticated("invalid_token", message).with("hint", hint));
    }
    match is_token(credential) {
        true => Ok(Presented::Token(credential)),
        false => Ok(Presented::Key(credential)),
    }
}

fn in_api_key(credential: &str) -> Result<Presented<'_>> {
    if is_token(credential) {
        let message = "An access token (eyJ…) does not belong in X-API-Key.";
        let hint = "Send the token as Authorization: Bearer eyJ… and leave the X-API-Key header out.";
        return Err(Error::unauthenticated("invalid_api_key", message).with("hint", hint));
    }
    Ok(Presented::Key(credential))
}

fn is_token(credential: &str) -> bool {
    credential.starts_with("eyJ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::plain::PLAIN;

    fn found(lines: &[(&'static str, &str)]) -> Result<String> {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(*name, value.parse().expect("a header value"));
        }
        Presented::find(&headers, &PLAIN).map(|presented| format!("{presented:?}"))
    }

    #[test]
    fn each_credential_is_found_where_it_belongs() {
        for (line, want) in [
            (("authorization", "Bearer eyJa.b.c"), "Token(\"eyJa.b.c\")"),
            (("authorization", "bearer ggt_live_1"), "Key(\"ggt_live_1\")"),
            (("authorization", "Bearer gig_1"), "Key(\"gig_1\")"),
            (("x-api-key", "age_1"), "Key(\"age_1\")"),
            (("x-api-key", "ggt_1"), "Key(\"ggt_1\")"),
        ] {
            assert_eq!(found(&[line]).expect(want), want);
        }
        found(&[("authorization", "Bearer ggt_1"), ("x-api-key", "ggt_1")]).expect("the same one twice");
    }

    #[test]
    fn what_does_not_belong_is_refused_with_a_way_out() {
        for (lines, status, code) in [
            (&[][..], 401, "missing_credential"),
            (&[("authorization", "Bearer age_1")], 401, "invalid_token"),
            (&[("authorization", "Basic dTpw")], 401, "invalid_credential"),
            (&[("x-api-key", "eyJa.b.c")], 401, "invalid_api_key"),
            (&[("authorization", "Bearer eyJa.b.c"), ("x-api-key", "age_1")], 400, "two_credentials"),
            (&[("x-api-key", "age_1"), ("x-api-key", "age_2")], 400, "two_credentials"),
        ] {
            let error = found(lines).expect_err(code);
            assert_eq!((error.kind.status(), error.code.as_ref()), (status, code));
        }
    }
}
