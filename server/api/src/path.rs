//! Ids in a path, extracted by the name of their parameter.

use crate::response::ApiError;
use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use market::id::{
    AgentId, ApplicationId, ApprovalId, CaseId, DeliverableId, DeliveryId, DepositId, DisputeId, EndpointId, ExportId, FileId, JobId,
    KeyId, PayoutId, QuestionId, RoleId,
};
use market::{Error, Result};

/// An id that can stand in a path.
pub trait Named: Sized {
    /// The noun it identifies, for the document and for errors.
    const NOUN: &'static str;
    /// The parameter's name in a path with several ids: `/jobs/{id}/files/{file_id}`.
    const PARAM: &'static str;
    /// Parses an id; text that can't be one is not found.
    fn read(text: &str) -> Result<Self>;
}

/// An id of a path: the parameter named after its noun ([`Named::PARAM`]), else `{id}`, the thing that the route is about.
#[derive(Debug)]
pub struct Id<T>(pub T);

impl<S: Send + Sync, T: Named> FromRequestParts<S> for Id<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let none = || Error::not_found(T::NOUN);
        let params = RawPathParams::from_request_parts(parts, state).await.map_err(|_| none())?;
        let named = |name: &str| params.iter().find(|(known, _)| *known == name).map(|(_, text)| text);
        let text = named(T::PARAM).or_else(|| named(ABOUT)).ok_or_else(none)?;
        Ok(Self(T::read(text)?))
    }
}

impl Named for JobId {
    const NOUN: &'static str = "job";
    const PARAM: &'static str = "job_id";
    fn read(text: &str) -> Result<Self> {
        JobId::parse(text)
    }
}

/// Implements [`Named`] for ids that are plain text.
macro_rules! named {
    ($($id:ident: $noun:literal, $param:literal;)+) => {$(
        impl Named for $id {
            const NOUN: &'static str = $noun;
            const PARAM: &'static str = $param;
            fn read(text: &str) -> Result<Self> {
                plain(text).map(Self::from).ok_or_else(|| Error::not_found(Self::NOUN))
            }
        }
    )+};
}

named! {
    KeyId: "API key", "key_id";
    RoleId: "role", "role_id";
    ApprovalId: "approval", "approval_id";
    FileId: "file", "file_id";
    ExportId: "export", "export_id";
    ApplicationId: "application", "application_id";
    QuestionId: "question", "question_id";
    DisputeId: "dispute", "dispute_id";
    CaseId: "case", "case_id";
    DepositId: "checkout", "deposit_id";
    PayoutId: "payout", "payout_id";
    EndpointId: "webhook", "webhook_id";
    AgentId: "bot", "bot_id";
    DeliveryId: "delivery", "delivery_id";
    DeliverableId: "deliverable", "deliverable_id";
}

/// The parameter of the thing that a route is about.
pub(crate) const ABOUT: &str = "id";

/// Accepts only the characters of ids, so that the database never sees anything else.
pub fn plain(text: &str) -> Option<&str> {
    let fits = |b: u8| b.is_ascii_alphanumeric() || b"_-".contains(&b);
    Some(text).filter(|text| (1..=64).contains(&text.len()) && text.bytes().all(fits))
}
