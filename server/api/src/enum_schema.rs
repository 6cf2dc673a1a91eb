//! OpenAPI schemas of the market's enums, built from the enums' words.

use market::text::Word;
use market::{application, job, key, scope};
use utoipa::openapi::schema::{ObjectBuilder, SchemaType, Type};
use utoipa::openapi::{Array, Object};

/// The schema of an enum of words, for `#[schema(schema_with = enum_schema::of::<job::Status>)]`.
pub fn of<T: Word>() -> Object {
    one_of(T::ALL.iter().map(|word| word.as_str()))
}

/// The schema of a list of words.
pub fn list_of<T: Word>() -> Array {
    Array::new(of::<T>())
}

/// The schema of an enum of words that may be null.
pub fn or_none<T: Word>() -> Object {
    let words = T::ALL.iter().map(|word| Some(word.as_str())).chain([None]);
    ObjectBuilder::new().schema_type(SchemaType::from_iter([Type::String, Type::Null])).enum_values(Some(words)).build()
}

/// The schema of a job's status by its public word.
pub fn job_status() -> Object {
    one_of(job::Status::public().map(job::Status::as_str))
}

/// The schema of the reasons for declining an application, which are some of its enum's words.
pub fn declining() -> Object {
    one_of(application::Reason::GIVEN.iter().map(|word| word.as_str()))
}

/// The schema of a dispute's outcomes.
pub fn ruling() -> Object {
    one_of(["release", "refund", "split"])
}

/// The schema of a key's scope.
pub fn scope() -> Object {
    one_of(key::SCOPES)
}

/// The schema of a scope that roles can be made of.
pub fn role_scope() -> Object {
    one_of(scope::SCOPES.into_iter().filter(|scope| scope::is_of_roles(scope)))
}

fn one_of(words: impl IntoIterator<Item = &'static str>) -> Object {
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words)).build()
}
