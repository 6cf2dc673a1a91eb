//! Times as the API sends them. The type declares schema, meaning and example of a time once, for every field.

use crate::samples;
use market::Time;
use serde::Serialize;
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// A time, sent as RFC 3339 in UTC, to the millisecond.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Stamp(Time);

impl From<Time> for Stamp {
    fn from(at: Time) -> Self {
        Self(at)
    }
}

impl PartialSchema for Stamp {
    fn schema() -> RefOr<Schema> {
        let text = ObjectBuilder::new().schema_type(Type::String).format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)));
        text.description(Some("A time in UTC, to the millisecond")).examples([samples::AT.to_string()]).into()
    }
}

impl ToSchema for Stamp {}
