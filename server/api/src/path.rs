//! The id in a path.

use crate::reply::Stop;
use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use market::id::{DepositId, DisputeId, FileId, JobId, KeyId};
use market::{Error, Result};

/// An id that can stand in a path.
pub(crate) trait Named: Sized {
    /// What it names, for the document and for a refusal.
    const NOUN: &'static str;
    /// Reads it; what can't be one names nothing.
    fn read(text: &str) -> Result<Self>;
}

/// The `{id}` of a path.
#[derive(Debug)]
pub(crate) struct Id<T>(pub T);

impl<S: Send + Sync, T: Named> FromRequestParts<S> for Id<T> {
    type Rejection = Stop;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Stop> {
        let none = || Error::not_found(T::NOUN);
        let params = RawPathParams::from_request_parts(parts, state).await.map_err(|_| none())?;
        let (_, text) = params.iter().next().ok_or_else(none)?;
        Ok(Self(T::read(text)?))
    }
}

impl Named for JobId {
    const NOUN: &'static str = "job";
    fn read(text: &str) -> Result<Self> {
        JobId::parse(text)
    }
}

impl Named for KeyId {
    const NOUN: &'static str = "API key";
    fn read(text: &str) -> Result<Self> {
        plain(text).map(Self::from).ok_or_else(|| Error::not_found(Self::NOUN))
    }
}

impl Named for FileId {
    const NOUN: &'static str = "file";
    fn read(text: &str) -> Result<Self> {
        plain(text).map(Self::from).ok_or_else(|| Error::not_found(Self::NOUN))
    }
}

impl Named for DisputeId {
    const NOUN: &'static str = "dispute";
    fn read(text: &str) -> Result<Self> {
        plain(text).map(Self::from).ok_or_else(|| Error::not_found(Self::NOUN))
    }
}

impl Named for DepositId {
    const NOUN: &'static str = "checkout";
    fn read(text: &str) -> Result<Self> {
        plain(text).map(Self::from).ok_or_else(|| Error::not_found(Self::NOUN))
    }
}

/// Letters, digits and the marks ids are made of; the database never sees anything else.
fn plain(text: &str) -> Option<&str> {
    let fits = |b: u8| b.is_ascii_alphanumeric() || b"_-".contains(&b);
    Some(text).filter(|text| (1..=64).contains(&text.len()) && text.bytes().all(fits))
}
